/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "sample-result.h"

#include "result/mill-trial-figures.h"

MillExperiment *
sample_experiment (const char *models, int repetitions)
{
  MillExperiment *experiment = mill_experiment_new ();
  GArray *parsed = mill_model_list_parse (models, MILL_WORKLOAD_HTTP, NULL);

  g_assert_nonnull (parsed);
  g_array_unref (experiment->models);
  experiment->models = parsed;
  experiment->name = g_strdup ("First experiment");
  experiment->requests = 80;
  experiment->repetitions = repetitions;
  experiment->server.delay_s = 0.1;
  return experiment;
}

MillTrialResult *
sample_add_trial (MillResult *result, const char *model, int repetition, double wall_time_s)
{
  MillTrialResult *trial = mill_trial_result_new ();

  trial->model = g_strdup (model);
  trial->repetition = repetition;
  trial->order = (int) result->trials->len + 1;
  trial->verified = 1;
  trial->requests_asked = 80;
  trial->requests_planned = 80;
  trial->wall_time_s = wall_time_s;
  trial->task_creation_s = 0.0001;
  trial->cold_start_ms = 101.5;
  trial->requests_ok = 80;
  trial->requests_failed = 0;
  trial->throughput_rps = 80 / wall_time_s;
  for (int i = 0; i < 80; i++) {
    MillTimelineEntry entry = {
      .lane = (guint32) (i % 4),
      .queued_us = 0,
      .started_us = 10 + i,
      .sent_us = 200 + i,
      .first_byte_us = 100300 + i * 10,
      .done_us = 100400 + i * 10,
      .outcome = MILL_OUTCOME_OK,
      .new_connection = i < 40,
    };

    g_array_append_val (trial->timeline, entry);
    mill_histogram_add (trial->histogram, entry.done_us - entry.started_us);
  }
  trial->latency_ms = mill_latency_from_histogram (trial->histogram);
  trial->bytes_downloaded = 80 * 25;
  trial->bytes_uploaded = 0;
  trial->bytes_written = 0;
  trial->download_kib_s = 80 * 25 / 1024.0 / wall_time_s;
  trial->upload_kib_s = 0;
  trial->cpu_process_avg_percent = 24.5;
  trial->cpu_process_max_percent = 60;
  trial->cpu_system_avg_percent = 20;
  trial->cpu_system_max_percent = 40;
  trial->cpu_server_percent = 12;
  trial->cpu_user_s = 0.01;
  trial->cpu_system_s = 0.005;
  trial->memory_avg_mib = 17.5;
  trial->memory_max_mib = 18;
  trial->switches_voluntary = 90;
  trial->switches_involuntary = 3;
  trial->threads = 1;
  trial->processes = 1;
  trial->cores = 2;
  trial->connections_opened = 40;
  trial->max_in_flight = 80;
  g_ptr_array_add (result->trials, trial);
  return trial;
}

MillResult *
sample_result (int repetitions)
{
  static const struct {
    const char *model;
    double wall_time_s;
    double step_s;
  } models[] = {
    { "sync", 8.05, 0.004 },
    { "thread-pool:20", 0.41, 0.002 },
    { "main-loop:80", 0.1203, 0.001 },
    { "hybrid:4x20", 0.1201, 0.001 },
  };
  g_autoptr (MillExperiment) experiment =
      sample_experiment ("sync,thread-pool:20,main-loop:80,hybrid:4x20", repetitions);
  MillResult *result = mill_result_new (experiment);

  result->program_version = g_strdup ("0.1.0");
  result->started = g_strdup ("2026-11-20T21:48:00Z");
  for (int i = 0; i < repetitions; i++) {
    for (guint j = 0; j < G_N_ELEMENTS (models); j++)
      sample_add_trial (result, models[j].model, i + 1,
                        models[j].wall_time_s + ((i * 2) % 5) * models[j].step_s);
  }
  mill_result_summarise (result);
  return result;
}

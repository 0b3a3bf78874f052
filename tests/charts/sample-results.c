/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-results.h"

#include <math.h>

/* One model as it is simulated: lanes that each serve one request after another. */
typedef struct {
  const char *model;
  guint lanes;
  double overhead_ms; /* per request and lane */
  double memory_mib;
  double failed_share;
  gint64 body_bytes;
  gboolean projected;
} Simulated;

typedef struct {
  gint64 requests;
  double delay_ms;
  double jitter_ms;
  int repetitions;
  double sweep_value;
} Work;

static MillResult *
result_new (const Work *work, const char *name)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  MillResult *result;
  JsonObject *environment = json_object_new ();

  experiment->requests = work->requests;
  experiment->repetitions = work->repetitions;
  experiment->server.delay_s = work->delay_ms / 1000.0;
  experiment->server.jitter_s = work->jitter_ms / 1000.0;
  result = mill_result_new (experiment);
  g_free (result->name);
  result->name = g_strdup (name);
  g_free (result->program_version);
  result->program_version = g_strdup ("0.1");
  g_free (result->started);
  result->started = g_strdup ("2026-11-20T21:48:00Z");
  json_object_set_int_member (environment, "cores", 2);
  g_clear_pointer (&result->environment, json_node_unref);
  result->environment = json_node_init_object (json_node_alloc (), environment);
  json_object_unref (environment);
  return result;
}

/* A long-tailed delay: most near the mean, few far above. */
static double
draw_latency_ms (GRand *random, const Work *work, double overhead_ms)
{
  double tail = -log (1.0 - g_rand_double (random) * 0.9999);

  return work->delay_ms + overhead_ms + work->jitter_ms * tail +
         0.02 * work->delay_ms * g_rand_double (random);
}

static void
add_samples (MillTrialResult *trial, const Simulated *model, const Work *work)
{
  guint n = 50;

  for (guint i = 0; i <= n; i++) {
    double share = (double) i / n;
    MillSample sample = {
      .time_s = share * trial->wall_time_s,
      .cpu_process_percent =
          trial->cpu_process_avg_percent * (0.8 + 0.4 * fabs (sin (9.0 * share))),
      .cpu_system_percent = 20.0 + 5.0 * sin (7.0 * share),
      .memory_mib = model->memory_mib * (0.5 + 0.5 * MIN (share * 3.0, 1.0)),
      .in_flight = share < 0.95 ? (gint64) MIN (model->lanes, work->requests) : 1,
      .done = (gint64) (share * work->requests),
      .threads = (int) MIN (model->lanes, 1000),
    };

    g_array_append_val (trial->samples, sample);
  }
}

static void
set_latency (MillTrialResult *trial)
{
  const MillHistogram *histogram = trial->histogram;
  gint64 count = mill_histogram_count (histogram);
  const struct {
    double *place;
    double percent;
  } percentiles[] = {
    { &trial->latency_ms.p50, 50.0 },  { &trial->latency_ms.p75, 75.0 },
    { &trial->latency_ms.p90, 90.0 },  { &trial->latency_ms.p99, 99.0 },
    { &trial->latency_ms.p999, 99.9 },
  };

  trial->latency_ms.min = mill_histogram_min (histogram) / 1000.0;
  trial->latency_ms.max = mill_histogram_max (histogram) / 1000.0;
  trial->latency_ms.mean = mill_histogram_mean (histogram) / 1000.0;
  trial->latency_ms.stddev = mill_histogram_stddev (histogram) / 1000.0;
  for (guint i = 0; i < G_N_ELEMENTS (percentiles); i++) {
    if (mill_percentile_is_carried (count, percentiles[i].percent))
      *percentiles[i].place =
          mill_histogram_percentile (histogram, percentiles[i].percent) / 1000.0;
  }
}

static void
add_request (MillTrialResult *trial,
             const Work *work,
             guint lane,
             gint64 start_us,
             gint64 end_us,
             gint64 index,
             MillOutcome outcome)
{
  gint64 stride = MAX ((work->requests + MILL_MAX_TIMELINE - 1) / MILL_MAX_TIMELINE, 1);

  if (outcome == MILL_OUTCOME_OK) {
    mill_histogram_add (trial->histogram, end_us - start_us);
    trial->requests_ok++;
  } else {
    trial->requests_failed++;
    trial->errors[outcome]++;
  }
  if (index % stride == 0) {
    MillTimelineEntry entry = {
      .lane = lane,
      .queued_us = start_us,
      .started_us = start_us,
      .sent_us = start_us + MIN (1500, (end_us - start_us) / 10),
      .first_byte_us = end_us - MIN (1200, (end_us - start_us) / 20),
      .done_us = end_us,
      .outcome = (guint8) outcome,
      .new_connection = start_us < 2000,
    };

    g_array_append_val (trial->timeline, entry);
  }
}

static void
simulate (
    MillResult *result, const Simulated *model, const Work *work, int repetition, GRand *random)
{
  static const MillOutcome reasons[] = { MILL_OUTCOME_TIMEOUT, MILL_OUTCOME_RESET,
                                         MILL_OUTCOME_HTTP_5XX, MILL_OUTCOME_REFUSED };
  MillTrialResult *trial = mill_trial_result_new ();
  guint n_lanes = (guint) CLAMP ((gint64) model->lanes, 1, work->requests);
  g_autofree gint64 *free_at = g_new0 (gint64, n_lanes);
  gint64 end_us = 1;

  trial->model = g_strdup (model->model);
  trial->repetition = repetition;
  trial->order = (int) result->trials->len;
  trial->sweep_value = work->sweep_value;
  trial->requests_asked = trial->requests_planned = work->requests;
  trial->requests_ok = trial->requests_failed = 0;
  trial->verified = 1;
  for (guint lane = 0; lane < n_lanes; lane++)
    free_at[lane] = 120 * (gint64) lane;
  for (gint64 i = 0; i < work->requests; i++) {
    guint lane = (guint) (i % n_lanes);
    gint64 latency_us = (gint64) (1000.0 * draw_latency_ms (random, work, model->overhead_ms));
    gboolean failed = g_rand_double (random) < model->failed_share;
    MillOutcome outcome =
        failed ? reasons[g_rand_int_range (random, 0, G_N_ELEMENTS (reasons))] : MILL_OUTCOME_OK;

    add_request (trial, work, lane, free_at[lane], free_at[lane] + latency_us, i, outcome);
    free_at[lane] += latency_us + 40;
    end_us = MAX (end_us, free_at[lane]);
  }
  trial->wall_time_s = end_us / 1e6;
  if (model->projected) {
    trial->requests_planned = work->requests / 10;
    trial->projected_wall_time_s = trial->wall_time_s;
    trial->wall_time_s /= 10.0;
  }
  trial->throughput_rps = trial->requests_ok / trial->wall_time_s;
  trial->bytes_downloaded = trial->requests_ok * model->body_bytes;
  trial->bytes_uploaded = 0;
  trial->download_kib_s = trial->bytes_downloaded / 1024.0 / trial->wall_time_s;
  trial->cpu_process_avg_percent = MIN (7.0 * trial->throughput_rps / 100.0 + 1.0, 190.0);
  trial->cpu_process_max_percent = trial->cpu_process_avg_percent * 1.4;
  trial->memory_avg_mib = model->memory_mib * 0.85;
  trial->memory_max_mib = model->memory_mib;
  trial->max_in_flight = n_lanes;
  trial->threads = (int) n_lanes;
  trial->processes = 1;
  trial->cores = 2;
  set_latency (trial);
  add_samples (trial, model, work);
  g_ptr_array_add (result->trials, trial);
}

static void
simulate_all (MillResult *result, const Simulated *models, guint n_models, const Work *work)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4711 + (guint32) work->requests);

  for (int repetition = 0; repetition < work->repetitions; repetition++) {
    for (guint i = 0; i < n_models; i++)
      simulate (result, &models[i], work, repetition, random);
  }
}

static const Simulated four_models[] = {
  { "sync", 1, 0.4, 15.0, 0.0, 96, FALSE },
  { "thread-pool:20", 20, 2.0, 22.0, 0.0, 96, FALSE },
  { "main-loop:80", 80, 9.0, 18.0, 0.0, 96, FALSE },
  { "hybrid:4x20", 80, 7.0, 24.0, 0.0, 96, FALSE },
};

MillResult *
sample_result_first (void)
{
  const Work work = { 80, 100.0, 0.0, 5, NAN };
  MillResult *result = result_new (&work, "First experiment");

  simulate_all (result, four_models, G_N_ELEMENTS (four_models), &work);
  mill_result_summarise (result);
  return result;
}

MillResult *
sample_result_ten_thousand (void)
{
  static const Simulated models[] = {
    { "thread-pool:100", 100, 3.0, 91.0, 0.0, 96, FALSE },
    { "main-loop:1000", 1000, 50.0, 30.0, 0.0, 96, FALSE },
    { "hybrid:10x100", 1000, 10.0, 60.0, 0.0, 96, FALSE },
    { "epoll-loop:1000", 1000, 18.0, 25.0, 0.0, 96, FALSE },
    { "multiprocess:4x250", 1000, 14.0, 80.0, 0.0, 96, FALSE },
  };
  const Work work = { 10000, 200.0, 20.0, 3, NAN };
  MillResult *result = result_new (&work, "Ten thousand requests");

  simulate_all (result, models, G_N_ELEMENTS (models), &work);
  mill_result_summarise (result);
  return result;
}

MillResult *
sample_result_of_requests (gint64 requests)
{
  const Work work = { requests, 100.0, 10.0, 1, NAN };
  MillResult *result = result_new (&work, "Many requests");

  simulate_all (result, four_models, G_N_ELEMENTS (four_models), &work);
  mill_result_summarise (result);
  return result;
}

MillResult *
sample_result_failures (void)
{
  static const Simulated models[] = {
    { "sync", 1, 0.4, 15.0, 0.0, 20000, TRUE },
    { "thread-per-request:50", 50, 2.0, 25.0, 0.05, 20000, FALSE },
    { "thread-pool:20", 20, 2.0, 22.0, 0.02, 20000, FALSE },
    { "main-loop:80", 80, 9.0, 18.0, 0.3, 20000, FALSE },
    { "main-loop-batched:80/100", 80, 19.0, 18.0, 0.1, 20000, FALSE },
  };
  const Work work = { 400, 100.0, 5.0, 5, NAN };
  MillResult *result = result_new (&work, "Unreliable server");

  simulate_all (result, models, G_N_ELEMENTS (models), &work);
  mill_result_summarise (result);
  return result;
}

MillResult *
sample_result_sweep (void)
{
  static const guint concurrencies[] = { 1, 10, 100, 1000 };
  static const char *const names[] = { "thread-pool", "main-loop", "epoll-loop" };
  static const double overheads[] = { 3.0, 5.0, 1.0 };
  const Work whole = { 2000, 50.0, 5.0, 3, NAN };
  MillResult *result = result_new (&whole, "How many in flight?");

  result->experiment->sweep = MILL_SWEEP_CONCURRENCY;
  for (guint c = 0; c < G_N_ELEMENTS (concurrencies); c++) {
    Work work = whole;
    double value = concurrencies[c];

    g_array_append_val (result->experiment->sweep_values, value);
    work.sweep_value = value;
    for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
      g_autofree char *model = g_strdup_printf ("%s:%u", names[i], concurrencies[c]);
      const Simulated simulated = {
        model,
        concurrencies[c],
        overheads[i] * (1.0 + concurrencies[c] / 100.0),
        20.0 + 0.07 * value,
        0.0,
        96,
        FALSE,
      };

      simulate_all (result, &simulated, 1, &work);
    }
  }
  mill_result_summarise (result);
  return result;
}

static void
add_figures (MillResult *result, const char *model, double time_s, double speedup, const char *ours)
{
  MillModelResult *figures = mill_model_result_new (model, NAN);

  figures->figures[MILL_FIGURE_WALL_TIME].median = time_s;
  figures->figures[MILL_FIGURE_WALL_TIME].n = 1;
  figures->speedup_vs_sync.median = speedup;
  figures->speedup_vs_sync.n = 1;
  figures->figures[MILL_FIGURE_THROUGHPUT].median = 80.0 / time_s;
  figures->trials = figures->complete = 1;
  g_free (figures->corresponds_to);
  figures->corresponds_to = g_strdup (ours);
  g_ptr_array_add (result->models, figures);
}

MillResult *
sample_result_published (void)
{
  const Work work = { 80, 100.0, 0.0, 1, NAN };
  MillResult *result = result_new (&work, "80 requests, in Python");

  result->published = TRUE;
  g_free (result->source);
  result->source = g_strdup ("a results summary of 80 requests");
  add_figures (result, "synchronous", 7.94, 1.0, "sync");
  add_figures (result, "20 threads", 0.43, 18.0, "thread-pool:20");
  add_figures (result, "asyncio", 1.23, 6.4, "main-loop:80");
  return result;
}

const char *
sample_nasty_name (SampleNasty nasty)
{
  static const char *const names[SAMPLE_N_NASTY] = { "empty",      "one",   "many",
                                                     "long-names", "equal", "zero",
                                                     "negative",   "nan",   "huge" };

  return names[nasty];
}

/* Sets every figure that is stored of every trial. */
static void
set_all_figures (MillResult *result, double (*value) (guint trial))
{
  for (guint t = 0; t < result->trials->len; t++) {
    MillTrialResult *trial = g_ptr_array_index (result->trials, t);

    for (guint f = 0; f < MILL_N_FIGURES; f++)
      mill_trial_result_set_figure (trial, (MillFigure) f, value (t));
    for (guint s = 0; s < trial->samples->len; s++) {
      MillSample *sample = &g_array_index (trial->samples, MillSample, s);

      sample->cpu_process_percent = sample->cpu_system_percent = value (t);
      sample->memory_mib = value (t);
    }
  }
}

static double
value_equal (guint trial)
{
  return 42.0;
}

static double
value_zero (guint trial)
{
  return 0.0;
}

static double
value_negative (guint trial)
{
  return -1.5 * trial;
}

static double
value_nan (guint trial)
{
  return NAN;
}

static double
value_huge (guint trial)
{
  return pow (10.0, -12.0 + 9.0 * (trial % 4));
}

static MillResult *
result_with_names (guint n_models, int repetitions, char *(*name) (guint model))
{
  const Work work = { 20, 10.0, 5.0, repetitions, NAN };
  MillResult *result = result_new (&work, "A <b>name</b> & \"more\"");
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < n_models; i++) {
    g_autofree char *model = name (i);
    const Simulated simulated = { model, 1 + i % 20, 1.0 + i, 20.0 + i, i % 3 ? 0.2 : 0.0,
                                  5000,  FALSE };

    for (int repetition = 0; repetition < work.repetitions; repetition++)
      simulate (result, &simulated, &work, repetition, random);
  }
  mill_result_summarise (result);
  return result;
}

static char *
many_name (guint model)
{
  return model == 0 ? g_strdup ("sync") : g_strdup_printf ("thread-pool:%u", model);
}

MillResult *
sample_result_many_repetitions (void)
{
  return result_with_names (40, 64, many_name);
}

static char *
long_name (guint model)
{
  static const char *const words[] = { "a-very-long-name-<b>&amp;</b>-", "名前がとても長いモデル",
                                       "اسم طويل جدا ", "Zähl\u0301er🧵" };
  g_autoptr (GString) name = g_string_new (NULL);

  while (g_utf8_strlen (name->str, -1) < 200)
    g_string_append (name, words[model % G_N_ELEMENTS (words)]);
  g_string_append_printf (name, ":%u", model);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

MillResult *
sample_result_nasty (SampleNasty nasty)
{
  static double (*const values[SAMPLE_N_NASTY]) (guint) = {
    [SAMPLE_EQUAL] = value_equal, [SAMPLE_ZERO] = value_zero, [SAMPLE_NEGATIVE] = value_negative,
    [SAMPLE_NAN] = value_nan,     [SAMPLE_HUGE] = value_huge,
  };
  const Work one = { 1, 100.0, 0.0, 1, NAN };
  const Work few = { 20, 100.0, 1.0, 1, NAN };
  MillResult *result;

  switch (nasty) {
  case SAMPLE_EMPTY:
    return result_new (&few, "Empty");
  case SAMPLE_ONE:
    result = result_new (&one, "One");
    simulate_all (result, four_models, 1, &one);
    break;
  case SAMPLE_MANY:
    return result_with_names (40, 2, many_name);
  case SAMPLE_LONG_NAMES:
    return result_with_names (4, 2, long_name);
  case SAMPLE_EQUAL:
  case SAMPLE_ZERO:
  case SAMPLE_NEGATIVE:
  case SAMPLE_NAN:
  case SAMPLE_HUGE:
  case SAMPLE_N_NASTY:
  default:
    result = result_new (&few, sample_nasty_name (nasty));
    simulate_all (result, four_models, G_N_ELEMENTS (four_models), &few);
    set_all_figures (result, values[nasty]);
    break;
  }
  mill_result_summarise (result);
  return result;
}

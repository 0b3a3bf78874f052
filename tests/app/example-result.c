/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "example-result.h"

#define REPETITIONS 5

static void
add_trial (MillResult *result, const char *model, int repetition, double wall_time_s)
{
  MillTrialResult *trial = mill_trial_result_new ();

  trial->model = g_strdup (model);
  trial->repetition = repetition;
  trial->order = (int) result->trials->len + 1;
  trial->status = MILL_TRIAL_COMPLETE;
  trial->verified = 1;
  trial->requests_asked = trial->requests_planned = trial->requests_ok = 80;
  trial->requests_failed = 0;
  trial->wall_time_s = wall_time_s;
  trial->throughput_rps = 80 / wall_time_s;
  g_ptr_array_add (result->trials, trial);
}

MillResult *
example_result_new (const char *name, double factor)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  MillResult *result;

  experiment->models = mill_model_list_parse ("sync,main-loop:80", MILL_WORKLOAD_HTTP, NULL);
  experiment->repetitions = REPETITIONS;
  result = mill_result_new (experiment);
  g_free (result->name);
  result->name = g_strdup (name);
  result->started = g_strdup ("2026-11-20T21:48:00Z");
  for (int i = 1; i <= REPETITIONS; i++) {
    add_trial (result, "sync", i, 8.0 + 0.01 * i);
    add_trial (result, "main-loop:80", i, factor * (0.12 + 0.001 * i));
  }
  mill_result_summarise (result);
  return result;
}

GFile *
example_folder_new (void)
{
  g_autofree char *path = g_dir_make_tmp ("mill-app-XXXXXX", NULL);

  g_assert_nonnull (path);
  return g_file_new_for_path (path);
}

void
example_folder_remove (GFile *folder)
{
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (
      folder, "standard::name,standard::type", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info;
  GFile *file;

  while (files != NULL && g_file_enumerator_iterate (files, &info, &file, NULL, NULL) &&
         info != NULL) {
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
      example_folder_remove (file);
    else
      g_file_delete (file, NULL, NULL);
  }
  g_file_delete (folder, NULL, NULL);
}

void
example_wait (ExampleCondition condition, gpointer data)
{
  gint64 end_us = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;

  while (!condition (data)) {
    g_assert_cmpint (g_get_monotonic_time (), <, end_us);
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-permission.h"
#include "experiment/mill-preset.h"

static void
test_all_are_valid (void)
{
  g_auto (GStrv) ids = mill_preset_ids ();

  g_assert_cmpuint (g_strv_length (ids), >=, 10);
  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (MillPreset) preset = mill_preset_find (ids[i], &error);

    g_assert_no_error (error);
    mill_experiment_validate (preset->experiment, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (preset->id, ==, ids[i]);
    g_assert_cmpuint (strlen (preset->name), >, 2);
    g_assert_cmpuint (strlen (preset->description), >, 10);
    g_assert_cmpstr (preset->experiment->name, ==, preset->name);
    g_assert_cmpstr (preset->experiment->preset, ==, ids[i]);
    g_assert_true (mill_experiment_check_permission (preset->experiment, NULL));
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (ids[i], !=, ids[j]);
  }
}

static void
test_first (void)
{
  g_autoptr (MillExperiment) first = mill_preset_load ("first", NULL);
  g_autofree char *description = mill_experiment_describe (first);

  g_assert_cmpint (first->requests, ==, 80);
  g_assert_cmpfloat (first->server.delay_s, ==, 0.1);
  g_assert_cmpint (first->repetitions, ==, 5);
  g_assert_null (first->urls);
  g_assert_cmpstr (first->name, ==, "First experiment");
  g_assert_cmpstr (
      description, ==,
      "80 requests × 0.1 s · sync, thread-pool:20, main-loop:80, hybrid:4x20 · 5 repetitions");
}

static void
test_unknown (void)
{
  static const char *const ids[] = { "", "nonsense", "../first", "first.json", "FIRST" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (mill_preset_load (ids[i], &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
    g_assert_nonnull (strstr (error->message, "first, "));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preset/all-are-valid", test_all_are_valid);
  g_test_add_func ("/preset/first", test_first);
  g_test_add_func ("/preset/unknown", test_unknown);
  return g_test_run ();
}

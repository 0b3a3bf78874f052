/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "sample-result.h"

#include "result/mill-result-file.h"

#define N_DOCUMENTS 1000

/* A history of a thousand documents opens within a second, since only their heads are read; and
 * summing up after a trial costs the window's thread little. */

static GFile *
document (const char *folder, int number)
{
  g_autofree char *name = g_strdup_printf ("%d.threadmill", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_new_for_path (path);
}

int
main (void)
{
  g_autofree char *folder = g_dir_make_tmp ("threadmill-documents-XXXXXX", NULL);
  g_autoptr (GFile) parent = g_file_new_for_path (folder);
  g_autoptr (MillResult) result = sample_result (5);
  gint64 save_us, summaries_us, whole_us, summarise_us;
  gint64 before_us = g_get_monotonic_time ();

  for (int i = 0; i < N_DOCUMENTS; i++) {
    g_autoptr (GFile) file = document (folder, i);

    g_assert_true (mill_result_save (result, file, NULL, NULL));
  }
  save_us = g_get_monotonic_time () - before_us;

  before_us = g_get_monotonic_time ();
  for (int i = 0; i < N_DOCUMENTS; i++) {
    g_autoptr (GFile) file = document (folder, i);
    g_autoptr (MillResultSummary) summary = mill_result_load_summary (file, NULL, NULL);

    g_assert_nonnull (summary);
  }
  summaries_us = g_get_monotonic_time () - before_us;

  before_us = g_get_monotonic_time ();
  for (int i = 0; i < N_DOCUMENTS / 100; i++) {
    g_autoptr (GFile) file = document (folder, i);
    g_autoptr (MillResult) whole = mill_result_load (file, NULL, NULL);

    g_assert_nonnull (whole);
  }
  whole_us = (g_get_monotonic_time () - before_us) * 100;

  before_us = g_get_monotonic_time ();
  sample_add_trial (result, "main-loop:80", 6, 0.12);
  mill_result_summarise (result);
  summarise_us = g_get_monotonic_time () - before_us;

  for (int i = 0; i < N_DOCUMENTS; i++) {
    g_autoptr (GFile) file = document (folder, i);

    g_file_delete (file, NULL, NULL);
  }
  g_file_delete (parent, NULL, NULL);

  g_print ("%d documents: saved in %.0f ms, summaries in %.0f ms, whole in %.0f ms\n", N_DOCUMENTS,
           (double) save_us / 1e3, (double) summaries_us / 1e3, (double) whole_us / 1e3);
  g_print ("summarised after a trial in %.2f ms\n", (double) summarise_us / 1e3);
  if (summaries_us > G_USEC_PER_SEC || summaries_us * 10 > whole_us) {
    g_printerr ("the heads of documents are not read fast enough\n");
    return 1;
  }
  return 0;
}

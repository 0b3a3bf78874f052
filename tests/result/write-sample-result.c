/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sample-result.h"

#include "result/mill-published.h"

/* Writes a sample document, or with an argument a published one, for the check of the schema. */
int
main (int argc, char *argv[])
{
  g_autoptr (MillResult) result =
      argc > 1 ? mill_published_load (argv[1], NULL) : sample_result (5);
  g_autofree char *text = NULL;

  g_assert_nonnull (result);
  text = mill_result_to_text (result);
  g_print ("%s", text);
  return 0;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-result-text.h"

#include <glib/gi18n-lib.h>

#include "app/mill-document-text.h"
#include "result/mill-table.h"

/* What was run and how often; the models stand in the table. */
static char *
work_text (const MillResult *result)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_copy (result->experiment);

  g_array_set_size (experiment->models, 0);
  return mill_experiment_describe (experiment);
}

static gboolean
all_verified (const MillResult *result)
{
  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (trial->verified != 1)
      return FALSE;
  }
  return result->trials->len > 0;
}

static char *
day_text (const MillResult *result)
{
  g_autoptr (GDateTime) started =
      result->started != NULL ? g_date_time_new_from_iso8601 (result->started, NULL) : NULL;
  g_autoptr (GDateTime) local = started != NULL ? g_date_time_to_local (started) : NULL;

  return local != NULL ? mill_document_text_day (local) : NULL;
}

static void
append_part (GString *text, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (text->len > 0)
    g_string_append (text, " · ");
  g_string_append (text, part);
}

char *
mill_result_text_subtitle (GPtrArray *results, gboolean live)
{
  const MillResult *result = g_ptr_array_index (results, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *day = day_text (result);
  g_autofree char *work = work_text (result);

  if (results->len > 1) {
    g_string_append_printf (text,
                            ngettext ("%u result, the first is the base",
                                      "%u results, the first is the base", results->len),
                            results->len);
    return g_string_free (g_steal_pointer (&text), FALSE);
  }
  if (live)
    append_part (text, _ ("Still running"));
  append_part (text, result->published ? _ ("Published") : day);
  append_part (text, work);
  if (all_verified (result))
    append_part (text, _ ("counts verified by the server"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mill_result_text_comparison_title (GPtrArray *results)
{
  const MillResult *first = g_ptr_array_index (results, 0);
  const MillResult *second = g_ptr_array_index (results, 1);

  if (results->len == 2)
    /* Translators: the names of two results that are compared. */
    return g_strdup_printf (_ ("%s and %s"), first->name, second->name);
  return g_strdup_printf (ngettext ("%s and %u other", "%s and %u others", results->len - 1),
                          first->name, results->len - 1);
}

char *
mill_result_text_warnings (const MillResult *result)
{
  g_autofree char *text = NULL;
  const MillWarning *first;
  guint more;

  if (result->warnings->len == 0)
    return NULL;
  first = g_ptr_array_index (result->warnings, 0);
  more = result->warnings->len - 1;
  text = first->model != NULL ? g_strdup_printf ("%s: %s", first->model, first->message)
                              : g_strdup (first->message);
  if (more == 0)
    return g_steal_pointer (&text);
  /* Translators: a warning, and how many others there are. */
  return g_strdup_printf (ngettext ("%s (and %u more)", "%s (and %u more)", more), text, more);
}

char *
mill_result_text_note (const MillResult *result)
{
  g_autoptr (MillTable) table = mill_table_new (result);
  g_autofree char *note = mill_table_note (table);

  if (result->published) {
    g_autofree char *source = mill_result_environment_line (result);

    return note != NULL ? g_strdup_printf ("%s\n%s", source, note) : g_steal_pointer (&source);
  }
  return g_steal_pointer (&note);
}

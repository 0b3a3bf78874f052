/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "app/mill-document-text.h"

char *
mill_document_text_day (GDateTime *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  GDateTime *days[] = { now, yesterday };
  const char *formats[] = {
    /* Translators: a date of today or yesterday with its time, for g_date_time_format(). */
    N_ ("Today %H:%M"),
    N_ ("Yesterday %H:%M"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); i++) {
    if (g_date_time_get_year (time) == g_date_time_get_year (days[i]) &&
        g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (days[i]))
      return g_date_time_format (time, _ (formats[i]));
  }
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: a date of this year, for g_date_time_format(): "18 November". */
    return g_date_time_format (time, _ ("%-d %B"));
  /* Translators: a date with its year, for g_date_time_format(). */
  return g_date_time_format (time, _ ("%-d %B %Y"));
}

/* "thread-pool" of "thread-pool:20". */
static gsize
kind_length (const char *model)
{
  return strcspn (model, ":");
}

static gboolean
same_kind (const char *a, const char *b)
{
  return kind_length (a) == kind_length (b) && strncmp (a, b, kind_length (a)) == 0;
}

char *
mill_document_text_models (const MillResultSummary *summary)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean sweep = FALSE;

  for (guint i = 0; i < summary->models->len; i++) {
    const MillSummaryModel *model = g_ptr_array_index (summary->models, i);
    const MillSummaryModel *before = i > 0 ? g_ptr_array_index (summary->models, i - 1) : NULL;

    sweep |= !isnan (model->sweep_value);
    if (sweep && before != NULL && same_kind (before->model, model->model))
      continue;
    if (text->len > 0)
      g_string_append (text, ", ");
    g_string_append_len (text, model->model,
                         (gssize) (sweep ? kind_length (model->model) : strlen (model->model)));
  }
  if (sweep)
    /* Translators: stands behind the names of models. */
    g_string_append (text, _ (", a sweep"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mill_document_text_file_name (const char *name, const char *extension)
{
  g_autofree char *ascii = g_str_to_ascii (name, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *c = ascii; *c != '\0' && text->len < 60; c++) {
    if (g_ascii_isalnum (*c))
      g_string_append_c (text, g_ascii_tolower (*c));
    else if (text->len > 0 && text->str[text->len - 1] != '-')
      g_string_append_c (text, '-');
  }
  if (text->len > 0 && text->str[text->len - 1] == '-')
    g_string_truncate (text, text->len - 1);
  /* Names that some system reserves get a companion. */
  if (text->len <= 4)
    g_string_prepend (text, text->len > 0 ? "result-" : "result");
  g_string_append (text, extension);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

char *
mill_document_text_search (MillDocument *document)
{
  const MillResultSummary *summary = mill_document_get_summary (document);
  const char *source = mill_document_get_source (document);
  const char *problem = mill_document_get_problem (document);
  g_autoptr (GString) text = g_string_new (mill_document_get_name (document));

  g_string_append_printf (text, "\n%s\n%s\n%s", mill_document_get_notes (document),
                          source != NULL ? source : "", problem != NULL ? problem : "");
  for (guint i = 0; summary != NULL && i < summary->models->len; i++) {
    const MillSummaryModel *model = g_ptr_array_index (summary->models, i);

    g_string_append_printf (text, "\n%s %s", model->model,
                            model->corresponds_to != NULL ? model->corresponds_to : "");
  }
  return g_utf8_casefold (text->str, (gssize) text->len);
}

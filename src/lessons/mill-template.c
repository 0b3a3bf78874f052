/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-number.h"
#include "lessons/mill-template.h"
#include "result/mill-table.h"

#define NO_VALUE "–"
#define NO_BREAK_SPACE "\u00a0"
#define MAX_NAME_BYTES 64

/* The numbers of an experiment that a text may name. */
static const char *const experiment_names[] = {
  "requests", "delay", "repetitions", "rate", "timeout", "body_size", "sweep", "most", NULL,
};

/* As it was set: 0.1 s, not 0.10 s, and 2 ms, not 2.00 ms. */
static char *
setting_to_text (double value_s)
{
  gboolean milli = value_s > 0 && value_s < 0.1;
  g_autofree char *number = g_strdup_printf ("%.4g", milli ? value_s * 1e3 : value_s);

  return g_strdup_printf (milli ? _ ("%s ms") : _ ("%s s"), number);
}

static char *
swept_to_text (const MillExperiment *experiment, guint index)
{
  double value = g_array_index (experiment->sweep_values, double, index);

  switch (experiment->sweep) {
  case MILL_SWEEP_REQUESTS:
  case MILL_SWEEP_CONCURRENCY:
    return mill_number_group ((gint64) value);
  case MILL_SWEEP_DELAY:
    return setting_to_text (value);
  case MILL_SWEEP_BODY_SIZE:
    return g_format_size_full ((guint64) value, G_FORMAT_SIZE_IEC_UNITS);
  case MILL_SWEEP_RATE:
  case MILL_SWEEP_NONE:
  default:
    return mill_format_number (value);
  }
}

/* All values of the sweep: "10, 100, 1,000". */
static char *
sweep_to_text (const MillExperiment *experiment)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < experiment->sweep_values->len; i++) {
    g_autofree char *value = swept_to_text (experiment, i);
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", value);
  }
  return g_string_free (text, FALSE);
}

static char *
experiment_value (const char *name, const MillExperiment *experiment)
{
  if (g_str_equal (name, "requests"))
    return mill_number_group (MAX (experiment->requests, 0));
  if (g_str_equal (name, "delay"))
    return setting_to_text (experiment->server.delay_s);
  if (g_str_equal (name, "repetitions"))
    return g_strdup_printf ("%d", experiment->repetitions);
  if (g_str_equal (name, "rate"))
    return mill_format_number (experiment->rate);
  if (g_str_equal (name, "timeout"))
    return setting_to_text (experiment->timeout_s);
  if (g_str_equal (name, "body_size"))
    return g_format_size_full ((guint64) MAX (experiment->server.body_size_bytes, 0),
                               G_FORMAT_SIZE_IEC_UNITS);
  if (!g_str_equal (name, "sweep") && !g_str_equal (name, "most"))
    return NULL;
  if (experiment->sweep_values->len == 0)
    return g_strdup (NO_VALUE);
  return g_str_equal (name, "sweep")
             ? sweep_to_text (experiment)
             : swept_to_text (experiment, experiment->sweep_values->len - 1);
}

/* After an opening brace: the name up to the closing one; NULL where there is none. */
static char *
take_name (const char **cursor)
{
  const char *end = strchr (*cursor, '}');
  char *name;

  if (end == NULL || end == *cursor || end - *cursor > MAX_NAME_BYTES)
    return NULL;
  name = g_strndup (*cursor, (gsize) (end - *cursor));
  *cursor = end + 1;
  return name;
}

/* No line ends between a number and its unit. */
static void
append_value (GString *text, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, " ", -1);
  g_autofree char *whole = g_strjoinv (NO_BREAK_SPACE, parts);

  g_string_append (text, whole);
}

char *
mill_template_expand (const char *text,
                      const MillExperiment *experiment,
                      MillTemplateLookup lookup,
                      gpointer data)
{
  GString *expanded = g_string_new (NULL);

  while (*text != '\0') {
    gsize plain = strcspn (text, "{");

    g_string_append_len (expanded, text, (gssize) plain);
    text += plain;
    if (*text == '\0')
      break;
    text++;
    g_autofree char *name = take_name (&text);
    g_autofree char *value = name != NULL ? experiment_value (name, experiment) : NULL;
    if (name == NULL)
      g_string_append_c (expanded, '{');
    else if (value != NULL)
      append_value (expanded, value);
    else if (lookup == NULL)
      g_string_append_printf (expanded, "{%s}", name);
    else {
      g_autofree char *found = lookup (name, data);
      append_value (expanded, found != NULL ? found : NO_VALUE);
    }
  }
  return g_string_free (expanded, FALSE);
}

static gboolean
is_known (const char *name, const MillLessonStep *step)
{
  return g_strv_contains (experiment_names, name) ||
         (step != NULL && mill_lesson_step_find_figure (step, name, strlen (name)) >= 0);
}

char *
mill_template_check (const char *text, const MillLessonStep *step)
{
  while ((text = strpbrk (text, "{}")) != NULL) {
    gboolean opening = *text++ == '{';
    g_autofree char *name = opening ? take_name (&text) : NULL;

    if (name == NULL)
      return g_strdup (opening ? _ ("a brace is opened here that does not close around a name; "
                                    "write {name}")
                               : _ ("a brace is closed here that was not opened; write {name}"));
    if (!is_known (name, step)) {
      g_autofree char *list = g_strjoinv ("}, {", (GStrv) experiment_names);
      return g_strdup_printf (
          step != NULL ? _ ("there is no figure “%s”; name one of “figures”, or one of {%s}")
                       : _ ("“%s” is not known before the run; what is known: {%s}"),
          name, list);
    }
  }
  return NULL;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "result/mill-writers.h"

static void
begin_field (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append_c (text, ',');
}

static void
add_text (GString *text, const char *value)
{
  begin_field (text);
  if (value == NULL)
    return;

  /* OWASP's list of what begins a formula. */
  gboolean formula = *value != '\0' && strchr ("=+-@\t\r", *value) != NULL;
  gboolean quoted = formula || strpbrk (value, ",\"\r\n") != NULL;

  if (quoted)
    g_string_append_c (text, '"');
  if (formula)
    g_string_append_c (text, '\'');
  for (const char *at = value; *at != '\0'; at++) {
    if (*at == '"')
      g_string_append_c (text, '"');
    g_string_append_c (text, *at);
  }
  if (quoted)
    g_string_append_c (text, '"');
}

static void
add_number (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  begin_field (text);
  if (isfinite (value))
    g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.9g", value));
}

static void
add_count (GString *text, gint64 value)
{
  begin_field (text);
  if (value >= 0)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, value);
}

static void
add_header (GString *text)
{
  static const char *const before[] = { "model",
                                        "repetition",
                                        "order",
                                        "sweep_value",
                                        "status",
                                        "reason",
                                        "verified",
                                        "verification",
                                        "requests_asked",
                                        "requests_planned",
                                        "projected_wall_time_s" };
  static const char *const after[] = { "latency_uncorrected_ms.mean",
                                       "latency_uncorrected_ms.p50",
                                       "latency_uncorrected_ms.p99",
                                       "sent_late",
                                       "cores",
                                       "checksum",
                                       "checksum_bytes" };

  for (guint i = 0; i < G_N_ELEMENTS (before); i++)
    add_text (text, before[i]);
  for (int i = 0; i < MILL_N_FIGURES; i++)
    add_text (text, mill_figure_info ((MillFigure) i)->id);
  for (guint i = 0; i < G_N_ELEMENTS (after); i++)
    add_text (text, after[i]);
  for (int i = MILL_OUTCOME_OK + 1; i < MILL_N_OUTCOMES; i++) {
    g_autofree char *name = g_strconcat ("errors.", mill_outcome_to_string ((MillOutcome) i), NULL);

    add_text (text, name);
  }
  g_string_append (text, "\r\n");
}

static void
add_trial (GString *text, const MillTrialResult *trial)
{
  add_text (text, trial->model);
  add_count (text, trial->repetition);
  add_count (text, trial->order);
  add_number (text, trial->sweep_value);
  add_text (text, mill_trial_status_to_string (trial->status));
  add_text (text, trial->reason);
  add_text (text, trial->verified < 0 ? NULL : trial->verified != 0 ? "true" : "false");
  add_text (text, trial->verification);
  add_count (text, trial->requests_asked);
  add_count (text, trial->requests_planned);
  add_number (text, trial->projected_wall_time_s);
  for (int i = 0; i < MILL_N_FIGURES; i++) {
    double value = mill_trial_result_get_figure (trial, (MillFigure) i);

    if (mill_trial_result_figure_is_count ((MillFigure) i))
      add_count (text, isnan (value) ? -1 : (gint64) value);
    else
      add_number (text, value);
  }
  add_number (text, trial->latency_uncorrected_ms.mean);
  add_number (text, trial->latency_uncorrected_ms.p50);
  add_number (text, trial->latency_uncorrected_ms.p99);
  add_count (text, trial->sent_late);
  add_count (text, trial->cores);
  add_text (text, trial->checksum);
  add_count (text, trial->checksum_bytes);
  for (int i = MILL_OUTCOME_OK + 1; i < MILL_N_OUTCOMES; i++)
    add_count (text, trial->errors[i]);
  g_string_append (text, "\r\n");
}

char *
mill_result_to_csv (const MillResult *result)
{
  GString *text = g_string_new (NULL);

  add_header (text);
  for (guint i = 0; i < result->trials->len; i++)
    add_trial (text, g_ptr_array_index (result->trials, i));
  return g_string_free (text, FALSE);
}

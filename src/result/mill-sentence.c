/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "result/mill-comparison.h"
#include "result/mill-findings.h"
#include "result/mill-sentence.h"
#include "result/mill-table.h"

/* Names stand between these while a sentence is built; they become <b> or nothing. */
#define NAME_BEGIN '\001'
#define NAME_END '\002'
#define MAX_NAMES 4
static char *
marked_name (const MillModelResult *model)
{
  g_autofree char *label = mill_model_result_to_label (model);
  GString *name = g_string_new (NULL);

  g_string_append_c (name, NAME_BEGIN);
  for (const char *at = label; *at != '\0'; at++)
    g_string_append_c (name, (guchar) *at < 0x20 ? ' ' : *at);
  g_string_append_c (name, NAME_END);
  return g_string_free (name, FALSE);
}

/* "a", "a and b", "a, b and c", "a, b, c and 5 more". */
static char *
join_names (const GPtrArray *models)
{
  guint shown = models->len > MAX_NAMES ? MAX_NAMES - 1 : models->len - 1;
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MAX (shown, 1) && i < models->len; i++) {
    g_autofree char *name = marked_name (g_ptr_array_index (models, i));

    g_string_append_printf (names, "%s%s", i > 0 ? C_ ("between names", ", ") : "", name);
  }
  if (models->len > MAX_NAMES) {
    guint more = models->len - shown;

    g_string_append_printf (names, ngettext (" and %u more", " and %u more", more), more);
  } else if (models->len > 1) {
    g_autofree char *last = marked_name (g_ptr_array_index (models, models->len - 1));

    g_string_append_printf (names, _ (" and %s"), last);
  }
  return g_string_free (names, FALSE);
}

static char *
format_value (MillFigure figure, double value)
{
  g_autofree char *number = NULL;

  if (figure == MILL_FIGURE_WALL_TIME)
    return mill_format_duration (value);
  number = mill_format_number (value);
  if (figure == MILL_FIGURE_THROUGHPUT)
    return g_strdup_printf (_ ("%s requests/s"), number);
  return g_strdup_printf (_ ("%s ms"), number);
}

/* "nearly 70", "about 18", "2.4": what a person would say. */
static char *
format_ratio (double ratio)
{
  double tens = ceil (ratio / 10.0) * 10.0;

  if (ratio >= 15 && ratio < tens && ratio >= 0.95 * tens)
    return g_strdup_printf (_ ("nearly %.0f"), tens);
  if (ratio >= 100)
    return g_strdup_printf (_ ("about %.0f"), round (ratio / 10.0) * 10.0);
  if (ratio >= 10)
    return g_strdup_printf (_ ("about %.0f"), ratio);
  return g_strdup_printf ("%.1f", ratio);
}

/* "At 5,000 requests: ", or nothing: of a sweep, one value is judged. */
static void
append_judged_value (GString *text, const MillResult *result)
{
  double value = mill_findings_sweep_value (result);
  g_autofree char *number = mill_format_given (value);
  gulong count = (gulong) MAX (value, 0);

  if (isnan (value))
    return;
  switch (result->experiment->sweep) {
  case MILL_SWEEP_REQUESTS:
    if (result->experiment->workload == MILL_WORKLOAD_CPU)
      g_string_append_printf (text, ngettext ("With %s URL: ", "With %s URLs: ", count), number);
    else
      g_string_append_printf (text, ngettext ("With %s request: ", "With %s requests: ", count),
                              number);
    break;
  case MILL_SWEEP_DELAY:
    g_string_append_printf (text, _ ("With a delay of %s s: "), number);
    break;
  case MILL_SWEEP_BODY_SIZE:
    g_string_append_printf (
        text, ngettext ("With answers of %s byte: ", "With answers of %s bytes: ", count), number);
    break;
  case MILL_SWEEP_RATE:
    g_string_append_printf (
        text, ngettext ("At %s request per second: ", "At %s requests per second: ", count),
        number);
    break;
  case MILL_SWEEP_CONCURRENCY:
  case MILL_SWEEP_NONE:
  default:
    break;
  }
}

/* Below twice as fast, a person says percent. */
static void
append_percent (
    GString *text, const char *best, const char *name, double ratio, double low, double high)
{
  double percent = round ((ratio - 1) * 100);

  if (percent < 1)
    return;
  if (best != NULL)
    /* Translators: the best of several models, a number, and a slower model. */
    g_string_append_printf (text, _ (", %s %.0f %% faster than %s"), best, percent, name);
  else
    g_string_append_printf (text, _ (", %.0f %% faster than %s"), percent, name);
  if (isfinite (low) && isfinite (high))
    g_string_append_printf (text, _ (" (95 %% interval %.0f %% to %.0f %%)"), (low - 1) * 100,
                            (high - 1) * 100);
}

static void
append_reference (GString *text, const MillFindings *findings)
{
  const MillModelResult *best = g_ptr_array_index (findings->leaders, 0);
  const MillModelResult *reference = mill_findings_reference (findings);
  g_autofree char *name = NULL;
  g_autofree char *best_name = NULL;
  g_autofree char *times = NULL;
  MillFigureComparison comparison;
  gboolean lower_is_better = mill_figure_info (findings->figure)->lower_is_better;
  double ratio, low, high, least, most;

  if (reference == NULL)
    return;
  comparison =
      mill_compare_models (findings->result, best, findings->result, reference, findings->figure);
  ratio = lower_is_better ? 1.0 / comparison.ratio : comparison.ratio;
  low = lower_is_better ? 1.0 / comparison.high : comparison.low;
  high = lower_is_better ? 1.0 / comparison.low : comparison.high;
  if (!isfinite (ratio) || ratio < 1)
    return;

  name = marked_name (reference);
  /* What holds for the best holds for the others only where they are alike. */
  if (!mill_findings_are_alike (findings, &least, &most))
    best_name = marked_name (best);
  if (ratio < 2) {
    append_percent (text, best_name, name, ratio, low, high);
    return;
  }
  times = format_ratio (ratio);
  if (best_name != NULL)
    /* Translators: the best of several models, a number such as “about 34”, and a slower model. */
    g_string_append_printf (text, _ (", %s %s times faster than %s"), best_name, times, name);
  else
    g_string_append_printf (text, _ (", %s times faster than %s"), times, name);
  if (isfinite (low) && isfinite (high)) {
    g_autofree char *from = mill_format_number (low);
    g_autofree char *to = mill_format_number (high);

    if (!g_str_equal (from, to))
      g_string_append_printf (text, _ (" (95 %% interval %s to %s)"), from, to);
  }
}

/* What the leaders reached: the value of the best, or from the least to the most where they lie
 * further apart than a reader would call the same. */
static char *
format_reached (const MillFindings *findings)
{
  const MillModelResult *best = g_ptr_array_index (findings->leaders, 0);
  double least, most;

  if (mill_findings_are_alike (findings, &least, &most))
    return format_value (findings->figure, best->figures[findings->figure].median);

  g_autofree char *low = format_value (findings->figure, least);
  g_autofree char *high = format_value (findings->figure, most);

  /* Translators: from the least to the most, such as "0.12 s to 0.15 s" */
  return g_strdup_printf (_ ("%s to %s"), low, high);
}

static void
append_leaders (GString *text, const MillFindings *findings)
{
  g_autofree char *names = join_names (findings->leaders);
  g_autofree char *value = format_reached (findings);

  if (findings->result->published)
    g_string_append_printf (text, _ ("As published, %s took %s"), names, value);
  else if (findings->figure == MILL_FIGURE_WALL_TIME)
    g_string_append_printf (text, _ ("%s finished in %s"), names, value);
  else if (findings->figure == MILL_FIGURE_THROUGHPUT)
    g_string_append_printf (text, _ ("%s answered %s"), names, value);
  else
    g_string_append_printf (text, _ ("%s answered half of the requests within %s"), names, value);
}

static void
append_certainty (GString *text, const MillFindings *findings)
{
  guint n = findings->leaders->len;
  guint repetitions = mill_findings_repetitions (findings);

  if (findings->result->published) {
    g_string_append (text, _ ("; these figures carry no interval."));
  } else if (findings->too_few) {
    g_string_append_printf (text,
                            ngettext ("; %u repetition is too few to tell whether the models "
                                      "really differ.",
                                      "; %u repetitions are too few to tell whether the models "
                                      "really differ.",
                                      repetitions),
                            repetitions);
  } else if (n == 2) {
    g_string_append (text, _ ("; between these two there is no clear difference."));
  } else if (n > 2) {
    g_string_append_printf (text, _ ("; between these %u there is no clear difference."), n);
  } else {
    g_string_append (text, C_ ("end of a sentence", "."));
  }
}

static void
append_single (GString *text, const MillFindings *findings)
{
  const MillModelResult *model = g_ptr_array_index (findings->models, 0);
  const MillEstimate *estimate = &model->figures[findings->figure];

  append_leaders (text, findings);
  if (isfinite (estimate->low) && isfinite (estimate->high)) {
    g_autofree char *low = format_value (findings->figure, estimate->low);
    g_autofree char *high = format_value (findings->figure, estimate->high);

    if (!g_str_equal (low, high))
      g_string_append_printf (text, _ (" (95 %% interval %s to %s)"), low, high);
  }
  g_string_append (text, C_ ("end of a sentence", "."));
}

static void
append_projected (GString *text, const MillFindings *findings)
{
  double sweep_value = mill_findings_sweep_value (findings->result);

  for (guint i = 0; i < findings->result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (findings->result->models, i);
    const MillEstimate *estimate = &model->figures[MILL_FIGURE_WALL_TIME];

    if (!estimate->projected || !isfinite (estimate->median) ||
        (!isnan (sweep_value) && !mill_sweep_value_equal (model->sweep_value, sweep_value)))
      continue;

    g_autofree char *name = marked_name (model);
    g_autofree char *value = mill_format_duration (estimate->median);

    g_string_append_printf (text,
                            _ (" %s would take about %s: projected from fewer requests, not "
                               "measured."),
                            name, value);
  }
}

/* The models with failed requests, and how many of how many failed. */
typedef struct {
  GPtrArray *models; /* MillModelResult */
  double least, most;
  double asked; /* requests of a repetition; NAN where the models differ */
  gboolean as_asked;
} Failed;

/* Whether so many of so many are what a server that fails with this probability would give: within
 * three standard deviations of the binomial distribution. */
static gboolean
is_as_asked (double failed, double asked, const MillExperiment *experiment)
{
  double p = 1.0 - (1.0 - experiment->server.error_rate) * (1.0 - experiment->server.drop_rate);

  return p > 0 && experiment->urls == NULL &&
         fabs (failed - asked * p) <= 3.0 * sqrt (asked * p * (1.0 - p)) + 1.0;
}

static void
collect_failed (Failed *failed, const MillResult *result)
{
  *failed = (Failed){ g_ptr_array_new (), INFINITY, 0, NAN, TRUE };
  for (guint i = 0; i < result->models->len; i++) {
    MillModelResult *model = g_ptr_array_index (result->models, i);
    double count = model->figures[MILL_FIGURE_REQUESTS_FAILED].median;
    double asked = count + model->figures[MILL_FIGURE_REQUESTS_OK].median;

    if (!(count > 0))
      continue;
    failed->asked = failed->models->len == 0 || failed->asked == asked ? asked : NAN;
    failed->as_asked &= is_as_asked (count, asked, result->experiment);
    failed->least = MIN (failed->least, MAX (1.0, round (count)));
    failed->most = MAX (failed->most, MAX (1.0, round (count)));
    g_ptr_array_add (failed->models, model);
  }
}

/* "129 to 189 of 600" */
static char *
failed_range (const Failed *failed)
{
  g_autofree char *range = failed->least < failed->most
                               ? g_strdup_printf (_ ("%.0f to %.0f"), failed->least, failed->most)
                               : g_strdup_printf ("%.0f", failed->most);

  return isfinite (failed->asked) ? g_strdup_printf (_ ("%s of %.0f"), range, failed->asked)
                                  : g_steal_pointer (&range);
}

static void
append_failures (GString *text, const MillResult *result)
{
  Failed failed;

  collect_failed (&failed, result);
  if (failed.models->len == 1 && !failed.as_asked) {
    g_autofree char *name = marked_name (g_ptr_array_index (failed.models, 0));
    gulong count = (gulong) failed.most;

    g_string_append_printf (text,
                            ngettext (" %s failed in %lu request, so its time is not compared.",
                                      " %s failed in %lu requests, so its time is not compared.",
                                      count),
                            name, count);
  } else if (failed.models->len > 0) {
    g_autofree char *names = join_names (failed.models);
    g_autofree char *range = failed_range (&failed);

    if (failed.models->len < result->models->len || failed.models->len == 1)
      g_string_append_printf (text,
                              failed.as_asked
                                  /* Translators: models, "5 to 9 of 80" */
                                  ? _ (" As asked for, requests failed under %s (%s), so their "
                                       "times are not compared.")
                                  : _ (" Requests failed under %s (%s), so their times are not "
                                       "compared."),
                              names, range);
    else
      g_string_append_printf (text,
                              failed.as_asked
                                  /* Translators: "5 to 9 of 80" */
                                  ? _ (" As asked for, requests failed under every model alike "
                                       "(%s), so times are not compared.")
                                  : _ (" Requests failed under every model (%s), so times are not "
                                       "compared."),
                              range);
  }
  g_ptr_array_unref (failed.models);
}

static void
append_incomplete (GString *text, const MillResult *result)
{
  guint complete = 0;

  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    complete += trial->status == MILL_TRIAL_COMPLETE;
  }
  if (complete == 0 && result->trials->len > 0)
    g_string_append (text, _ (" Only what is complete counts: not one trial is."));
  else if (complete < result->trials->len)
    g_string_append_printf (text,
                            ngettext (" Only what is complete counts: %u of the %u trial that "
                                      "began.",
                                      " Only what is complete counts: %u of the %u trials that "
                                      "began.",
                                      result->trials->len),
                            complete, result->trials->len);
}

/* A against A: what this machine cannot tell apart. */
static void
append_noise_floor (GString *text, const MillFindings *findings)
{
  for (guint i = 0; i < findings->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (findings->models, i);
    double floor = mill_noise_floor (findings->result, model->model, findings->figure);

    if (model->copy != 0 || isnan (floor))
      continue;
    g_autofree char *name = marked_name (model);
    g_string_append_printf (text,
                            _ (" Compared with itself, %s differs by %.1f %%: what lies within "
                               "that may be this machine’s noise."),
                            name, (floor - 1.0) * 100.0);
    return;
  }
}

static char *
build (const MillResult *result)
{
  MillFindings findings;
  GString *text = g_string_new (NULL);

  mill_findings_init (&findings, result);
  if (findings.models->len > 0)
    append_judged_value (text, result);
  if (findings.models->len == 1) {
    append_single (text, &findings);
  } else if (findings.models->len > 1) {
    append_leaders (text, &findings);
    append_reference (text, &findings);
    append_certainty (text, &findings);
    append_noise_floor (text, &findings);
  } else if (result->trials->len == 0) {
    g_string_append (text, _ ("Nothing has been measured yet."));
  }
  append_projected (text, &findings);
  append_failures (text, result);
  append_incomplete (text, result);
  mill_findings_clear (&findings);
  if (text->len > 0 && text->str[0] == ' ')
    g_string_erase (text, 0, 1);
  return g_string_free (text, FALSE);
}

char *
mill_sentence_text (const MillResult *result)
{
  char *text = build (result);
  char *to = text;

  for (const char *from = text; *from != '\0'; from++) {
    if (*from != NAME_BEGIN && *from != NAME_END)
      *to++ = *from;
  }
  *to = '\0';
  return text;
}

char *
mill_sentence_markup (const MillResult *result)
{
  g_autofree char *text = build (result);
  GString *markup = g_string_new (NULL);

  for (const char *at = text; *at != '\0';) {
    gsize length = strcspn (at, "\001\002");
    g_autofree char *escaped = g_markup_escape_text (at, (gssize) length);

    g_string_append (markup, escaped);
    at += length;
    if (*at != '\0')
      g_string_append (markup, *at++ == NAME_BEGIN ? "<b>" : "</b>");
  }
  return g_string_free (markup, FALSE);
}

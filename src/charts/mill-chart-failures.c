/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"
#include "charts/mill-chart-kind.h"

#include <math.h>

/* How a reason is called and drawn: never in a model's colour alone, as the fill tells, too. */
static const struct {
  const char *label;
  guint32 light, dark;
  MillPattern pattern;
} reasons[MILL_N_OUTCOMES] = {
  [MILL_OUTCOME_PENDING] = { N_ ("never finished"), 0x77767b, 0x9a9996, MILL_PATTERN_OUTLINE },
  [MILL_OUTCOME_TIMEOUT] = { N_ ("timeout"), 0xa51d2d, 0xff7b63, MILL_PATTERN_SOLID },
  [MILL_OUTCOME_REFUSED] = { N_ ("refused"), 0x613583, 0xc061cb, MILL_PATTERN_HATCH },
  [MILL_OUTCOME_RESET] = { N_ ("reset"), 0xc64600, 0xffa348, MILL_PATTERN_CROSS_HATCH },
  [MILL_OUTCOME_RESOLVE] = { N_ ("name not found"), 0x63452c, 0xcdab8f, MILL_PATTERN_DOTS },
  [MILL_OUTCOME_TLS] = { N_ ("TLS"), 0x1a5fb4, 0x62a0ea, MILL_PATTERN_GRID },
  [MILL_OUTCOME_HTTP_4XX] = { N_ ("HTTP 4xx"), 0x986a44, 0xe5c8a5, MILL_PATTERN_BACK_HATCH },
  [MILL_OUTCOME_HTTP_5XX] = { N_ ("HTTP 5xx"), 0xe01b24, 0xf66151, MILL_PATTERN_DOTS },
  [MILL_OUTCOME_REDIRECT] = { N_ ("redirect"), 0x26a269, 0x8ff0a4, MILL_PATTERN_HORIZONTAL },
  [MILL_OUTCOME_RESOURCES] = { N_ ("out of resources"), 0x3d3846, 0xdeddda, MILL_PATTERN_VERTICAL },
  [MILL_OUTCOME_PROTOCOL] = { N_ ("protocol"), 0x865e3c, 0xb5835a, MILL_PATTERN_GRID },
  [MILL_OUTCOME_CONTENT] = { N_ ("content"), 0x5e5c64, 0xc0bfbc, MILL_PATTERN_HATCH },
  [MILL_OUTCOME_CANCELLED] = { N_ ("cancelled"), 0x9a9996, 0x77767b, MILL_PATTERN_BACK_HATCH },
  [MILL_OUTCOME_OTHER] = { N_ ("other"), 0x241f31, 0xffffff, MILL_PATTERN_CROSS_HATCH },
};

/* The failures of a model by reason: the median trial's, so that they add up to whole requests. */
typedef struct {
  double asked;
  double failed;
  double errors[MILL_N_OUTCOMES];
  gboolean worst; /* the repetition with the most, as the median one has none */
} Failures;

static int
compare_failed (gconstpointer a, gconstpointer b)
{
  const MillTrialResult *first = *(const MillTrialResult *const *) a;
  const MillTrialResult *second = *(const MillTrialResult *const *) b;

  if (first->requests_failed != second->requests_failed)
    return first->requests_failed < second->requests_failed ? -1 : 1;
  return first->order - second->order;
}

static void
failures_init (Failures *failures, const MillSeries *series)
{
  g_autoptr (GPtrArray) trials = g_ptr_array_new ();

  *failures = (Failures){ 0 };
  for (guint i = 0; i < series->result->trials->len; i++) {
    MillTrialResult *trial = g_ptr_array_index (series->result->trials, i);

    if (g_strcmp0 (trial->model, series->model->model) == 0 &&
        mill_sweep_value_equal (trial->sweep_value, series->sweep_value) &&
        trial->requests_failed >= 0)
      g_ptr_array_add (trials, trial);
  }
  if (trials->len == 0) {
    /* Published results may have only the sum. */
    double failed = series->model->figures[MILL_FIGURE_REQUESTS_FAILED].median;
    double ok = series->model->figures[MILL_FIGURE_REQUESTS_OK].median;

    failures->failed = isfinite (failed) ? MAX (failed, 0.0) : NAN;
    failures->errors[MILL_OUTCOME_OTHER] = failures->failed;
    failures->asked = failed + ok;
    return;
  }
  g_ptr_array_sort (trials, compare_failed);
  const MillTrialResult *median = g_ptr_array_index (trials, (trials->len - 1) / 2);
  /* Where the middle one had none and others had some, the worst is more honest. */
  if (median->requests_failed == 0)
    median = g_ptr_array_index (trials, trials->len - 1);
  failures->worst = median->requests_failed > 0 &&
                    ((const MillTrialResult *) g_ptr_array_index (trials, (trials->len - 1) / 2))
                            ->requests_failed == 0;
  double known = 0.0;
  for (guint i = 0; i < MILL_N_OUTCOMES; i++) {
    failures->errors[i] = i == MILL_OUTCOME_OK ? 0.0 : MAX ((double) median->errors[i], 0.0);
    known += failures->errors[i];
  }
  failures->failed = (double) median->requests_failed;
  if (known < failures->failed)
    failures->errors[MILL_OUTCOME_OTHER] += failures->failed - known;
  failures->asked = failures->failed + MAX ((double) median->requests_ok, 0.0);
}

gboolean
mill_chart_failures_available (const MillChartSpec *spec, char **reason)
{
  g_autoptr (GPtrArray) list = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));

  for (guint i = 0; i < list->len; i++) {
    Failures failures;

    failures_init (&failures, g_ptr_array_index (list, i));
    if (failures.failed > 0.0)
      return TRUE;
  }
  *reason = g_strdup (list->len > 0 ? _ ("None failed") : _ ("Nothing measured"));
  return FALSE;
}

static void
reason_style (const MillTheme *theme, MillOutcome outcome, MillFill *fill, MillStroke *outline)
{
  const MillColor color = MILL_RGB (theme->dark ? reasons[outcome].dark : reasons[outcome].light);
  MillColor ink = mill_color_mix (color, theme->background, 0.55);

  *fill = (MillFill){ reasons[outcome].pattern, color, ink, 6.0, 1.6 };
  *outline = (MillStroke){ theme->outline_px >= 2.0 ? theme->text : color, theme->outline_px,
                           MILL_DASH_NONE };
  if (reasons[outcome].pattern == MILL_PATTERN_OUTLINE) {
    fill->color = mill_color_mix (theme->background, color, 0.2);
    outline->width_px = MAX (outline->width_px, 1.4);
  }
  if (theme->hatches_only) {
    fill->color = reasons[outcome].pattern == MILL_PATTERN_SOLID ? (MillColor) MILL_RGB (0x4a4a4a)
                                                                 : theme->background;
    fill->ink = theme->text;
    outline->color = theme->text;
  }
}

static void
add_series (GPtrArray *bars, const MillLayout *layout, const MillSeries *series, gboolean *used)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  Failures failures;
  MillBar *bar = mill_bars_add (bars, series->label, &series->style);
  g_autoptr (GString) readout = g_string_new (series->label);

  failures_init (&failures, series);
  bar->value = failures.failed;
  bar->value_text = mill_quantity_number_to_string (numbers, failures.failed, 0);
  if (failures.asked > 0.0) {
    g_autofree char *asked = mill_quantity_number_to_string (numbers, failures.asked, 0);

    bar->tag = series->published ? g_strdup_printf (_ ("of %s, published"), asked)
                                 : g_strdup_printf (_ ("of %s"), asked);
  } else if (series->published) {
    bar->tag = g_strdup (_ ("published"));
  }
  for (guint i = 0; i < MILL_N_OUTCOMES; i++) {
    MillFill fill;
    MillStroke outline;

    if (!(failures.errors[i] > 0.0))
      continue;
    g_autofree char *count = mill_quantity_number_to_string (numbers, failures.errors[i], 0);
    reason_style (layout->theme, (MillOutcome) i, &fill, &outline);
    mill_bar_add_part (bar, failures.errors[i], &fill, &outline, _ (reasons[i].label));
    g_string_append_printf (readout, "\n%s\t%s", _ (reasons[i].label), count);
    used[i] = TRUE;
  }
  if (readout->len == strlen (series->label))
    g_string_append_printf (readout, "\n%s", _ ("none failed"));
  bar->readout = g_string_free (g_steal_pointer (&readout), FALSE);
}

/* Of one repetition nothing needs to be said; of several, which one is drawn. */
static const char *
subtitle_text (GPtrArray *series)
{
  gboolean several = FALSE, worst = FALSE;

  for (guint i = 0; i < series->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, i);
    Failures failures;

    failures_init (&failures, one);
    several |= one->model->trials > 1;
    worst |= failures.worst;
  }
  if (worst)
    return _ ("requests by reason, in the repetition with the median number, or with the most "
              "where the median is none; shorter is better");
  return several ? _ ("requests by reason, in the repetition with the median number; shorter is "
                      "better")
                 : _ ("requests by reason; shorter is better");
}

void
mill_chart_failures_layout (MillLayout *layout)
{
  g_autoptr (GPtrArray) list = mill_series_list (layout->spec, layout->theme);
  g_autoptr (GPtrArray) bars = mill_bars_new ();
  MillLegendEntry legend[MILL_N_OUTCOMES];
  gboolean used[MILL_N_OUTCOMES] = { FALSE };
  guint n_legend = 0;

  for (guint i = 0; i < list->len; i++)
    add_series (bars, layout, g_ptr_array_index (list, i), used);
  for (guint i = 0; i < MILL_N_OUTCOMES; i++) {
    if (!used[i])
      continue;
    legend[n_legend] = (MillLegendEntry){ .label = _ (reasons[i].label) };
    reason_style (layout->theme, (MillOutcome) i, &legend[n_legend].fill, &legend[n_legend].stroke);
    n_legend++;
  }
  const MillBarsOptions options = {
    .title = _ ("Failed requests"),
    .subtitle = subtitle_text (list),
    .unit = MILL_UNIT_COUNT,
    .integers = TRUE,
    .legend = legend,
    .n_legend = n_legend,
  };
  mill_bars_layout (layout, &options, bars);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-kind.h"
#include "charts/mill-readout.h"

#include <math.h>

static const MillChartKindInfo kinds[MILL_N_CHART_KINDS] = {
#define MILL_CHART_KIND(KIND, name, id_text, label_text)                                           \
  [MILL_CHART_##KIND] = { MILL_CHART_##KIND, id_text, label_text, mill_chart_##name##_available,   \
                          mill_chart_##name##_layout },
#include "charts/mill-chart-kinds.def"
#undef MILL_CHART_KIND
};

/* What gives a kind its data. */
static const char *const remedies[MILL_N_CHART_KINDS] = {
  [MILL_CHART_TIME] = N_ ("Run the experiment here to measure it."),
  [MILL_CHART_SPEEDUP] = N_ ("Speed-up is counted against sync: measure sync beside the other "
                             "models."),
  [MILL_CHART_THROUGHPUT] = N_ ("Run the experiment here to measure it."),
  [MILL_CHART_LATENCY] = N_ ("Percentiles need at least ten answered requests: run the experiment "
                             "here with more of them."),
  [MILL_CHART_DISTRIBUTION] = N_ ("A distribution needs answered requests: run the experiment "
                                  "here."),
  [MILL_CHART_CPU] = N_ ("Run the experiment here to measure it."),
  [MILL_CHART_MEMORY] = N_ ("Run the experiment here to measure it."),
  [MILL_CHART_DOWNLOAD] = N_ ("Ask for larger answers: from 1 KiB on their speed says more than "
                              "the throughput does."),
  [MILL_CHART_FAILURES] = N_ ("To see how models fail, give the server an error rate, a drop rate "
                              "or a short timeout."),
  [MILL_CHART_TIMELINE] = N_ ("Run the experiment here: each request is then recorded."),
  [MILL_CHART_RESOURCES] = N_ ("Samples are taken while a model works: ask for more requests or a "
                               "longer delay."),
  [MILL_CHART_SCALING] = N_ ("Run the experiment with at least two values of one parameter, such "
                             "as the concurrency."),
};

/* The same where the work was computed, where it is another. */
static const char *const computing_remedies[MILL_N_CHART_KINDS] = {
  [MILL_CHART_LATENCY] = N_ ("Percentiles need at least ten URLs: encode more of them."),
  [MILL_CHART_DISTRIBUTION] = N_ ("A distribution needs encoded URLs: run the experiment here."),
  [MILL_CHART_DOWNLOAD] = N_ ("CPU-bound work downloads nothing."),
  [MILL_CHART_FAILURES] = N_ ("CPU-bound work asks no server that could fail."),
  [MILL_CHART_RESOURCES] =
      N_ ("Samples are taken while a model works: encode more URLs, or in more "
          "rounds."),
};

static const char *
remedy (const MillChartSpec *spec, MillChartKind kind)
{
  gboolean figure = kind == MILL_CHART_TIME || kind == MILL_CHART_SPEEDUP ||
                    kind == MILL_CHART_THROUGHPUT || kind == MILL_CHART_CPU ||
                    kind == MILL_CHART_MEMORY || kind == MILL_CHART_DOWNLOAD;

  if (figure && mill_chart_spec_is_incomplete (spec))
    return _ ("Figures are those of complete trials: run the experiment to its end.");
  if (kind == MILL_CHART_SPEEDUP && mill_chart_spec_is_timed (spec))
    return _ ("Every model ran for the time that was given: compare their throughput.");
  if (computing_remedies[kind] && mill_chart_spec_computes (spec))
    return _ (computing_remedies[kind]);
  return _ (remedies[kind]);
}

const MillChartKindInfo *
mill_chart_kind_info (MillChartKind kind)
{
  g_return_val_if_fail (kind < MILL_N_CHART_KINDS, &kinds[0]);
  return &kinds[kind];
}

gboolean
mill_chart_kind_from_id (const char *id, MillChartKind *kind)
{
  for (guint i = 0; i < MILL_N_CHART_KINDS; i++) {
    if (g_strcmp0 (id, kinds[i].id) == 0) {
      *kind = kinds[i].kind;
      return TRUE;
    }
  }
  return FALSE;
}

gboolean
mill_chart_available (const MillChartSpec *spec, char **reason)
{
  char *ignored = NULL;
  gboolean available = mill_chart_kind_info (mill_chart_spec_get_kind (spec))
                           ->available (spec, reason ? reason : &ignored);

  g_free (ignored);
  return available;
}

double
mill_chart_base_size (const MillChartOptions *options, double width_px, double height_px)
{
  if (options->base_px > 0.0)
    return options->base_px;
  /* By the area, so that a high image has larger type than a flat one of the same width; but
   * lines of text need width. */
  double growth = sqrt (width_px * height_px / (856.0 * 374.0));

  growth = MIN (growth, 1.5 * width_px / 856.0);
  /* Smaller images shrink their type more slowly, or nobody could read it. */
  if (growth < 1.0)
    growth = sqrt (growth);
  return MAX (13.0 * growth * (options->large ? 1.35 : 1.0), 4.0);
}

/* The title, and in the middle why there is nothing to see and what to do. */
static void
layout_unavailable (MillLayout *layout, const MillChartKindInfo *kind, const char *reason)
{
  MillBox body;

  mill_chart_frame (layout, _ (kind->label), NULL, NULL, 0, &body);
  mill_chart_frame_empty (layout, &body, reason, remedy (layout->spec, kind->kind));
}

MillScene *
mill_chart_layout (const MillChartSpec *spec,
                   MillThemeId theme,
                   double width_px,
                   double height_px,
                   MillTextMeasurer *measurer)
{
  const MillChartOptions *options = mill_chart_spec_get_options (spec);
  const MillChartKindInfo *kind = mill_chart_kind_info (mill_chart_spec_get_kind (spec));
  g_autofree char *reason = NULL;

  width_px = MAX (width_px, 32.0);
  height_px = MAX (height_px, 32.0);
  MillLayout layout = {
    .spec = spec,
    .options = options,
    .theme = mill_theme_get (theme),
    .measurer = measurer,
    .scene = mill_scene_new (width_px, height_px),
    .width_px = width_px,
    .height_px = height_px,
    .base_px = mill_chart_base_size (options, width_px, height_px),
  };
  mill_scene_set_family (layout.scene, mill_text_measurer_get_family (measurer));
  mill_scene_set_background (layout.scene, layout.theme->background);
  if (kind->available (spec, &reason))
    kind->layout (&layout);
  else
    layout_unavailable (&layout, kind, reason);
  if (options->right_to_left)
    mill_scene_mirror (layout.scene);

  int selected =
      mill_scene_find_hit (layout.scene, options->selected_series, options->selected_index);
  if (selected >= 0)
    mill_readout_add (&layout, selected);
  return layout.scene;
}

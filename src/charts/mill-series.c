/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-frame.h"
#include "charts/mill-series.h"

#include <math.h>

/* A family: its colour, how its name is written in it, and where its fills and markers begin. */
typedef struct {
  MillModelKind family;
  MillColor color;
  MillColor text_light;
  MillColor text_dark;
  MillPattern pattern;
  MillMarker marker;
} Family;

/* Okabe and Ito's palette, which readers with any colour vision tell apart. */
static const Family families[] = {
  { MILL_MODEL_SYNC, MILL_RGB (0x0072b2), MILL_RGB (0x0072b2), MILL_RGB (0x4ba3db),
    MILL_PATTERN_SOLID, MILL_MARKER_CROSS },
  { MILL_MODEL_THREAD_POOL, MILL_RGB (0xe69f00), MILL_RGB (0x9a6a00), MILL_RGB (0xe69f00),
    MILL_PATTERN_HATCH, MILL_MARKER_SQUARE },
  { MILL_MODEL_MAIN_LOOP, MILL_RGB (0x009e73), MILL_RGB (0x00785a), MILL_RGB (0x2fc9a0),
    MILL_PATTERN_DOTS, MILL_MARKER_CIRCLE },
  { MILL_MODEL_HYBRID, MILL_RGB (0xd55e00), MILL_RGB (0xa84900), MILL_RGB (0xf58b45),
    MILL_PATTERN_CROSS_HATCH, MILL_MARKER_DIAMOND },
  { MILL_MODEL_MULTIPROCESS, MILL_RGB (0xcc79a7), MILL_RGB (0x9c4477), MILL_RGB (0xe39cc3),
    MILL_PATTERN_BACK_HATCH, MILL_MARKER_PLUS },
  { MILL_MODEL_EPOLL_LOOP, MILL_RGB (0x56b4e9), MILL_RGB (0x1f6e9c), MILL_RGB (0x56b4e9),
    MILL_PATTERN_OUTLINE, MILL_MARKER_TRIANGLE },
};

/* How close the lines of a fill are. */
typedef enum {
  DENSITY_NORMAL,
  DENSITY_DENSE,
  DENSITY_WIDE,
  DENSITY_THICK,
} Density;

typedef struct {
  MillPattern pattern;
  Density density;
} VariantFill;

#define VARIANTS 4

/* The fills of each family's variants, in the order of `families`. No fill stands twice, nor is it
 * any family's own, so that in print, where there is no colour, no variant is mistaken for another
 * model; and none has its own family's pattern. */
static const VariantFill variant_fills[][VARIANTS] = {
  { { MILL_PATTERN_HORIZONTAL, DENSITY_NORMAL },
    { MILL_PATTERN_DOTS, DENSITY_THICK },
    { MILL_PATTERN_BACK_HATCH, DENSITY_WIDE },
    { MILL_PATTERN_GRID, DENSITY_DENSE } },
  { { MILL_PATTERN_GRID, DENSITY_NORMAL },
    { MILL_PATTERN_BACK_HATCH, DENSITY_THICK },
    { MILL_PATTERN_DOTS, DENSITY_DENSE },
    { MILL_PATTERN_HORIZONTAL, DENSITY_WIDE } },
  { { MILL_PATTERN_VERTICAL, DENSITY_NORMAL },
    { MILL_PATTERN_HORIZONTAL, DENSITY_THICK },
    { MILL_PATTERN_CROSS_HATCH, DENSITY_WIDE },
    { MILL_PATTERN_HATCH, DENSITY_DENSE } },
  { { MILL_PATTERN_HORIZONTAL, DENSITY_DENSE },
    { MILL_PATTERN_VERTICAL, DENSITY_THICK },
    { MILL_PATTERN_DOTS, DENSITY_WIDE },
    { MILL_PATTERN_HATCH, DENSITY_WIDE } },
  { { MILL_PATTERN_VERTICAL, DENSITY_DENSE },
    { MILL_PATTERN_HATCH, DENSITY_THICK },
    { MILL_PATTERN_GRID, DENSITY_WIDE },
    { MILL_PATTERN_CROSS_HATCH, DENSITY_THICK } },
  { { MILL_PATTERN_GRID, DENSITY_THICK },
    { MILL_PATTERN_VERTICAL, DENSITY_WIDE },
    { MILL_PATTERN_BACK_HATCH, DENSITY_DENSE },
    { MILL_PATTERN_CROSS_HATCH, DENSITY_DENSE } },
};
G_STATIC_ASSERT (G_N_ELEMENTS (variant_fills) == G_N_ELEMENTS (families));

static const MillMarker variant_markers[] = {
  MILL_MARKER_TRIANGLE_DOWN, MILL_MARKER_STAR,    MILL_MARKER_RING,
  MILL_MARKER_PLUS,          MILL_MARKER_CIRCLE,  MILL_MARKER_SQUARE,
  MILL_MARKER_TRIANGLE,      MILL_MARKER_DIAMOND, MILL_MARKER_CROSS,
};
static const MillColor print_solid = MILL_RGB (0x4a4a4a);

static const Family *
find_family (MillModelKind family)
{
  for (guint i = 0; i < G_N_ELEMENTS (families); i++) {
    if (families[i].family == family)
      return &families[i];
  }
  return &families[0];
}

/* The n-th of the variants' markers that is not the family's own. Each family begins at another of
 * the first three. */
static MillMarker
variant_marker (guint variant, const Family *family)
{
  guint n = G_N_ELEMENTS (variant_markers);
  guint place = (guint) (family - families) % 3;

  for (guint left = (variant - 1) % (n - 1);; place = (place + 1) % n) {
    if (variant_markers[place] == family->marker)
      continue;
    if (left-- == 0)
      return variant_markers[place];
  }
}

/* The family's own fills first, then those of the next families. */
static VariantFill
variant_fill (guint variant, const Family *family)
{
  guint n_families = G_N_ELEMENTS (variant_fills);
  guint place = variant - 1;

  if (variant == 0)
    return (VariantFill){ family->pattern, DENSITY_NORMAL };
  return variant_fills[((guint) (family - families) + place / VARIANTS) % n_families]
                      [place % VARIANTS];
}

static void
fill_init (MillFill *fill, const MillTheme *theme, MillColor color, VariantFill look)
{
  static const struct {
    double spacing_px, line_px, dot_px;
  } densities[] = {
    [DENSITY_NORMAL] = { 7.0, 1.0, 1.0 },
    [DENSITY_DENSE] = { 4.0, 0.75, 0.8 },
    [DENSITY_WIDE] = { 12.0, 1.25, 1.5 },
    [DENSITY_THICK] = { 9.0, 3.0, 2.4 },
  };
  MillPattern pattern = look.pattern;
  const MillColor white = MILL_RGB (0xffffff);

  fill->pattern = pattern;
  fill->spacing_px = densities[look.density].spacing_px;
  fill->line_px = pattern == MILL_PATTERN_DOTS ? 2.2 * densities[look.density].dot_px
                                               : 1.6 * densities[look.density].line_px;
  if (pattern == MILL_PATTERN_HORIZONTAL) {
    /* Of lines along a thin bar, two must fit into it. */
    fill->spacing_px *= 0.65;
    fill->line_px *= 0.75;
  }
  if (theme->hatches_only) {
    fill->color = pattern == MILL_PATTERN_SOLID ? print_solid : white;
    fill->ink = theme->text;
    fill->line_px *= pattern == MILL_PATTERN_DOTS ? 0.9 : 0.75;
    return;
  }
  fill->color = color;
  fill->ink = mill_color_mix (color, white, 0.62);
  if (pattern == MILL_PATTERN_OUTLINE)
    fill->color = mill_color_mix (theme->background, color, 0.22);
}

static void
style_init (MillSeriesStyle *style,
            const MillTheme *theme,
            MillColor color,
            MillColor text_color,
            VariantFill look,
            MillMarker marker,
            guint dash)
{
  style->color = theme->hatches_only ? theme->text : color;
  style->text_color = theme->hatches_only ? theme->text : text_color;
  style->marker = marker;
  fill_init (&style->fill, theme, color, look);
  style->outline =
      (MillStroke){ theme->hatches_only ? theme->text : color, theme->outline_px, MILL_DASH_NONE };
  if (theme->outline_px >= 2.0)
    style->outline.color = theme->text;
  else if (look.pattern == MILL_PATTERN_OUTLINE)
    style->outline.width_px = MAX (theme->outline_px, 1.6);
  style->line = (MillStroke){ style->color, 2.2, dash % MILL_N_DASHES };
}

void
mill_series_style (const MillTheme *theme,
                   MillModelKind family,
                   guint variant,
                   MillSeriesStyle *style)
{
  const Family *base = find_family (family);

  style_init (style, theme, base->color, theme->dark ? base->text_dark : base->text_light,
              variant_fill (variant, base),
              variant > 0 ? variant_marker (variant, base) : base->marker,
              /* Without colour, the families' lines differ in their dashes too. */
              variant + (theme->hatches_only ? (guint) (base - families) : 0));
}

void
mill_series_style_published (const MillTheme *theme, guint variant, MillSeriesStyle *style)
{
  static const MillPattern patterns[] = {
    MILL_PATTERN_BACK_HATCH, MILL_PATTERN_HATCH,      MILL_PATTERN_CROSS_HATCH,
    MILL_PATTERN_VERTICAL,   MILL_PATTERN_HORIZONTAL, MILL_PATTERN_GRID,
  };

  style_init (style, theme, theme->published, theme->published_text,
              (VariantFill){ patterns[variant % G_N_ELEMENTS (patterns)], DENSITY_NORMAL },
              variant_markers[variant % G_N_ELEMENTS (variant_markers)], variant + 1);
  style->color = theme->published;
  style->fill.color = mill_color_mix (theme->background, theme->published, 0.35);
  style->fill.ink = theme->published;
  style->fill.spacing_px = 5.0;
  style->line.color = theme->published;
  style->outline.color = theme->outline_px >= 2.0 ? theme->text : theme->published;
  style->outline.width_px = MAX (theme->outline_px, 1.0);
}

void
mill_series_style_projected (const MillTheme *theme,
                             const MillSeriesStyle *measured,
                             MillSeriesStyle *style)
{
  *style = *measured;
  style->fill.pattern =
      measured->fill.pattern == MILL_PATTERN_HATCH ? MILL_PATTERN_BACK_HATCH : MILL_PATTERN_HATCH;
  style->fill.color = mill_color_mix (theme->background, measured->color, 0.12);
  style->fill.ink = theme->hatches_only ? theme->secondary
                                        : mill_color_mix (theme->background, measured->color, 0.6);
  style->fill.spacing_px = 6.0;
  style->fill.line_px = 1.2;
  style->outline = (MillStroke){ measured->color, MAX (theme->outline_px, 1.4), MILL_DASH_DASHED };
  style->line.dash = MILL_DASH_DASHED;
}

static void
series_free (gpointer data)
{
  MillSeries *series = data;

  g_free (series->label);
  g_free (series);
}

/* The model's kind by the name before the colon: parameters do not matter here, and published
 * results name models that are not ours. */
static gboolean
kind_from_text (const char *text, MillModelKind *kind)
{
  size_t length = strcspn (text, ":");

  for (guint i = 0; i < MILL_N_MODELS; i++) {
    const MillModelInfo *info = mill_model_info ((MillModelKind) i);

    if (strlen (info->id) == length && strncmp (info->id, text, length) == 0) {
      *kind = info->kind;
      return TRUE;
    }
  }
  return FALSE;
}

/* Which variant a kind begins with: the family itself 0, its other kinds 1, 2, ... */
static guint
preferred_variant (MillModelKind kind, MillModelKind family)
{
  guint variant = 0;

  if (kind == family)
    return 0;
  for (guint i = 0; i < MILL_N_MODELS; i++) {
    if ((MillModelKind) i != family && mill_model_info ((MillModelKind) i)->family == family)
      variant++;
    if ((MillModelKind) i == kind)
      break;
  }
  return variant;
}

/* The variant that is still free for a series; series that are points of one line share theirs. */
static guint
take_variant (GHashTable *taken, GHashTable *known, const MillSeries *series, guint preferred)
{
  size_t length = isnan (series->sweep_value) ? strlen (series->model->model)
                                              : strcspn (series->model->model, ":");
  g_autofree char *key = g_strdup_printf ("%p %.*s", (const void *) series->result, (int) length,
                                          series->model->model);
  gpointer value;

  if (g_hash_table_lookup_extended (known, key, NULL, &value) && !isnan (series->sweep_value))
    return GPOINTER_TO_UINT (value);
  guint family = series->published ? MILL_N_MODELS : series->family;
  guint variant = preferred;
  while (g_hash_table_contains (taken, GUINT_TO_POINTER (family << 16 | variant)))
    variant++;
  g_hash_table_add (taken, GUINT_TO_POINTER (family << 16 | variant));
  g_hash_table_insert (known, g_steal_pointer (&key), GUINT_TO_POINTER (variant));
  return variant;
}

/* What a value of the sweep is called beside the model; NULL where the model says it. */
static char *
sweep_text (const MillChartSpec *spec, const MillResult *result, double value)
{
  const MillNumberFormat *numbers = &mill_chart_spec_get_options (spec)->numbers;
  g_autofree char *number = mill_quantity_given_to_string (numbers, value, MILL_UNIT_COUNT);

  switch (result->experiment ? result->experiment->sweep : MILL_SWEEP_NONE) {
  case MILL_SWEEP_REQUESTS:
    if (result->experiment->workload == MILL_WORKLOAD_CPU)
      return g_strdup_printf (ngettext ("%s URL", "%s URLs", (gulong) value), number);
    return g_strdup_printf (ngettext ("%s request", "%s requests", (gulong) value), number);
  case MILL_SWEEP_DELAY:
    return mill_quantity_given_to_string (numbers, value, MILL_UNIT_SECONDS);
  case MILL_SWEEP_BODY_SIZE:
    return mill_quantity_given_to_string (numbers, value, MILL_UNIT_BYTES);
  case MILL_SWEEP_RATE:
    /* Translators: a rate, short: so many a second. */
    return g_strdup_printf (_ ("%s/s"), number);
  case MILL_SWEEP_CONCURRENCY:
    return NULL;
  case MILL_SWEEP_NONE:
  default:
    return g_steal_pointer (&number);
  }
}

static char *
label_new (const MillChartSpec *spec, const MillResult *result, const MillModelResult *model)
{
  g_autofree char *swept =
      isnan (model->sweep_value) ? NULL : sweep_text (spec, result, model->sweep_value);
  g_autofree char *label =
      swept ? g_strdup_printf ("%s, %s", model->model, swept) : g_strdup (model->model);

  g_autofree char *name = mill_chart_result_name (spec, result);

  if (name)
    return g_strdup_printf ("%s (%s)", label, name);
  return g_steal_pointer (&label);
}

static void
append_result (GPtrArray *list,
               const MillChartSpec *spec,
               const MillTheme *theme,
               const MillResult *result,
               GHashTable *taken,
               GHashTable *known)
{
  const char *only = mill_chart_spec_get_options (spec)->model;

  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);
    MillSeries *series = g_new0 (MillSeries, 1);
    MillModelKind kind = MILL_MODEL_SYNC;

    if (!kind_from_text (model->model, &kind) && model->corresponds_to)
      kind_from_text (model->corresponds_to, &kind);
    series->result = result;
    series->model = model;
    series->published = result->published;
    series->sweep_value = model->sweep_value;
    series->family = mill_model_info (kind)->family;
    series->variant = take_variant (
        taken, known, series, result->published ? 0 : preferred_variant (kind, series->family));
    if (only && g_strcmp0 (only, model->model) != 0) {
      series_free (series);
      continue;
    }
    series->label = label_new (spec, result, model);
    if (series->published)
      mill_series_style_published (theme, series->variant, &series->style);
    else
      mill_series_style (theme, series->family, series->variant, &series->style);
    g_ptr_array_add (list, series);
  }
}

GPtrArray *
mill_series_list (const MillChartSpec *spec, const MillTheme *theme)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (series_free);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < mill_chart_spec_get_n_results (spec); i++)
    append_result (list, spec, theme, mill_chart_spec_get_result (spec, i), taken, known);
  return list;
}

const MillTrialResult *
mill_series_typical_trial (const MillSeries *series)
{
  return mill_result_typical_trial (series->result, series->model->model,
                                    series->model->sweep_value);
}

const MillEstimate *
mill_series_estimate (const MillSeries *series, MillFigure figure)
{
  return &series->model->figures[figure];
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-bars.h"

#include <math.h>

/* Where rows stand and what their texts may take. */
typedef struct {
  MillBox plot;
  MillScale scale;
  double names_px; /* left of the plot */
  double right;    /* the edge for texts */
  double row_px;
  double bar_px;
  guint n_rows;
  MillTextRole value_role;
} Rows;

static void
part_clear (gpointer data)
{
  g_free (((MillBarPart *) data)->label);
}

static void
bar_free (gpointer data)
{
  MillBar *bar = data;

  g_free (bar->name);
  g_free (bar->value_text);
  g_free (bar->tag);
  g_free (bar->words);
  g_free (bar->words_short);
  g_free (bar->readout);
  g_clear_pointer (&bar->parts, g_array_unref);
  g_free (bar);
}

GPtrArray *
mill_bars_new (void)
{
  return g_ptr_array_new_with_free_func (bar_free);
}

MillBar *
mill_bars_add (GPtrArray *bars, const char *name, const MillSeriesStyle *style)
{
  MillBar *bar = g_new0 (MillBar, 1);

  bar->name = g_strdup (name);
  bar->value = bar->low = bar->high = bar->most = NAN;
  bar->style = *style;
  bar->series = (int) bars->len;
  g_ptr_array_add (bars, bar);
  return bar;
}

void
mill_bar_add_part (
    MillBar *bar, double value, const MillFill *fill, const MillStroke *outline, const char *label)
{
  const MillBarPart part = { value, *fill, *outline, g_strdup (label) };

  if (!bar->parts) {
    bar->parts = g_array_new (FALSE, FALSE, sizeof (MillBarPart));
    g_array_set_clear_func (bar->parts, part_clear);
  }
  g_array_append_val (bar->parts, part);
}

/* How far a row reaches: nothing that is not finite or below zero has a length. */
static double
bar_reach (const MillBar *bar)
{
  const double ends[] = { bar->value, bar->high, bar->most };
  double reach = 0.0;

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    if (isfinite (ends[i]))
      reach = MAX (reach, ends[i]);
  }
  return reach;
}

static double
text_gap (const MillLayout *layout)
{
  return 8.0 * mill_layout_unit (layout);
}

/* The room that the texts of a row need behind its bar. */
static double
needed_text_width (const MillLayout *layout, const Rows *rows, const MillBar *bar)
{
  /* A pixel more, so that rounding elides nothing. */
  double width = text_gap (layout) + 1.0;

  if (bar->value_text)
    width += mill_layout_text_width (layout, bar->value_text, rows->value_role);
  if (bar->tag)
    width += text_gap (layout) + mill_layout_text_width (layout, bar->tag, MILL_TEXT_SECONDARY);
  return width;
}

/* The widest plot in which every row's texts fit behind its bar. */
static double
plot_width (const MillLayout *layout, const Rows *rows, GPtrArray *bars, double room, double most)
{
  double width = room;

  for (guint i = 0; i < rows->n_rows; i++) {
    const MillBar *bar = g_ptr_array_index (bars, i);
    double share = most > 0.0 ? bar_reach (bar) / most : 0.0;

    if (share > 0.0)
      width = MIN (width, (room - needed_text_width (layout, rows, bar)) / share);
  }
  return CLAMP (width, 0.3 * room, room);
}

static void
rows_init (Rows *rows,
           MillLayout *layout,
           const MillBarsOptions *options,
           const MillBox *body,
           GPtrArray *bars)
{
  gboolean plain = layout->options->plain;
  double least_px = plain ? 2.0 : mill_layout_text_height (layout, MILL_TEXT_LABEL) * 1.02;
  double height = body->height - mill_axis_bottom_height (layout, FALSE);
  double most = 0.0;
  double names = 0.0;

  rows->n_rows = bars->len;
  if (rows->n_rows * least_px > height) {
    /* One row's height says how many of how many. */
    double fitting = plain ? height / least_px : (height - least_px) / least_px;

    rows->n_rows = (guint) CLAMP (fitting, 1.0, (double) bars->len);
    if (!plain)
      height -= least_px;
  }
  rows->row_px = MAX (height, 1.0) / MAX (rows->n_rows, 1);
  rows->bar_px = MIN (MIN (0.58 * rows->row_px, 3.6 * layout->base_px), rows->row_px);
  rows->value_role = rows->row_px >= mill_layout_text_height (layout, MILL_TEXT_VALUE)
                         ? MILL_TEXT_VALUE
                         : MILL_TEXT_LABEL_BOLD;
  for (guint i = 0; i < rows->n_rows; i++) {
    const MillBar *bar = g_ptr_array_index (bars, i);

    most = MAX (most, bar_reach (bar));
    names = MAX (names, mill_layout_text_width (layout, bar->name, MILL_TEXT_LABEL));
  }
  rows->names_px = plain ? 0.0 : MIN (names, 0.34 * body->width);
  double left = body->x + rows->names_px + (plain ? 0.0 : 10.0 * mill_layout_unit (layout));
  rows->right = body->x + body->width;
  double width =
      plain ? rows->right - left : plot_width (layout, rows, bars, rows->right - left, most);
  rows->plot = (MillBox){ left, body->y, MAX (width, 1.0), MAX (height, 1.0) };
  rows->scale = mill_scale_linear (0.0, most, left, left + rows->plot.width);
}

static void
add_bar_rect (MillLayout *layout,
              const Rows *rows,
              double from,
              double to,
              double top,
              double height,
              const MillFill *fill,
              const MillStroke *outline)
{
  MillFill scaled_fill = mill_layout_fill (layout, fill);
  MillStroke scaled_outline = mill_layout_stroke (layout, outline);
  double x1 = mill_scale_map_clamped (&rows->scale, from);
  double x2 = mill_scale_map_clamped (&rows->scale, to);

  /* A value above zero stays visible. */
  if (x2 - x1 < mill_layout_unit (layout))
    x2 = x1 + mill_layout_unit (layout);
  if (layout->options->plain) {
    /* Patterns are only noise at this size. */
    scaled_outline.width_px = MIN (scaled_outline.width_px, 1.0);
    if (!layout->theme->hatches_only && fill->pattern != MILL_PATTERN_OUTLINE)
      scaled_fill.pattern = MILL_PATTERN_SOLID;
  }
  /* Inside of an outline, so that the bar is as long as its value. */
  double inset = MIN (scaled_outline.width_px / 2.0, MIN (x2 - x1, height) / 2.0);
  mill_scene_add_rect (layout->scene, x1 + inset, top + inset, x2 - x1 - 2.0 * inset,
                       height - 2.0 * inset, 0.0, &scaled_fill, &scaled_outline);
}

static void
add_whisker (MillLayout *layout, const Rows *rows, const MillBar *bar, double middle)
{
  double unit = mill_layout_unit (layout);
  const MillStroke stroke = { layout->theme->text, 1.6 * unit, MILL_DASH_NONE };
  const MillStroke halo = { layout->theme->background, 3.4 * unit, MILL_DASH_NONE };
  double cap = MIN (0.16 * rows->bar_px, 6.0 * unit);

  if (!isfinite (bar->low) || !isfinite (bar->high) || layout->options->plain)
    return;
  double x1 = mill_scale_map_clamped (&rows->scale, bar->low);
  double x2 = mill_scale_map_clamped (&rows->scale, bar->high);
  /* Both caps stay apart, so that a narrow interval still reads as one. */
  if (x2 - x1 < 2.4 * unit) {
    double centre = (x1 + x2) / 2.0;

    x1 = centre - 1.2 * unit;
    x2 = centre + 1.2 * unit;
  }
  const double lines[3][4] = {
    { x1, middle, x2, middle },
    { x1, middle - cap, x1, middle + cap },
    { x2, middle - cap, x2, middle + cap },
  };
  for (guint i = 0; i < 6; i++) {
    const double *line = lines[i % 3];

    mill_scene_add_line (layout->scene, line[0], line[1], line[2], line[3],
                         i < 3 ? &halo : &stroke);
  }
}

static void
add_bar (MillLayout *layout, const Rows *rows, const MillBar *bar, double middle)
{
  double top = middle - rows->bar_px / 2.0;

  if (isfinite (bar->most) && bar->most > 0.0) {
    MillFill pale = { .pattern = MILL_PATTERN_SOLID };
    MillStroke edge = { bar->style.color, 1.0, MILL_DASH_NONE };

    pale.color = mill_color_mix (layout->theme->background, bar->style.color,
                                 layout->theme->hatches_only ? 0.12 : 0.25);
    add_bar_rect (layout, rows, 0.0, bar->most, top + 0.22 * rows->bar_px, 0.56 * rows->bar_px,
                  &pale, &edge);
  }
  if (bar->parts) {
    double from = 0.0;

    for (guint i = 0; i < bar->parts->len; i++) {
      const MillBarPart *part = &g_array_index (bar->parts, MillBarPart, i);

      if (!(part->value > 0.0))
        continue;
      add_bar_rect (layout, rows, from, from + part->value, top, rows->bar_px, &part->fill,
                    &part->outline);
      from += part->value;
    }
  } else if (isfinite (bar->value) && bar->value > 0.0) {
    add_bar_rect (layout, rows, 0.0, bar->value, top, rows->bar_px, &bar->style.fill,
                  &bar->style.outline);
  }
  add_whisker (layout, rows, bar, middle);
}

/* A mark's line in its row (or through all rows), and the end of its label. */
static double
add_mark (MillLayout *layout, const Rows *rows, double middle, double after_texts)
{
  const MillChartMark *mark = &layout->options->mark;
  const MillStroke stroke = { layout->theme->annotation, 2.0 * mill_layout_unit (layout),
                              MILL_DASH_DASHED };
  double x = mill_scale_map_clamped (&rows->scale, mark->value);
  double half = MIN (rows->row_px, rows->bar_px * 1.45) / 2.0;
  double beside = x + text_gap (layout);

  mill_scene_add_line (layout->scene, x, middle - half, x, middle + half, &stroke);
  if (!mark->label || layout->options->plain)
    return x;
  beside = MAX (beside, after_texts + text_gap (layout));
  double width = rows->right - beside;
  /* Nothing is better than a label of two letters. */
  if (width < 5.0 * layout->base_px)
    return x;
  mill_layout_text (layout, mark->label, beside,
                    middle + mill_layout_baseline_offset (layout, MILL_TEXT_LABEL_BOLD),
                    MILL_ANCHOR_LEFT, MILL_TEXT_LABEL_BOLD, &layout->theme->annotation, width);
  return x;
}

static gboolean
has_mark (const MillLayout *layout, const MillBar *bar)
{
  const MillChartMark *mark = &layout->options->mark;

  return isfinite (mark->value) && (!mark->model || g_strcmp0 (mark->model, bar->name) == 0);
}

/* Where a value begins: the line of a mark does not run through it. */
static double
value_start (const MillLayout *layout, const Rows *rows, const MillBar *bar, double x)
{
  double gap = text_gap (layout), mark_x, end;

  if (!bar->value_text || !has_mark (layout, bar))
    return x;
  mark_x = mill_scale_map_clamped (&rows->scale, layout->options->mark.value);
  end = x + mill_layout_text_width (layout, bar->value_text, rows->value_role);
  return mark_x > x - gap / 2.0 && mark_x < end + gap / 2.0 ? mark_x + gap : x;
}

/* Value, tag and words behind the bar; returns where they end. */
static double
add_row_texts (MillLayout *layout, const Rows *rows, const MillBar *bar, double middle)
{
  double end = mill_scale_map_clamped (&rows->scale, bar_reach (bar));
  double x = value_start (layout, rows, bar, end + text_gap (layout));
  MillColor tag_color = layout->theme->secondary;

  if (bar->value_text) {
    double width = mill_layout_text (
        layout, bar->value_text, x, middle + mill_layout_baseline_offset (layout, rows->value_role),
        MILL_ANCHOR_LEFT, rows->value_role, NULL, MAX (rows->right - x, 1.0));
    x += width + text_gap (layout);
  }
  const char *texts[] = { bar->tag, bar->words };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    const char *text = texts[i];
    double room = rows->right - x;

    if (!text || (i == 1 && has_mark (layout, bar)))
      continue;
    /* The bar behind it shows the highest value, too; half of its text shows nothing. */
    if (i == 0 && isfinite (bar->most) &&
        mill_layout_text_width (layout, text, MILL_TEXT_SECONDARY) > room)
      continue;
    if (i == 1 && mill_layout_text_width (layout, text, MILL_TEXT_SECONDARY) > room)
      text = bar->words_short;
    if (!text || room <= 1.0 ||
        (i == 1 && mill_layout_text_width (layout, text, MILL_TEXT_SECONDARY) > room))
      continue;
    double width = mill_layout_text (
        layout, text, x, middle + mill_layout_baseline_offset (layout, MILL_TEXT_SECONDARY),
        MILL_ANCHOR_LEFT, MILL_TEXT_SECONDARY, &tag_color, room);
    x += width > 0.0 ? width + text_gap (layout) : 0.0;
  }
  return x - text_gap (layout);
}

static void
add_row (MillLayout *layout, const Rows *rows, const MillBar *bar, guint row)
{
  double top = rows->plot.y + row * rows->row_px;
  double middle = top + rows->row_px / 2.0;
  double size = mill_layout_text_size (layout, MILL_TEXT_LABEL);
  g_autofree char *name =
      mill_text_elide (layout->measurer, bar->name, size, MILL_WEIGHT_NORMAL, rows->names_px, TRUE);
  const MillBox box = { rows->plot.x, top, rows->plot.width, rows->row_px };

  mill_layout_text (layout, name, rows->plot.x - 10.0 * mill_layout_unit (layout),
                    middle + mill_layout_baseline_offset (layout, MILL_TEXT_LABEL),
                    MILL_ANCHOR_RIGHT, MILL_TEXT_LABEL, NULL, 0.0);
  add_bar (layout, rows, bar, middle);
  double end = add_row_texts (layout, rows, bar, middle);
  if (has_mark (layout, bar))
    add_mark (layout, rows, middle, end);
  mill_scene_add_hit (layout->scene, &box, mill_scale_map_clamped (&rows->scale, bar_reach (bar)),
                      middle, bar->series, 0, bar->style.color,
                      bar->readout ? bar->readout : bar->name);
}

static void
add_base_line (MillLayout *layout, const Rows *rows)
{
  const MillStroke stroke = { layout->theme->axis,
                              layout->theme->axis_px * mill_layout_unit (layout), MILL_DASH_NONE };

  mill_scene_add_line (layout->scene, rows->plot.x, rows->plot.y, rows->plot.x,
                       rows->plot.y + rows->plot.height, &stroke);
}

static void
add_table (MillLayout *layout, const MillBarsOptions *options, GPtrArray *bars)
{
  const MillNumberFormat *numbers = &layout->options->numbers;
  const char *header[] = { _ ("Model"), options->title, _ ("Note"), NULL };
  g_autoptr (GString) summary = g_string_new (options->title);

  mill_scene_add_table_row (layout->scene, header);
  for (guint i = 0; i < bars->len; i++) {
    const MillBar *bar = g_ptr_array_index (bars, i);
    g_autofree char *value = mill_quantity_to_string (numbers, bar->value, options->unit);
    g_autofree char *note = g_strjoin (bar->tag && bar->words ? ", " : "", bar->tag ? bar->tag : "",
                                       bar->words ? bar->words : "", NULL);
    const char *cells[] = { bar->name, value, note, NULL };

    mill_scene_add_table_row (layout->scene, cells);
    if (i < 12)
      g_string_append_printf (summary, "%s%s %s%s%s", i == 0 ? ": " : "; ", bar->name, value,
                              *note ? ", " : "", note);
  }
  if (bars->len > 12)
    g_string_append_printf (summary, _ ("; and %u more"), bars->len - 12);
  g_string_append (summary, C_ ("end of a sentence", "."));
  mill_scene_set_summary (layout->scene, summary->str);
}

void
mill_bars_layout (MillLayout *layout, const MillBarsOptions *options, GPtrArray *bars)
{
  MillBox body;
  Rows rows;

  mill_chart_frame (layout, options->title, options->subtitle, options->legend, options->n_legend,
                    &body);
  rows_init (&rows, layout, options, &body, bars);
  mill_axis_bottom (layout, &rows.plot, &rows.scale, options->unit, options->integers, NULL);
  for (guint i = 0; i < rows.n_rows; i++)
    add_row (layout, &rows, g_ptr_array_index (bars, i), i);
  add_base_line (layout, &rows);
  if (rows.n_rows < bars->len && !layout->options->plain) {
    g_autofree char *note = g_strdup_printf (
        ngettext ("%u of %u row shown", "%u of %u rows shown", bars->len), rows.n_rows, bars->len);
    mill_layout_text (layout, note, body.x + body.width,
                      body.y + body.height - 0.3 * layout->base_px, MILL_ANCHOR_RIGHT,
                      MILL_TEXT_SECONDARY, NULL, body.width);
  }
  add_table (layout, options, bars);
}

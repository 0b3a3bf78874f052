/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-frame.h"

#include <math.h>

#define MAX_LEGEND_ROWS 2

/* Where the legend stands. */
typedef struct {
  const MillLegendEntry *entries;
  guint n_entries;
  double swatch_px;
  double gap_px; /* between entries */
} Legend;

static const struct {
  double size;
  MillWeight weight;
} roles[] = {
  [MILL_TEXT_TITLE] = { 1.38, MILL_WEIGHT_BOLD },
  [MILL_TEXT_SUBTITLE] = { 0.95, MILL_WEIGHT_NORMAL },
  [MILL_TEXT_TICK] = { 0.95, MILL_WEIGHT_NORMAL },
  [MILL_TEXT_LABEL] = { 1.0, MILL_WEIGHT_NORMAL },
  [MILL_TEXT_LABEL_BOLD] = { 1.0, MILL_WEIGHT_BOLD },
  [MILL_TEXT_VALUE] = { 1.25, MILL_WEIGHT_BOLD },
  [MILL_TEXT_SECONDARY] = { 0.98, MILL_WEIGHT_NORMAL },
  [MILL_TEXT_SOURCE] = { 0.86, MILL_WEIGHT_NORMAL },
};

double
mill_layout_text_size (const MillLayout *layout, MillTextRole role)
{
  return roles[role].size * layout->base_px;
}

MillWeight
mill_layout_text_weight (MillTextRole role)
{
  return roles[role].weight;
}

MillColor
mill_layout_text_color (const MillLayout *layout, MillTextRole role)
{
  switch (role) {
  case MILL_TEXT_TITLE:
  case MILL_TEXT_LABEL:
  case MILL_TEXT_LABEL_BOLD:
  case MILL_TEXT_VALUE:
    return layout->theme->text;
  case MILL_TEXT_SUBTITLE:
  case MILL_TEXT_TICK:
  case MILL_TEXT_SECONDARY:
  case MILL_TEXT_SOURCE:
  default:
    return layout->theme->secondary;
  }
}

double
mill_layout_unit (const MillLayout *layout)
{
  return layout->base_px / 13.0;
}

MillStroke
mill_layout_stroke (const MillLayout *layout, const MillStroke *stroke)
{
  MillStroke scaled = *stroke;

  scaled.width_px *= mill_layout_unit (layout);
  return scaled;
}

MillFill
mill_layout_fill (const MillLayout *layout, const MillFill *fill)
{
  MillFill scaled = *fill;

  scaled.spacing_px *= mill_layout_unit (layout);
  scaled.line_px *= mill_layout_unit (layout);
  return scaled;
}

double
mill_layout_text_width (const MillLayout *layout, const char *text, MillTextRole role)
{
  return mill_text_width (layout->measurer, text, mill_layout_text_size (layout, role),
                          roles[role].weight);
}

static void
line_extents (const MillLayout *layout, MillTextRole role, MillTextExtents *extents)
{
  mill_text_measure (layout->measurer, "X", mill_layout_text_size (layout, role),
                     roles[role].weight, extents);
}

double
mill_layout_text_height (const MillLayout *layout, MillTextRole role)
{
  MillTextExtents extents;

  line_extents (layout, role, &extents);
  return extents.ascent_px + extents.descent_px;
}

double
mill_layout_baseline_offset (const MillLayout *layout, MillTextRole role)
{
  /* Half the height of capitals and digits, about 0.72 of the size: what looks centred. */
  return 0.36 * mill_layout_text_size (layout, role);
}

double
mill_layout_text (MillLayout *layout,
                  const char *text,
                  double x,
                  double baseline_y,
                  MillAnchor anchor,
                  MillTextRole role,
                  const MillColor *color,
                  double max_width_px)
{
  double size = mill_layout_text_size (layout, role);
  g_autofree char *elided =
      max_width_px > 0.0
          ? mill_text_elide (layout->measurer, text, size, roles[role].weight, max_width_px, FALSE)
          : NULL;
  const char *shown = elided ? elided : text;
  MillTextExtents extents;

  if (layout->options->plain || !*shown)
    return 0.0;
  mill_text_measure (layout->measurer, shown, size, roles[role].weight, &extents);
  mill_scene_add_text (layout->scene, shown, x, baseline_y, anchor, size, roles[role].weight,
                       color ? *color : mill_layout_text_color (layout, role), FALSE, &extents);
  return extents.width_px;
}

void
mill_legend_entry_init (MillLegendEntry *entry,
                        const char *label,
                        const MillSeriesStyle *style,
                        gboolean line)
{
  *entry = (MillLegendEntry){
    .label = label,
    .line = line,
    .fill = style->fill,
    .stroke = line ? style->line : style->outline,
    .marker = style->marker,
    .color = style->color,
  };
}

static double
legend_entry_width (const MillLayout *layout, const Legend *legend, const MillLegendEntry *entry)
{
  return legend->swatch_px + 6.0 * mill_layout_unit (layout) +
         mill_layout_text_width (layout, entry->label, MILL_TEXT_SUBTITLE);
}

static double
legend_width (const MillLayout *layout, const Legend *legend)
{
  double width = 0.0;

  for (guint i = 0; i < legend->n_entries; i++)
    width += legend_entry_width (layout, legend, &legend->entries[i]) + (i ? legend->gap_px : 0.0);
  return width;
}

static void
legend_entry_add (MillLayout *layout,
                  const Legend *legend,
                  const MillLegendEntry *entry,
                  double x,
                  double middle_y,
                  double max_width)
{
  double unit = mill_layout_unit (layout);
  MillStroke stroke = mill_layout_stroke (layout, &entry->stroke);
  MillFill fill = mill_layout_fill (layout, &entry->fill);

  if (entry->line) {
    mill_scene_add_line (layout->scene, x, middle_y, x + legend->swatch_px, middle_y, &stroke);
    mill_scene_add_marker (layout->scene, x + legend->swatch_px / 2.0, middle_y, entry->marker,
                           8.0 * unit, entry->color, NULL);
  } else {
    mill_scene_add_rect (layout->scene, x, middle_y - 5.5 * unit, legend->swatch_px, 11.0 * unit,
                         0.0, &fill, &stroke);
  }
  mill_layout_text (layout, entry->label, x + legend->swatch_px + 6.0 * unit,
                    middle_y + mill_layout_baseline_offset (layout, MILL_TEXT_SUBTITLE),
                    MILL_ANCHOR_LEFT, MILL_TEXT_SUBTITLE, NULL,
                    /* The width that was measured must not elide by a rounding error. */
                    max_width - legend->swatch_px - 6.0 * unit + 0.01);
}

/* Rows below the subtitle; what does not fit is counted. Returns the height that was taken. */
static double
legend_rows_add (MillLayout *layout, const Legend *legend, double left, double top, double width)
{
  double row_px = mill_layout_text_height (layout, MILL_TEXT_SUBTITLE) * 1.25;
  double x = left;
  guint row = 0;

  for (guint i = 0; i < legend->n_entries; i++) {
    double entry_px = MIN (legend_entry_width (layout, legend, &legend->entries[i]), width);
    guint n_more = legend->n_entries - i;
    g_autofree char *more =
        g_strdup_printf (ngettext ("and %u more", "and %u more", n_more), n_more);
    double more_px = mill_layout_text_width (layout, more, MILL_TEXT_SUBTITLE) + legend->gap_px;
    gboolean last_row = row + 1 == MAX_LEGEND_ROWS;
    gboolean last = i + 1 == legend->n_entries;

    if (x > left && x + entry_px + (last_row && !last ? more_px : 0.0) > left + width) {
      if (last_row) {
        mill_layout_text (layout, more, x,
                          top + (row + 0.5) * row_px +
                              mill_layout_baseline_offset (layout, MILL_TEXT_SUBTITLE),
                          MILL_ANCHOR_LEFT, MILL_TEXT_SUBTITLE, NULL, left + width - x);
        break;
      }
      row++;
      x = left;
      /* A long name in the last row leaves room for the count of those left out. */
      if (row + 1 == MAX_LEGEND_ROWS && !last)
        entry_px = MIN (entry_px, MAX (width - more_px, width * 0.5));
    }
    legend_entry_add (layout, legend, &legend->entries[i], x, top + (row + 0.5) * row_px, entry_px);
    x += entry_px + legend->gap_px;
  }
  return (row + 1) * row_px;
}

/* Writes up to two lines, and one for each result, upwards from the bottom; returns the height they
 * take. */
static double
source_add (MillLayout *layout, double left, double bottom, double width)
{
  g_autofree char *source = mill_chart_source_line (layout->spec);
  double size = mill_layout_text_size (layout, MILL_TEXT_SOURCE);
  double line_px = mill_layout_text_height (layout, MILL_TEXT_SOURCE);
  guint max_lines = layout->height_px > 18.0 * layout->base_px
                        ? CLAMP (mill_chart_spec_get_n_results (layout->spec), 2, 5)
                        : 1;
  g_auto (GStrv) lines =
      mill_text_wrap (layout->measurer, source, size, MILL_WEIGHT_NORMAL, width, max_lines);
  guint n_lines = g_strv_length (lines);
  MillTextExtents extents;

  line_extents (layout, MILL_TEXT_SOURCE, &extents);
  for (guint i = 0; i < n_lines; i++)
    mill_layout_text (layout, lines[i], left,
                      bottom - (n_lines - 1 - i) * line_px - extents.descent_px, MILL_ANCHOR_LEFT,
                      MILL_TEXT_SOURCE, NULL, 0.0);
  return n_lines * line_px;
}

/* Title, subtitle and legend; returns where the body begins. */
static double
heading_add (MillLayout *layout,
             const char *title,
             const char *subtitle,
             const Legend *legend,
             double left,
             double top,
             double width)
{
  double unit = mill_layout_unit (layout);
  MillTextExtents extents;
  double title_px = mill_layout_text_width (layout, title, MILL_TEXT_TITLE);
  double legend_px = legend_width (layout, legend);
  gboolean beside = legend->n_entries > 0 && title_px + 2.0 * layout->base_px + legend_px <= width;
  double y = top;

  line_extents (layout, MILL_TEXT_TITLE, &extents);
  y += extents.ascent_px;
  mill_layout_text (layout, title, left, y, MILL_ANCHOR_LEFT, MILL_TEXT_TITLE, NULL, width);
  if (beside) {
    double x = left + width - legend_px;

    for (guint i = 0; i < legend->n_entries; i++) {
      double entry_px = legend_entry_width (layout, legend, &legend->entries[i]);

      legend_entry_add (layout, legend, &legend->entries[i], x,
                        y - mill_layout_baseline_offset (layout, MILL_TEXT_TITLE), entry_px + 1.0);
      x += entry_px + legend->gap_px;
    }
  }
  y += extents.descent_px + 1.5 * unit;
  if (!layout->options->large && subtitle && *subtitle) {
    guint max_lines = layout->height_px > 24.0 * layout->base_px ? 2 : 1;
    g_auto (GStrv) lines = mill_text_wrap (layout->measurer, subtitle,
                                           mill_layout_text_size (layout, MILL_TEXT_SUBTITLE),
                                           MILL_WEIGHT_NORMAL, width, max_lines);

    line_extents (layout, MILL_TEXT_SUBTITLE, &extents);
    for (guint i = 0; lines[i]; i++) {
      mill_layout_text (layout, lines[i], left, y + extents.ascent_px, MILL_ANCHOR_LEFT,
                        MILL_TEXT_SUBTITLE, NULL, 0.0);
      y += extents.ascent_px + extents.descent_px;
    }
  }
  if (legend->n_entries > 0 && !beside)
    y += 3.0 * unit + legend_rows_add (layout, legend, left, y + 3.0 * unit, width);
  return y;
}

void
mill_chart_frame (MillLayout *layout,
                  const char *title,
                  const char *subtitle,
                  const MillLegendEntry *entries,
                  guint n_entries,
                  MillBox *body)
{
  const char *shown = layout->options->title ? layout->options->title : title;
  double unit = mill_layout_unit (layout);
  double padding = MIN (1.75 * layout->base_px, MIN (layout->width_px, layout->height_px) / 12.0);

  mill_scene_set_title (layout->scene, shown);
  if (layout->options->plain) {
    double edge = MIN (layout->width_px, layout->height_px) / 12.0;

    *body = (MillBox){ edge, edge, layout->width_px - 2.0 * edge, layout->height_px - 2.0 * edge };
    return;
  }
  const Legend legend = {
    .entries = entries,
    .n_entries = entries ? n_entries : 0,
    .swatch_px = 20.0 * unit,
    .gap_px = 16.0 * unit,
  };
  double left = padding;
  double width = layout->width_px - 2.0 * padding;
  double top = heading_add (layout, shown, subtitle, &legend, left, padding, width);
  double source_px = source_add (layout, left, layout->height_px - padding * 0.75, width);
  double bottom = layout->height_px - padding * 0.75 - source_px - 12.0 * unit;

  top += 8.0 * unit;
  *body = (MillBox){ left, top, width, MAX (bottom - top, 1.0) };
}

void
mill_chart_frame_measure (const MillLayout *layout,
                          const char *title,
                          const char *subtitle,
                          const MillLegendEntry *entries,
                          guint n_entries,
                          MillBox *body)
{
  g_autoptr (MillScene) scratch = mill_scene_new (layout->width_px, layout->height_px);
  MillLayout unseen = *layout;

  unseen.scene = scratch;
  mill_chart_frame (&unseen, title, subtitle, entries, n_entries, body);
}

void
mill_chart_frame_empty (MillLayout *layout,
                        const MillBox *body,
                        const char *reason,
                        const char *message)
{
  double size = mill_layout_text_size (layout, MILL_TEXT_LABEL);
  double line_px = mill_layout_text_height (layout, MILL_TEXT_LABEL) * 1.1;
  double reason_px = mill_layout_text_height (layout, MILL_TEXT_VALUE) * 1.35;
  double width = MIN (body->width, 36.0 * layout->base_px);
  g_auto (GStrv) lines =
      mill_text_wrap (layout->measurer, message, size, MILL_WEIGHT_NORMAL, width, 4);
  guint n_lines = g_strv_length (lines);
  double x = body->x + body->width / 2.0;
  double y = body->y + (body->height - reason_px - n_lines * line_px) / 2.0 + reason_px / 2.0;
  g_autofree char *summary = g_strdup_printf ("%s. %s", reason, message);

  mill_layout_text (layout, reason, x, y + mill_layout_baseline_offset (layout, MILL_TEXT_VALUE),
                    MILL_ANCHOR_MIDDLE, MILL_TEXT_VALUE, NULL, body->width);
  y += (reason_px + line_px) / 2.0;
  for (guint i = 0; i < n_lines; i++)
    mill_layout_text (layout, lines[i], x,
                      y + i * line_px + mill_layout_baseline_offset (layout, MILL_TEXT_LABEL),
                      MILL_ANCHOR_MIDDLE, MILL_TEXT_LABEL, &layout->theme->secondary, 0.0);
  mill_scene_set_summary (layout->scene, summary);
}

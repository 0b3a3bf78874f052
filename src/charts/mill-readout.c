/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-readout.h"

/* A line of a readout: a name and a value, or a title alone. */
typedef struct {
  char *name;
  const char *value; /* in `name`'s memory, or NULL */
} Line;

/* Room of the columns, in pixels. */
typedef struct {
  double names_px;
  double values_px;
  double title_px;
  double line_px;
  double padding_px;
} Columns;

/* Whether a datum is a row or a stretch rather than a point. */
static gboolean
is_extended (const MillHit *hit, double unit)
{
  return hit->box.width > 40.0 * unit || hit->box.height > 40.0 * unit ||
         hit->box.width > 3.0 * hit->box.height;
}

static void
mark_datum (MillScene *scene, const MillTheme *theme, const MillHit *hit, double unit)
{
  const MillStroke ring = { theme->text, 1.5 * unit, MILL_DASH_NONE };
  const MillFill none = { .pattern = MILL_PATTERN_NONE };
  double room = 2.0 * unit;

  /* Points get a ring, extended data a frame. */
  if (is_extended (hit, unit))
    mill_scene_add_rect (scene, hit->box.x - room / 2.0, hit->box.y - room / 2.0,
                         hit->box.width + room, hit->box.height + room, 2.0 * unit, &none, &ring);
  else
    mill_scene_add_rect (scene, hit->anchor.x - 6.0 * unit, hit->anchor.y - 6.0 * unit, 12.0 * unit,
                         12.0 * unit, 6.0 * unit, &none, &ring);
}

/* Below or above a row: at its end, where bars rarely reach; for a short one beside it. */
static MillBox
place_at_row (const MillLayout *layout, const MillHit *hit, double width, double height)
{
  double gap = 6.0 * mill_layout_unit (layout);
  gboolean mirrored = layout->options->right_to_left;
  double x = mirrored ? hit->box.x : hit->box.x + hit->box.width - width;
  double y = hit->box.y + hit->box.height + gap;

  if (hit->box.width < width)
    x = mirrored ? hit->anchor.x - gap - width : hit->anchor.x + gap;
  if (y + height > layout->height_px - gap && hit->box.y - gap - height >= gap)
    y = hit->box.y - gap - height;
  return (MillBox){ CLAMP (x, gap, MAX (layout->width_px - gap - width, gap)),
                    CLAMP (y, gap, MAX (layout->height_px - gap - height, gap)), width, height };
}

/* Beside the datum, on the side with room; above or below where there is none. */
static MillBox
place_box (const MillLayout *layout, const MillHit *hit, double width, double height)
{
  double gap = 12.0 * mill_layout_unit (layout);
  double edge = 4.0 * mill_layout_unit (layout);
  double x = hit->anchor.x + gap;
  double y = hit->anchor.y - height / 2.0;

  if (is_extended (hit, mill_layout_unit (layout)))
    return place_at_row (layout, hit, width, height);
  if (x + width > layout->width_px - edge)
    x = hit->anchor.x - gap - width;
  if (x < edge) {
    x = CLAMP (hit->anchor.x - width / 2.0, edge, MAX (layout->width_px - edge - width, edge));
    y = hit->anchor.y + gap;
    if (y + height > layout->height_px - edge)
      y = hit->anchor.y - gap - height;
  }
  y = CLAMP (y, edge, MAX (layout->height_px - edge - height, edge));
  return (MillBox){ x, y, width, height };
}

static void
add_line (MillLayout *layout,
          const Line *line,
          gboolean title,
          const MillBox *box,
          const Columns *columns,
          double middle_y)
{
  double left = box->x + columns->padding_px;
  double right = box->x + box->width - columns->padding_px;
  MillTextRole name_role = title ? MILL_TEXT_LABEL_BOLD : MILL_TEXT_SUBTITLE;
  MillColor name_color = title ? layout->theme->readout_text : layout->theme->readout_secondary;
  double y = middle_y + mill_layout_baseline_offset (layout, name_role);
  gboolean mirrored = layout->options->right_to_left;
  double width = right - left;

  mill_layout_text (layout, line->name, mirrored ? right : left, y,
                    mirrored ? MILL_ANCHOR_RIGHT : MILL_ANCHOR_LEFT, name_role, &name_color,
                    line->value ? MAX (width - columns->values_px, 1.0) : width);
  if (line->value)
    mill_layout_text (layout, line->value, mirrored ? left : right, y,
                      mirrored ? MILL_ANCHOR_LEFT : MILL_ANCHOR_RIGHT, MILL_TEXT_LABEL_BOLD,
                      &layout->theme->readout_text, MIN (columns->values_px, width));
}

static void
measure_lines (const MillLayout *layout, const Line *lines, guint n_lines, Columns *columns)
{
  double unit = mill_layout_unit (layout);

  *columns = (Columns){ .padding_px = 10.0 * unit,
                        .line_px = mill_layout_text_height (layout, MILL_TEXT_LABEL) + 3.0 * unit };
  for (guint i = 0; i < n_lines; i++) {
    double name = mill_layout_text_width (layout, lines[i].name,
                                          i == 0 ? MILL_TEXT_LABEL_BOLD : MILL_TEXT_SUBTITLE);

    if (lines[i].value) {
      columns->names_px = MAX (columns->names_px, name + 14.0 * unit);
      columns->values_px = MAX (columns->values_px, mill_layout_text_width (layout, lines[i].value,
                                                                            MILL_TEXT_LABEL_BOLD));
    } else {
      columns->title_px = MAX (columns->title_px, name);
    }
  }
}

void
mill_readout_add (MillLayout *layout, int index)
{
  /* A copy: the scene grows while the box is drawn. */
  const MillHit hit = *mill_scene_get_hit (layout->scene, (guint) index);
  g_auto (GStrv) texts = g_strsplit (hit.text, "\n", -1);
  guint n_lines = g_strv_length (texts);
  g_autofree Line *lines = g_new0 (Line, n_lines + 1);
  double unit = mill_layout_unit (layout);
  Columns columns;

  for (guint i = 0; i < n_lines; i++) {
    char *tab = strchr (texts[i], '\t');

    lines[i].name = texts[i];
    if (tab) {
      *tab = '\0';
      lines[i].value = tab + 1;
    }
  }
  measure_lines (layout, lines, n_lines, &columns);
  mark_datum (layout->scene, layout->theme, &hit, unit);

  double width = MAX (columns.names_px + columns.values_px, columns.title_px);
  width = MIN (width + 2.0 * columns.padding_px, layout->width_px - 8.0 * unit);
  double height = n_lines * columns.line_px + 2.0 * columns.padding_px - 3.0 * unit;
  MillBox box = place_box (layout, &hit, width, height);
  const MillFill fill = { .pattern = MILL_PATTERN_SOLID, .color = layout->theme->readout };
  const MillStroke edge = { layout->theme->axis, MAX (1.0, layout->theme->axis_px) * unit,
                            MILL_DASH_NONE };
  mill_scene_add_rect (layout->scene, box.x, box.y, box.width, box.height, 6.0 * unit, &fill,
                       &edge);
  for (guint i = 0; i < n_lines; i++)
    add_line (layout, &lines[i], i == 0, &box, &columns,
              box.y + columns.padding_px + (i + 0.5) * columns.line_px - 1.5 * unit);
}

MillScene *
mill_readout_scene_new (const MillScene *scene,
                        int hit,
                        MillThemeId theme,
                        MillTextMeasurer *measurer,
                        double base_px,
                        gboolean right_to_left)
{
  g_auto (MillChartOptions) options;
  const MillHit *datum = mill_scene_get_hit (scene, (guint) hit);

  mill_chart_options_init (&options);
  options.right_to_left = right_to_left;
  MillLayout layout = {
    .options = &options,
    .theme = mill_theme_get (theme),
    .measurer = measurer,
    .scene = mill_scene_new (mill_scene_get_width (scene), mill_scene_get_height (scene)),
    .width_px = mill_scene_get_width (scene),
    .height_px = mill_scene_get_height (scene),
    .base_px = base_px,
  };
  mill_scene_set_family (layout.scene, mill_scene_get_family (scene));
  mill_scene_add_hit (layout.scene, &datum->box, datum->anchor.x, datum->anchor.y, datum->series,
                      datum->index, datum->color, datum->text);
  mill_readout_add (&layout, 0);
  return layout.scene;
}

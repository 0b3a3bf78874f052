/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-replay-frame.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* In type sizes. */
#define MIN_HEIGHT 4.6
#define HEIGHT 6.4
#define RING_WIDTH 5.6
#define MIN_PANES 27.0
#define GAP 1.3
#define CELL_WIDTH 2.1
#define CELL_HEIGHT 1.45
#define CELL_GAP 0.25
#define MAX_HEADING_LINES 3
#define RING_POINTS 40
/* The ring is open where its arrow head is. */
#define RING_FROM (-0.30 * G_PI)
#define RING_TO (1.45 * G_PI)

double
mill_replay_loop_min_height (const MillLayout *layout)
{
  return MIN_HEIGHT * layout->base_px;
}

double
mill_replay_loop_height (const MillLayout *layout)
{
  return HEIGHT * layout->base_px;
}

gboolean
mill_replay_has_loop (const MillReplayPanel *panel)
{
  const MillTimelineData *data =
      mill_replay_get_data (panel->replay, panel->track, MILL_TIMELINE_BY_LANE);
  MillModelKind family = panel->model->series->family;

  /* One that never had two requests in flight is still a loop. */
  return !mill_timeline_model_computes (panel->model) &&
         (data->has_loops || family == MILL_MODEL_MAIN_LOOP || family == MILL_MODEL_EPOLL_LOOP);
}

/* The ring that a loop turns in, its number in the middle. */
static void
add_ring (MillLayout *layout,
          const MillReplayPanel *panel,
          const MillReplayTurn *turn,
          const MillBox *box)
{
  double unit = mill_layout_unit (layout), radius = MIN (box->width, box->height) / 2 - 2 * unit;
  double x = box->x + box->width / 2, y = box->y + box->height / 2;
  MillColor active = panel->model->series->style.color;
  MillStroke stroke = { turn->polling ? layout->theme->axis : active, 2.4 * unit, MILL_DASH_NONE };
  g_autofree char *number = NULL;
  MillPoint points[RING_POINTS];
  MillPoint head[3];

  for (guint i = 0; i < RING_POINTS; i++) {
    double angle = RING_FROM + (RING_TO - RING_FROM) * i / (RING_POINTS - 1);

    points[i] = (MillPoint){ x + radius * cos (angle), y + radius * sin (angle) };
  }
  mill_scene_add_polyline (layout->scene, points, RING_POINTS, &stroke);
  for (guint i = 0; i < 3; i++) {
    double angle = RING_TO + (i == 1 ? 0.14 * G_PI : 0.0);
    double at = radius + (i == 1 ? 0.0 : (i == 0 ? 5.0 : -5.0) * unit);

    head[i] = (MillPoint){ x + at * cos (angle), y + at * sin (angle) };
  }
  mill_scene_add_polygon (layout->scene, head, 3,
                          &(MillFill){ .pattern = MILL_PATTERN_SOLID, .color = stroke.color },
                          NULL);
  number = turn->turn > 0 ? g_strdup_printf (_ ("turn %u"), turn->turn) : g_strdup (_ ("begins"));
  mill_layout_text (layout, number, x,
                    y - 0.5 * mill_layout_text_height (layout, MILL_TEXT_LABEL_BOLD) +
                        mill_layout_baseline_offset (layout, MILL_TEXT_LABEL_BOLD),
                    MILL_ANCHOR_MIDDLE, MILL_TEXT_LABEL_BOLD, NULL, 1.8 * radius);
  mill_layout_text (layout, turn->polling ? _ ("waits") : _ ("runs"), x,
                    y + 0.55 * mill_layout_text_height (layout, MILL_TEXT_TICK) +
                        mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                    MILL_ANCHOR_MIDDLE, MILL_TEXT_TICK, NULL, 1.8 * radius);
}

/* What the cells of a pane hold: the number of a request, by its place; 0: no more. */
typedef struct {
  const MillReplayPanel *panel;
  const GArray *waiting; /* NULL: the ready queue */
  guint n;
} Cells;

static guint
cell_number (const Cells *cells, guint place)
{
  const MillReplayEvent *event;

  if (cells->waiting != NULL)
    return g_array_index (cells->waiting, guint, place) + 1;
  event =
      mill_replay_ready (cells->panel->replay, cells->panel->track, 0, cells->panel->now_us, place);
  return event != NULL ? event->request + 1 : 0;
}

static void
add_cells (MillLayout *layout, const Cells *cells, const MillBox *box, const MillFill *fill)
{
  double width = CELL_WIDTH * layout->base_px, height = CELL_HEIGHT * layout->base_px;
  double gap = CELL_GAP * layout->base_px;
  guint columns = (guint) MAX (floor ((box->width + gap) / (width + gap)), 1.0);
  guint rows = (guint) MAX (floor ((box->height + gap) / (height + gap)), 1.0);
  guint fitting = columns * rows;
  MillStroke outline = { layout->theme->axis, 0.8 * mill_layout_unit (layout), MILL_DASH_NONE };

  for (guint i = 0; i < MIN (cells->n, fitting); i++) {
    double x = box->x + (i % columns) * (width + gap);
    double y = box->y + (i / columns) * (height + gap);
    gboolean more = i + 1 == fitting && cells->n > fitting;
    g_autofree char *text = more ? g_strdup_printf ("+%u", cells->n - fitting + 1)
                                 : g_strdup_printf ("%u", cell_number (cells, i));

    if (!more)
      mill_scene_add_rect (layout->scene, x, y, width, height, 3 * mill_layout_unit (layout), fill,
                           &outline);
    mill_layout_text (layout, text, x + width / 2,
                      y + height / 2 + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                      MILL_ANCHOR_MIDDLE, MILL_TEXT_TICK, &layout->theme->text, width);
  }
}

/* A pane with its heading; returns what is left for its content. */
static MillBox
add_pane (MillLayout *layout, const MillBox *box, const char *heading, gboolean active)
{
  double unit = mill_layout_unit (layout), line = mill_layout_text_height (layout, MILL_TEXT_TICK);
  MillStroke outline = { active ? layout->theme->text : layout->theme->grid,
                         (active ? 1.6 : 1.0) * unit, MILL_DASH_NONE };
  double pad = 0.5 * layout->base_px, y = box->y + pad;
  g_auto (GStrv) lines = mill_text_wrap (
      layout->measurer, heading, mill_layout_text_size (layout, MILL_TEXT_TICK),
      mill_layout_text_weight (MILL_TEXT_TICK), box->width - 2 * pad, MAX_HEADING_LINES);

  mill_scene_add_rect (layout->scene, box->x, box->y, box->width, box->height, 6 * unit, NULL,
                       &outline);
  for (guint i = 0; lines[i] != NULL; i++, y += line)
    mill_layout_text (layout, lines[i], box->x + pad,
                      y + line / 2 + mill_layout_baseline_offset (layout, MILL_TEXT_TICK),
                      MILL_ANCHOR_LEFT, MILL_TEXT_TICK, NULL, 0.0);
  y += 0.25 * line;
  return (MillBox){ box->x + pad, y, box->width - 2 * pad,
                    MAX (box->y + box->height - pad - y, 1.0) };
}

/* From a pane to the next one. */
static void
add_arrow (MillLayout *layout, double x, double y)
{
  double unit = mill_layout_unit (layout), length = (GAP - 0.5) * layout->base_px;
  double from = x + 0.25 * layout->base_px;
  MillStroke stroke = { layout->theme->axis, 1.4 * unit, MILL_DASH_NONE };
  const MillPoint head[] = { { from + length - 4 * unit, y - 3.5 * unit },
                             { from + length, y },
                             { from + length - 4 * unit, y + 3.5 * unit } };

  mill_scene_add_line (layout->scene, from, y, from + length, y, &stroke);
  mill_scene_add_polyline (layout->scene, head, G_N_ELEMENTS (head), &stroke);
}

static void
add_callback (MillLayout *layout,
              const MillReplayPanel *panel,
              const MillReplayTurn *turn,
              const MillBox *box)
{
  MillTextRole role = turn->polling ? MILL_TEXT_TICK : MILL_TEXT_LABEL_BOLD;
  double line = mill_layout_text_height (layout, role) * 1.1;
  g_autofree char *text = turn->polling || turn->current == NULL
                              ? g_strdup (_ ("none: it waits"))
                              : mill_replay_event_text (panel->replay, panel->track, turn->current);
  g_auto (GStrv) lines = mill_text_wrap (
      layout->measurer, text, mill_layout_text_size (layout, role), mill_layout_text_weight (role),
      box->width, (guint) MAX (floor (box->height / line), 1.0));

  for (guint i = 0; lines[i] != NULL; i++)
    mill_layout_text (layout, lines[i], box->x,
                      box->y + (i + 0.5) * line + mill_layout_baseline_offset (layout, role),
                      MILL_ANCHOR_LEFT, role, NULL, 0.0);
}

/* Where panes have no room: the same in three lines beside the ring. */
static void
add_lines (MillLayout *layout,
           const MillReplayPanel *panel,
           const MillReplayTurn *turn,
           const char *const *texts,
           const MillBox *box)
{
  double line = MIN (mill_layout_text_height (layout, MILL_TEXT_LABEL) * 1.15, box->height / 3);
  double y = box->y + (box->height - 3 * line) / 2;
  g_autofree char *current =
      turn->polling || turn->current == NULL
          ? g_strdup (_ ("no callback runs"))
          : mill_replay_event_text (panel->replay, panel->track, turn->current);

  for (guint i = 0; i < 3; i++) {
    MillTextRole role = i == 2 && !turn->polling ? MILL_TEXT_LABEL_BOLD : MILL_TEXT_TICK;

    mill_layout_text (layout, i == 2 ? current : texts[i], box->x,
                      y + (i + 0.5) * line + mill_layout_baseline_offset (layout, role),
                      MILL_ANCHOR_LEFT, role, NULL, MAX (box->width, 1.0));
  }
}

/* From what waits over what is ready to what runs. */
static void
add_panes (MillLayout *layout,
           const MillReplayPanel *panel,
           const MillReplayTurn *turn,
           const char *const *texts,
           const MillBox *box)
{
  static const double shares[] = { 0.40, 0.28, 0.32 };
  g_autoptr (GArray) waiting = mill_replay_waiting (panel->replay, panel->track, 0, panel->now_us);
  double gap = GAP * layout->base_px, x = box->x;
  MillFill waits, ready;
  MillBox panes[3], inner;

  for (guint i = 0; i < 3; i++) {
    panes[i] = (MillBox){ x, box->y, shares[i] * (box->width - 2 * gap), box->height };
    x += panes[i].width + gap;
    if (i > 0)
      add_arrow (layout, panes[i - 1].x + panes[i - 1].width, box->y + box->height / 2);
  }
  mill_timeline_span_fill (layout, &panel->model->series->style, MILL_SPAN_WAITING, &waits);
  waits = mill_layout_fill (layout, &waits);
  /* Numbers are read on a plain ground. */
  waits.pattern = MILL_PATTERN_SOLID;
  ready = (MillFill){ .pattern = MILL_PATTERN_SOLID,
                      .color = mill_color_mix (layout->theme->background,
                                               panel->model->series->style.color, 0.35) };
  inner = add_pane (layout, &panes[0], texts[0], turn->polling);
  add_cells (layout, &(Cells){ panel, waiting, waiting->len }, &inner, &waits);
  inner = add_pane (layout, &panes[1], texts[1], FALSE);
  add_cells (layout, &(Cells){ panel, NULL, turn->n_ready }, &inner, &ready);
  inner = add_pane (layout, &panes[2], _ ("callback"), !turn->polling);
  add_callback (layout, panel, turn, &inner);
}

void
mill_replay_loop_add (MillLayout *layout, const MillReplayPanel *panel, const MillBox *box)
{
  g_autoptr (GArray) waiting = mill_replay_waiting (panel->replay, panel->track, 0, panel->now_us);
  double ring = MIN (RING_WIDTH * layout->base_px, box->height), gap = 0.8 * layout->base_px;
  MillBox rest = { box->x + ring + gap, box->y, MAX (box->width - ring - gap, 1.0), box->height };
  MillReplayTurn turn;

  mill_replay_turn (panel->replay, panel->track, 0, panel->now_us, &turn);
  g_autofree char *waiting_text = g_strdup_printf (
      ngettext ("%u waiting descriptor", "%u waiting descriptors", waiting->len), waiting->len);
  g_autofree char *ready_text = g_strdup_printf (
      ngettext ("%u in the ready queue", "%u in the ready queue", turn.n_ready), turn.n_ready);
  const char *const texts[] = { waiting_text, ready_text };

  add_ring (layout, panel, &turn, &(MillBox){ box->x, box->y, ring, box->height });
  if (box->width >= MIN_PANES * layout->base_px)
    add_panes (layout, panel, &turn, texts, &rest);
  else
    add_lines (layout, panel, &turn, texts, &rest);
}

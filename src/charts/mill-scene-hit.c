/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-scene.h"

#include <math.h>

static double
distance_to_box (const MillBox *box, double x, double y)
{
  double dx = MAX (MAX (box->x - x, x - box->x - box->width), 0.0);
  double dy = MAX (MAX (box->y - y, y - box->y - box->height), 0.0);

  return hypot (dx, dy);
}

int
mill_scene_hit (const MillScene *scene, double x, double y, double max_distance_px)
{
  int best = -1;
  double best_distance = G_MAXDOUBLE;
  double best_area = G_MAXDOUBLE;

  for (guint i = 0; i < mill_scene_get_n_hits (scene); i++) {
    const MillHit *hit = mill_scene_get_hit (scene, i);
    double distance = distance_to_box (&hit->box, x, y);
    double area = hit->box.width * hit->box.height;

    if (distance > max_distance_px)
      continue;
    if (distance < best_distance || (distance == best_distance && area < best_area)) {
      best = (int) i;
      best_distance = distance;
      best_area = area;
    }
  }
  return best;
}

int
mill_scene_find_hit (const MillScene *scene, int series, int index)
{
  for (guint i = 0; i < mill_scene_get_n_hits (scene); i++) {
    const MillHit *hit = mill_scene_get_hit (scene, i);

    if (hit->series == series && hit->index == index)
      return (int) i;
  }
  return -1;
}

/* A strict order along an axis, so that every datum is reached also where some coincide. */
static int
compare_along (double a, int a_tie, double b, int b_tie)
{
  if (fabs (a - b) > 1e-6)
    return a < b ? -1 : 1;
  return (a_tie > b_tie) - (a_tie < b_tie);
}

static int
move_sideways (const MillScene *scene, int from, int sign)
{
  const MillHit *start = mill_scene_get_hit (scene, (guint) from);
  const MillHit *best = NULL;
  int best_index = from;

  for (guint i = 0; i < mill_scene_get_n_hits (scene); i++) {
    const MillHit *hit = mill_scene_get_hit (scene, i);

    if (hit->series != start->series ||
        sign * compare_along (hit->anchor.x, hit->index, start->anchor.x, start->index) <= 0)
      continue;
    if (!best ||
        sign * compare_along (hit->anchor.x, hit->index, best->anchor.x, best->index) < 0) {
      best = hit;
      best_index = (int) i;
    }
  }
  return best_index;
}

/* For every other series its datum nearest in x stands for it; of those, the next one above or
 * below is taken. */
static int
move_vertically (const MillScene *scene, int from, int sign)
{
  const MillHit *start = mill_scene_get_hit (scene, (guint) from);
  g_autoptr (GHashTable) nearest = g_hash_table_new (NULL, NULL); /* series → index + 1 */
  const MillHit *best = NULL;
  int best_index = from;

  for (guint i = 0; i < mill_scene_get_n_hits (scene); i++) {
    const MillHit *hit = mill_scene_get_hit (scene, i);
    gpointer key = GINT_TO_POINTER (hit->series);
    int known = GPOINTER_TO_INT (g_hash_table_lookup (nearest, key)) - 1;

    if (hit->series == start->series)
      continue;
    if (known < 0 ||
        fabs (hit->anchor.x - start->anchor.x) <
            fabs (mill_scene_get_hit (scene, (guint) known)->anchor.x - start->anchor.x))
      g_hash_table_insert (nearest, key, GINT_TO_POINTER ((int) i + 1));
  }

  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, nearest);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    int index = GPOINTER_TO_INT (value) - 1;
    const MillHit *hit = mill_scene_get_hit (scene, (guint) index);

    if (sign * compare_along (hit->anchor.y, hit->series, start->anchor.y, start->series) <= 0)
      continue;
    if (!best ||
        sign * compare_along (hit->anchor.y, hit->series, best->anchor.y, best->series) < 0) {
      best = hit;
      best_index = index;
    }
  }
  return best_index;
}

int
mill_scene_cursor_move (const MillScene *scene, int from, MillCursorDirection direction)
{
  int n_hits = (int) mill_scene_get_n_hits (scene);

  if (n_hits == 0)
    return -1;
  if (from < 0 || from >= n_hits)
    return direction == MILL_CURSOR_LAST ? n_hits - 1 : 0;
  switch (direction) {
  case MILL_CURSOR_LEFT:
    return move_sideways (scene, from, -1);
  case MILL_CURSOR_RIGHT:
    return move_sideways (scene, from, 1);
  case MILL_CURSOR_UP:
    return move_vertically (scene, from, -1);
  case MILL_CURSOR_DOWN:
    return move_vertically (scene, from, 1);
  case MILL_CURSOR_FIRST:
    return 0;
  case MILL_CURSOR_LAST:
  default:
    return n_hits - 1;
  }
}

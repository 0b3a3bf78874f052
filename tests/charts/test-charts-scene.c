/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-kind.h"
#include "charts/mill-readout.h"
#include "sample-results.h"

#include <math.h>

static MillScene *
layout_first (MillChartKind kind, gboolean right_to_left)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autoptr (MillResult) result = kind == MILL_CHART_SCALING ? sample_result_sweep ()
                                  : kind == MILL_CHART_FAILURES || kind == MILL_CHART_DOWNLOAD
                                      ? sample_result_failures ()
                                      : sample_result_first ();
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  options.right_to_left = right_to_left;
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (kind, result, &options);
  return mill_chart_layout (spec, MILL_THEME_LIGHT, 856, 374, measurer);
}

/* Numbers may differ in their last digit: mathematics libraries round in different ways. */
static void
assert_same_line (const char *line, const char *expected)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_auto (GStrv) expected_words = g_strsplit (expected, " ", -1);

  g_assert_cmpuint (g_strv_length (words), ==, g_strv_length (expected_words));
  for (guint i = 0; words[i]; i++) {
    char *end, *expected_end;
    double number = g_ascii_strtod (words[i], &end);
    double expected_number = g_ascii_strtod (expected_words[i], &expected_end);

    if (*words[i] == '\0' || *end != '\0' || *expected_end != '\0')
      g_assert_cmpstr (words[i], ==, expected_words[i]);
    else
      g_assert_cmpfloat_with_epsilon (number, expected_number, 0.11);
  }
}

/* The scenes as text; MILL_UPDATE_GOLDEN=1 writes them anew, to be looked at before they are
 * committed. */
static void
test_golden (gconstpointer data)
{
  MillChartKind kind = (MillChartKind) GPOINTER_TO_INT (data);
  g_autoptr (MillScene) scene = layout_first (kind, FALSE);
  g_autofree char *text = mill_scene_to_text (scene);
  g_autofree char *name = g_strdup_printf ("%s.txt", mill_chart_kind_info (kind)->id);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "charts", "golden", name, NULL);
  g_autofree char *golden = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("MILL_UPDATE_GOLDEN")) {
    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
    return;
  }
  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) expected = g_strsplit (golden, "\n", -1);
  for (guint i = 0; lines[i] && expected[i]; i++)
    assert_same_line (lines[i], expected[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (expected));
}

static void
test_hit (void)
{
  g_autoptr (MillScene) scene = layout_first (MILL_CHART_TIME, FALSE);

  g_assert_cmpuint (mill_scene_get_n_hits (scene), ==, 4);
  for (guint i = 0; i < 4; i++) {
    const MillHit *hit = mill_scene_get_hit (scene, i);

    g_assert_cmpint (mill_scene_hit (scene, hit->anchor.x, hit->anchor.y, 0.0), ==, (int) i);
    g_assert_cmpint (mill_scene_find_hit (scene, hit->series, hit->index), ==, (int) i);
  }
  /* Near is enough, far is not. */
  const MillHit *first = mill_scene_get_hit (scene, 0);
  g_assert_cmpint (mill_scene_hit (scene, first->box.x - 5, first->anchor.y, 10.0), ==, 0);
  g_assert_cmpint (mill_scene_hit (scene, first->box.x - 50, first->anchor.y, 10.0), ==, -1);
  g_assert_true (strstr (first->text, "sync") == first->text);
  g_assert_nonnull (strstr (first->text, "\t8."));
}

/* From the first datum, moving on reaches every row in order and comes back. */
static void
test_cursor_bars (void)
{
  g_autoptr (MillScene) scene = layout_first (MILL_CHART_TIME, FALSE);
  int at = mill_scene_cursor_move (scene, -1, MILL_CURSOR_DOWN);

  g_assert_cmpint (at, ==, 0);
  for (int i = 1; i < 4; i++) {
    at = mill_scene_cursor_move (scene, at, MILL_CURSOR_DOWN);
    g_assert_cmpint (at, ==, i);
  }
  g_assert_cmpint (mill_scene_cursor_move (scene, at, MILL_CURSOR_DOWN), ==, at);
  g_assert_cmpint (mill_scene_cursor_move (scene, at, MILL_CURSOR_UP), ==, 2);
  g_assert_cmpint (mill_scene_cursor_move (scene, at, MILL_CURSOR_LEFT), ==, at);
  g_assert_cmpint (mill_scene_cursor_move (scene, at, MILL_CURSOR_FIRST), ==, 0);
  g_assert_cmpint (mill_scene_cursor_move (scene, 0, MILL_CURSOR_LAST), ==, 3);
}

static void
test_cursor_lines (void)
{
  g_autoptr (MillScene) scene = mill_scene_new (100, 100);
  const MillColor color = MILL_RGB (0);

  g_assert_cmpint (mill_scene_cursor_move (scene, -1, MILL_CURSOR_RIGHT), ==, -1);
  for (int series = 0; series < 2; series++) {
    for (int i = 0; i < 5; i++) {
      const MillBox box = { i * 20 - 3, 40 + series * 20 - 3, 6, 6 };

      mill_scene_add_hit (scene, &box, i * 20, 40 + series * 20, series, i, color, "x");
    }
  }
  /* Two data in one place are both reached. */
  const MillBox box = { 77, 37, 6, 6 };
  mill_scene_add_hit (scene, &box, 80, 40, 0, 5, color, "x");
  int at = 0;
  for (int i = 1; i < 6; i++) {
    at = mill_scene_cursor_move (scene, at, MILL_CURSOR_RIGHT);
    g_assert_cmpint (mill_scene_get_hit (scene, (guint) at)->index, ==, i);
    g_assert_cmpint (mill_scene_get_hit (scene, (guint) at)->series, ==, 0);
  }
  at = mill_scene_cursor_move (scene, 2, MILL_CURSOR_DOWN);
  g_assert_cmpint (mill_scene_get_hit (scene, (guint) at)->series, ==, 1);
  g_assert_cmpint (mill_scene_get_hit (scene, (guint) at)->index, ==, 2);
  g_assert_cmpint (mill_scene_cursor_move (scene, at, MILL_CURSOR_UP), ==, 2);
}

static void
assert_same_box (const MillBox *a, const MillBox *b)
{
  g_assert_cmpfloat_with_epsilon (a->x, b->x, 1e-6);
  g_assert_cmpfloat_with_epsilon (a->y, b->y, 1e-6);
  g_assert_cmpfloat_with_epsilon (a->width, b->width, 1e-6);
  g_assert_cmpfloat_with_epsilon (a->height, b->height, 1e-6);
}

/* Right to left is the mirror image: reflected once more it is the same again. */
static void
test_mirror (void)
{
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autoptr (MillScene) plain = layout_first ((MillChartKind) kind, FALSE);
    g_autoptr (MillScene) mirrored = layout_first ((MillChartKind) kind, TRUE);
    const MillPrimitive *title = mill_scene_get_primitive (mirrored, 0);

    g_assert_cmpint (title->anchor, ==, MILL_ANCHOR_RIGHT);
    g_assert_cmpfloat (title->at.x, >, 800);
    g_assert_cmpuint (mill_scene_get_n_primitives (plain), ==,
                      mill_scene_get_n_primitives (mirrored));
    mill_scene_mirror (mirrored);
    for (guint i = 0; i < mill_scene_get_n_primitives (plain); i++) {
      const MillPrimitive *first = mill_scene_get_primitive (plain, i);
      const MillPrimitive *second = mill_scene_get_primitive (mirrored, i);

      g_assert_cmpint (first->type, ==, second->type);
      g_assert_cmpint (first->anchor, ==, second->anchor);
      g_assert_cmpfloat_with_epsilon (first->at.x, second->at.x, 1e-6);
      assert_same_box (&first->box, &second->box);
    }
    for (guint i = 0; i < mill_scene_get_n_hits (plain); i++)
      assert_same_box (&mill_scene_get_hit (plain, i)->box, &mill_scene_get_hit (mirrored, i)->box);
  }
}

static void
test_not_finite (void)
{
  g_autoptr (MillScene) scene = mill_scene_new (100, 100);
  const MillStroke stroke = { MILL_RGB (0), 1, MILL_DASH_NONE };
  const MillPoint points[] = { { 0, 0 }, { NAN, 5 } };
  const MillTextExtents extents = { 10, 10, 2 };
  const MillBox box = { 0, 0, INFINITY, 1 };

  mill_scene_add_rect (scene, NAN, 0, 1, 1, 0, NULL, &stroke);
  mill_scene_add_line (scene, 0, 0, INFINITY, 1, &stroke);
  mill_scene_add_polyline (scene, points, 2, &stroke);
  mill_scene_add_polygon (scene, points, 0, NULL, &stroke);
  mill_scene_add_marker (scene, NAN, 0, MILL_MARKER_CIRCLE, 5, stroke.color, NULL);
  mill_scene_add_text (scene, "x", NAN, 0, MILL_ANCHOR_LEFT, 10, MILL_WEIGHT_NORMAL, stroke.color,
                       FALSE, &extents);
  mill_scene_add_hit (scene, &box, 0, 0, 0, 0, stroke.color, "x");
  g_assert_cmpuint (mill_scene_get_n_primitives (scene), ==, 0);
  g_assert_cmpuint (mill_scene_get_n_hits (scene), ==, 0);
}

/* Every chart says in words what it shows, and has its data as a table. */
static void
test_accessible (void)
{
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autoptr (MillScene) scene = layout_first ((MillChartKind) kind, FALSE);

    g_test_message ("%s: %s", mill_chart_kind_info ((MillChartKind) kind)->id,
                    mill_scene_get_summary (scene));
    g_assert_cmpuint (strlen (mill_scene_get_summary (scene)), >, 10);
    g_assert_cmpuint (mill_scene_get_n_table_rows (scene), >=, 2);
    g_assert_cmpuint (mill_scene_get_n_hits (scene), >, 0);
    guint columns = g_strv_length ((char **) mill_scene_get_table_row (scene, 0));
    for (guint i = 1; i < mill_scene_get_n_table_rows (scene); i++)
      g_assert_cmpuint (g_strv_length ((char **) mill_scene_get_table_row (scene, i)), ==, columns);
  }
}

/* Without data a chart says why, what to do, and draws nothing else. */
static void
test_unavailable (void)
{
  g_autoptr (MillResult) empty = sample_result_nasty (SAMPLE_EMPTY);
  g_autoptr (MillResult) first = sample_result_first ();
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();

  for (guint i = 0; i < 2 * MILL_N_CHART_KINDS; i++) {
    MillChartKind kind = (MillChartKind) (i / 2);
    g_autoptr (MillChartSpec) spec =
        mill_chart_spec_new_for_result (kind, i % 2 ? first : empty, NULL);
    g_autofree char *reason = NULL;

    if (mill_chart_available (spec, &reason))
      continue;
    g_autoptr (MillScene) scene = mill_chart_layout (spec, MILL_THEME_LIGHT, 856, 374, measurer);
    g_assert_true (g_str_has_prefix (mill_scene_get_summary (scene), reason));
    g_assert_cmpuint (strlen (mill_scene_get_summary (scene)), >, strlen (reason) + 20);
    g_assert_cmpuint (mill_scene_get_n_hits (scene), ==, 0);
    for (guint k = 0; k < mill_scene_get_n_primitives (scene); k++)
      g_assert_cmpint (mill_scene_get_primitive (scene, k)->type, ==, MILL_PRIMITIVE_TEXT);
  }
}

/* The readout stays inside of the image and off its datum. */
static void
test_readout (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();

  for (int right_to_left = 0; right_to_left < 2; right_to_left++) {
    g_autoptr (MillScene) scene = layout_first (MILL_CHART_LATENCY, right_to_left);

    for (guint i = 0; i < mill_scene_get_n_hits (scene); i += 7) {
      g_autoptr (MillScene) readout =
          mill_readout_scene_new (scene, (int) i, MILL_THEME_LIGHT, measurer, 13, right_to_left);

      g_assert_cmpuint (mill_scene_get_n_primitives (readout), >, 2);
      for (guint p = 0; p < mill_scene_get_n_primitives (readout); p++) {
        const MillPrimitive *primitive = mill_scene_get_primitive (readout, p);

        if (primitive->type != MILL_PRIMITIVE_TEXT)
          continue;
        g_assert_cmpfloat (primitive->box.x, >=, 0);
        g_assert_cmpfloat (primitive->box.x + primitive->box.width, <=, 856);
      }
    }
  }
}

static void
test_spread (void)
{
  double labels[] = { 10, 11, 12, 90, 91 };
  double crowded[] = { 5, 5, 5, 5 };

  mill_layout_spread (labels, G_N_ELEMENTS (labels), 10, 0, 100);
  for (guint i = 1; i < G_N_ELEMENTS (labels); i++)
    g_assert_cmpfloat (labels[i] - labels[i - 1], >=, 10 - 1e-6);
  g_assert_cmpfloat (labels[0], >=, 0);
  g_assert_cmpfloat (labels[4], <=, 100);
  g_assert_cmpfloat_with_epsilon (labels[1], 11, 1e-6);
  mill_layout_spread (crowded, G_N_ELEMENTS (crowded), 10, 0, 15);
  g_assert_cmpfloat_with_epsilon (crowded[0], 0, 1e-6);
  g_assert_cmpfloat_with_epsilon (crowded[3], 15, 1e-6);
}

static void
test_elide (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autofree char *whole = mill_text_elide (measurer, "abc", 10, MILL_WEIGHT_NORMAL, 100, FALSE);
  g_autofree char *end =
      mill_text_elide (measurer, "abcdefghij", 10, MILL_WEIGHT_NORMAL, 28, FALSE);
  g_autofree char *middle =
      mill_text_elide (measurer, "abcdefghij", 10, MILL_WEIGHT_NORMAL, 28, TRUE);
  g_autofree char *none = mill_text_elide (measurer, "abc", 10, MILL_WEIGHT_NORMAL, 2, FALSE);
  /* A base letter and its accent are never parted. */
  g_autofree char *accents =
      mill_text_elide (measurer, "e\u0301e\u0301e\u0301e\u0301", 10, MILL_WEIGHT_NORMAL, 17, FALSE);

  g_assert_cmpstr (whole, ==, "abc");
  g_assert_cmpstr (end, ==, "abcd…");
  g_assert_cmpstr (middle, ==, "ab…ij");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (accents, ==, "e\u0301e\u0301…");
}

static void
test_wrap (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_auto (GStrv) lines =
      mill_text_wrap (measurer, "one two three four five", 10, MILL_WEIGHT_NORMAL, 50, 2);

  g_assert_cmpuint (g_strv_length (lines), ==, 2);
  g_assert_cmpstr (lines[0], ==, "one two");
  g_assert_cmpstr (lines[1], ==, "three fo…");
}

static void
test_mark (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autoptr (MillResult) result = sample_result_first ();
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  options.mark.value = 1.6;
  options.mark.model = g_strdup ("thread-pool:20");
  options.mark.label = g_strdup ("your prediction");
  g_autoptr (MillChartSpec) spec =
      mill_chart_spec_new_for_result (MILL_CHART_TIME, result, &options);
  g_autoptr (MillScene) scene = mill_chart_layout (spec, MILL_THEME_LIGHT, 856, 374, measurer);
  g_autofree char *text = mill_scene_to_text (scene);
  g_assert_nonnull (strstr (text, "\"your prediction\""));
  g_assert_nonnull (strstr (text, " dashed"));
}

static void
test_projected_is_named (void)
{
  g_autoptr (MillScene) failures = layout_first (MILL_CHART_FAILURES, FALSE);
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autoptr (MillResult) result = sample_result_failures ();
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);
  g_autoptr (MillScene) scene = mill_chart_layout (spec, MILL_THEME_LIGHT, 856, 374, measurer);
  g_autofree char *text = mill_scene_to_text (scene);

  g_assert_nonnull (strstr (text, "\"projected\""));
  /* And nothing is called faster than a projection. */
  g_assert_null (strstr (text, "faster"));
  g_assert_cmpuint (mill_scene_get_n_hits (failures), ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autofree char *path =
        g_strdup_printf ("/charts/golden/%s", mill_chart_kind_info ((MillChartKind) kind)->id);

    g_test_add_data_func (path, GINT_TO_POINTER (kind), test_golden);
  }
  g_test_add_func ("/charts/scene/hit", test_hit);
  g_test_add_func ("/charts/scene/cursor-bars", test_cursor_bars);
  g_test_add_func ("/charts/scene/cursor-lines", test_cursor_lines);
  g_test_add_func ("/charts/scene/mirror", test_mirror);
  g_test_add_func ("/charts/scene/not-finite", test_not_finite);
  g_test_add_func ("/charts/scene/accessible", test_accessible);
  g_test_add_func ("/charts/scene/unavailable", test_unavailable);
  g_test_add_func ("/charts/scene/readout", test_readout);
  g_test_add_func ("/charts/scene/spread", test_spread);
  g_test_add_func ("/charts/scene/elide", test_elide);
  g_test_add_func ("/charts/scene/wrap", test_wrap);
  g_test_add_func ("/charts/scene/mark", test_mark);
  g_test_add_func ("/charts/scene/projected-is-named", test_projected_is_named);
  return g_test_run ();
}

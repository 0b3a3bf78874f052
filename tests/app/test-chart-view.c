/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "app/mill-chart-preview.h"
#include "app/mill-chart-view.h"
#include "app/mill-data-table.h"
#include "chart-fixture.h"
#include "app-fixture.h"
#include "charts/mill-chart-export.h"
#include "charts/mill-chart-kind.h"
#include "sample-results.h"

#define WIDTH 856
#define HEIGHT 374

static MillChartView *
view_new (MillChartKind kind, GtkWindow **window)
{
  MillChartView *view = MILL_CHART_VIEW (mill_chart_view_new ());
  g_autoptr (MillChartSpec) spec = chart_fixture_spec_new (kind, sample_result_first ());

  gtk_widget_set_size_request (GTK_WIDGET (view), WIDTH, HEIGHT);
  gtk_widget_set_halign (GTK_WIDGET (view), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (view), GTK_ALIGN_START);
  mill_chart_view_set_spec (view, spec);
  *window = chart_fixture_window_new (GTK_WIDGET (view), 900, 420);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (view)), ==, WIDTH);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (view)), ==, HEIGHT);
  return view;
}

/* What the widget paints, as pixels of blue, green, red, alpha. */
static guchar *
render_view (MillChartView *view)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (view));
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  guchar *pixels = g_malloc (WIDTH * HEIGHT * 4);

  GTK_WIDGET_GET_CLASS (view)->snapshot (GTK_WIDGET (view), snapshot);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (
      gtk_native_get_renderer (native), node, &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  gdk_texture_download (texture, pixels, WIDTH * 4);
  return pixels;
}

typedef struct {
  GBytes *bytes;
  gsize offset;
} PngSource;

static cairo_status_t
read_png (void *closure, unsigned char *data, unsigned int length)
{
  PngSource *source = closure;

  memcpy (data, (const char *) g_bytes_get_data (source->bytes, NULL) + source->offset, length);
  source->offset += length;
  return CAIRO_STATUS_SUCCESS;
}

/* The command line's writer: how many pixels differ from the widget's. */
static int
count_differences (MillChartSpec *spec, MillThemeId theme, const guchar *pixels)
{
  const MillExportOptions options = { WIDTH, HEIGHT, 1.0, theme, FALSE };
  g_autoptr (GBytes) png = mill_chart_to_bytes (spec, MILL_EXPORT_PNG, &options, NULL);
  PngSource source = { png, 0 };
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_png, &source);
  int differences = 0;

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, WIDTH);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, HEIGHT);
  for (int y = 0; y < HEIGHT; y++) {
    const guchar *row =
        cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

    for (int x = 0; x < WIDTH; x++)
      differences += memcmp (row + x * 4, pixels + (y * WIDTH + x) * 4, 3) != 0;
  }
  cairo_surface_destroy (surface);
  return differences;
}

static void
test_same_pixels_as_files (void)
{
  GtkWindow *window;
  MillChartView *view = view_new (MILL_CHART_TIME, &window);
  g_autoptr (MillChartSpec) first = mill_chart_spec_ref (mill_chart_view_get_spec (view));

  for (guint i = 0; i < MILL_N_CHART_KINDS; i++) {
    MillThemeId theme = (MillThemeId) (i % MILL_N_THEMES);
    g_autoptr (MillChartSpec) spec = mill_chart_spec_with_kind (first, (MillChartKind) i);

    mill_chart_view_set_theme (view, theme);
    mill_chart_view_set_spec (view, spec);
    g_autofree guchar *pixels = render_view (view);
    g_test_message ("%s", mill_chart_kind_info ((MillChartKind) i)->id);
    g_assert_cmpint (count_differences (spec, theme, pixels), ==, 0);
  }
  /* The comparison itself can fail. */
  mill_chart_view_set_theme (view, MILL_THEME_LIGHT);
  g_autofree guchar *pixels = render_view (view);
  g_assert_cmpint (count_differences (first, MILL_THEME_LIGHT, pixels), >, 1000);
  chart_fixture_close (window, view);
}

static void
test_pointer_reads (void)
{
  GtkWindow *window;
  MillChartView *view = view_new (MILL_CHART_TIME, &window);
  const MillScene *scene = mill_chart_view_get_scene (view);
  const MillHit *hit = mill_scene_get_hit (scene, 1);

  g_assert_null (mill_chart_view_get_readout (view));
  mill_chart_view_point_at (view, hit->box.x + 2, hit->box.y + hit->box.height / 2);
  g_assert_cmpstr (mill_chart_view_get_readout (view), ==, hit->text);
  g_assert_true (g_str_has_prefix (mill_chart_view_get_readout (view), "thread-pool:20\n"));
  mill_chart_view_point_at (view, 2, 2);
  g_assert_null (mill_chart_view_get_readout (view));
  chart_fixture_close (window, view);
}

static void
on_cursor (int *count)
{
  (*count)++;
}

static void
test_keyboard_reads (void)
{
  GtkWindow *window;
  MillChartView *view = view_new (MILL_CHART_TIME, &window);
  int changes = 0;

  g_signal_connect_swapped (view, "cursor-changed", G_CALLBACK (on_cursor), &changes);
  g_assert_true (mill_chart_view_move_cursor (view, MILL_CURSOR_FIRST));
  g_assert_true (g_str_has_prefix (mill_chart_view_get_readout (view), "sync\n"));
  g_assert_true (mill_chart_view_move_cursor (view, MILL_CURSOR_DOWN));
  g_assert_true (g_str_has_prefix (mill_chart_view_get_readout (view), "thread-pool:20\n"));
  g_assert_cmpint (changes, ==, 2);

  /* The next round of the same chart keeps the cursor where it is; another kind does not. */
  g_autoptr (MillChartSpec) next = chart_fixture_spec_new (MILL_CHART_TIME, sample_result_first ());
  mill_chart_view_set_spec (view, next);
  g_assert_true (g_str_has_prefix (mill_chart_view_get_readout (view), "thread-pool:20\n"));
  g_autoptr (MillChartSpec) other = mill_chart_spec_with_kind (next, MILL_CHART_LATENCY);
  mill_chart_view_set_spec (view, other);
  g_assert_null (mill_chart_view_get_readout (view));

  mill_chart_view_move_cursor (view, MILL_CURSOR_FIRST);
  mill_chart_view_clear_cursor (view);
  g_assert_null (mill_chart_view_get_readout (view));
  chart_fixture_close (window, view);
}

/* A key as the controller of the view gets it; whether it was taken. */
static gboolean
press (MillChartView *view, guint key, GdkModifierType state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &taken);
  }
  return taken;
}

static void
get_window (MillChartView *view, double *start_s, double *end_s)
{
  const MillChartOptions *options = mill_chart_spec_get_options (mill_chart_view_get_spec (view));

  *start_s = options->window_start_s;
  *end_s = options->window_end_s;
}

static void
test_zooms_and_pans (void)
{
  GtkWindow *window;
  MillChartView *view = view_new (MILL_CHART_TIMELINE, &window);
  double start_s, end_s, moved_start_s, moved_end_s;
  g_autofree char *whole = NULL;

  g_assert_true (mill_chart_view_can_zoom (view));
  mill_chart_view_reset_zoom (view);
  get_window (view, &start_s, &end_s);
  g_assert_cmpfloat (start_s, ==, 0.0);
  whole = mill_chart_view_dup_window_text (view);
  g_assert_true (g_str_has_prefix (whole, "0–"));

  double length_s = end_s;
  mill_chart_view_zoom (view, 0.5, 0.5);
  get_window (view, &start_s, &end_s);
  g_assert_cmpfloat_with_epsilon (end_s - start_s, length_s / 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (start_s, length_s / 4, 1e-9);
  mill_chart_view_pan (view, 0.2);
  get_window (view, &moved_start_s, &moved_end_s);
  g_assert_cmpfloat_with_epsilon (moved_start_s - start_s, 0.2 * length_s / 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (moved_end_s - moved_start_s, length_s / 2, 1e-9);

  /* Not beyond the ends, and not to nothing. */
  mill_chart_view_pan (view, 100.0);
  get_window (view, &start_s, &end_s);
  g_assert_cmpfloat_with_epsilon (end_s, length_s, 1e-9);
  mill_chart_view_zoom (view, 1e9, 0.5);
  get_window (view, &start_s, &end_s);
  g_assert_cmpfloat_with_epsilon (end_s - start_s, length_s, 1e-9);
  mill_chart_view_zoom (view, 1e-12, 0.5);
  get_window (view, &start_s, &end_s);
  g_assert_cmpfloat (end_s, >, start_s);
  chart_fixture_close (window, view);
}

static void
test_keys (void)
{
  GtkWindow *window;
  MillChartView *view = view_new (MILL_CHART_TIME, &window);

  g_assert_true (press (view, GDK_KEY_Home, 0));
  g_assert_true (g_str_has_prefix (mill_chart_view_get_readout (view), "sync\n"));
  g_assert_true (press (view, GDK_KEY_Down, 0));
  g_assert_true (g_str_has_prefix (mill_chart_view_get_readout (view), "thread-pool:20\n"));
  g_assert_true (press (view, GDK_KEY_End, 0));
  g_assert_true (g_str_has_prefix (mill_chart_view_get_readout (view), "hybrid:4x20\n"));
  g_assert_true (press (view, GDK_KEY_Escape, 0));
  g_assert_null (mill_chart_view_get_readout (view));
  /* What the chart does not need is left to others: stopping a run, zooming the page. */
  g_assert_false (press (view, GDK_KEY_Escape, 0));
  g_assert_false (press (view, GDK_KEY_plus, 0));
  g_assert_false (press (view, GDK_KEY_Tab, 0));
  chart_fixture_close (window, view);
}

static void
test_timeline_keys (void)
{
  GtkWindow *window;
  MillChartView *view = view_new (MILL_CHART_TIMELINE, &window);
  double start_s, end_s, whole_s, moved_s;

  g_assert_true (press (view, GDK_KEY_0, 0));
  get_window (view, &start_s, &whole_s);
  g_assert_true (press (view, GDK_KEY_plus, 0));
  get_window (view, &start_s, &end_s);
  g_assert_cmpfloat (end_s - start_s, <, whole_s);
  g_assert_true (press (view, GDK_KEY_Right, 0));
  get_window (view, &moved_s, &end_s);
  g_assert_cmpfloat (moved_s, >, start_s);
  g_assert_true (press (view, GDK_KEY_Left, GDK_CONTROL_MASK));
  get_window (view, &moved_s, &end_s);
  g_assert_cmpfloat_with_epsilon (moved_s, start_s, 1e-9);

  /* With a cursor the arrows move it. */
  g_assert_true (press (view, GDK_KEY_Return, 0));
  g_assert_nonnull (mill_chart_view_get_readout (view));
  g_autofree char *before = g_strdup (mill_chart_view_get_readout (view));
  g_assert_true (press (view, GDK_KEY_Right, 0));
  g_assert_cmpstr (mill_chart_view_get_readout (view), !=, before);
  get_window (view, &moved_s, &end_s);
  g_assert_cmpfloat_with_epsilon (moved_s, start_s, 1e-9);
  g_assert_true (press (view, GDK_KEY_minus, 0));
  get_window (view, &start_s, &end_s);
  g_assert_cmpfloat_with_epsilon (end_s - start_s, whole_s, 1e-9);
  chart_fixture_close (window, view);
}

static void
test_only_the_timeline_zooms (void)
{
  GtkWindow *window;
  MillChartView *view = view_new (MILL_CHART_TIME, &window);

  g_assert_false (mill_chart_view_can_zoom (view));
  mill_chart_view_zoom (view, 0.5, 0.5);
  g_assert_true (
      isnan (mill_chart_spec_get_options (mill_chart_view_get_spec (view))->window_start_s));
  g_assert_null (mill_chart_view_dup_window_text (view));
  chart_fixture_close (window, view);
}

static void
test_empty (void)
{
  MillChartView *view = MILL_CHART_VIEW (mill_chart_view_new ());
  GtkWindow *window = chart_fixture_window_new (GTK_WIDGET (view), 600, 400);

  g_assert_null (mill_chart_view_get_scene (view));
  g_assert_false (mill_chart_view_move_cursor (view, MILL_CURSOR_FIRST));
  mill_chart_view_point_at (view, 100, 100);
  g_assert_null (mill_chart_view_get_readout (view));
  chart_fixture_close (window, view);
}

static void
test_data_table (void)
{
  GtkWindow *chart_window;
  MillChartView *view = view_new (MILL_CHART_LATENCY, &chart_window);
  const MillScene *scene = mill_chart_view_get_scene (view);
  MillDataTable *table = MILL_DATA_TABLE (mill_data_table_new ());
  GtkWindow *window = chart_fixture_window_new (GTK_WIDGET (table), 600, 400);

  mill_data_table_set_scene (table, scene);
  chart_fixture_settle ();
  g_assert_cmpuint (mill_data_table_get_n_rows (table), ==,
                    mill_scene_get_n_table_rows (scene) - 1);
  g_assert_cmpuint (mill_data_table_get_n_rows (table), >=, 4);
  mill_data_table_set_scene (table, NULL);
  g_assert_cmpuint (mill_data_table_get_n_rows (table), ==, 0);
  chart_fixture_close (window, table);
  chart_fixture_close (chart_window, view);
}

static void
test_preview (void)
{
  MillChartPreview *preview = MILL_CHART_PREVIEW (mill_chart_preview_new ());
  GtkWindow *window = chart_fixture_window_new (GTK_WIDGET (preview), 100, 100);
  g_autoptr (MillChartSpec) spec = chart_fixture_spec_new (MILL_CHART_TIME, sample_result_first ());

  mill_chart_preview_set_spec (preview, spec);
  chart_fixture_settle ();
  mill_chart_preview_set_spec (preview, NULL);
  /* Going with a layout still to come is no fault. */
  mill_chart_preview_set_spec (preview, spec);
  chart_fixture_close (window, preview);
}

int
main (int argc, char **argv)
{
  chart_fixture_init (&argc, &argv);
  g_test_add_func ("/app/chart-view/same-pixels-as-files", test_same_pixels_as_files);
  g_test_add_func ("/app/chart-view/pointer-reads", test_pointer_reads);
  g_test_add_func ("/app/chart-view/keyboard-reads", test_keyboard_reads);
  g_test_add_func ("/app/chart-view/zooms-and-pans", test_zooms_and_pans);
  g_test_add_func ("/app/chart-view/keys", test_keys);
  g_test_add_func ("/app/chart-view/timeline-keys", test_timeline_keys);
  g_test_add_func ("/app/chart-view/only-the-timeline-zooms", test_only_the_timeline_zooms);
  g_test_add_func ("/app/chart-view/empty", test_empty);
  g_test_add_func ("/app/chart-view/data-table", test_data_table);
  g_test_add_func ("/app/chart-view/preview", test_preview);
  return app_fixture_run ();
}

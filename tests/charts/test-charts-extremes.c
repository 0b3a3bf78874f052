/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-kind.h"
#include "charts/mill-paint.h"
#include "sample-results.h"

#include <math.h>

/* What a text box may stick out or overlap by: rounding, and ascents that no letter fills. */
#define TOLERANCE_PX 1.5

typedef struct {
  double width, height;
} Size;

static const Size sizes[] = {
  { 856, 374 }, { 960, 540 }, { 321, 227 }, { 640, 640 }, { 360, 240 }
};

static gboolean
overlap (const MillBox *a, const MillBox *b, double size)
{
  /* Boxes hold the line's whole height; ink of digits and capitals takes three quarters. */
  double slack = MAX (TOLERANCE_PX, 0.22 * size);

  return a->x + a->width > b->x + TOLERANCE_PX && b->x + b->width > a->x + TOLERANCE_PX &&
         a->y + a->height > b->y + slack && b->y + b->height > a->y + slack;
}

static void
check_scene (const MillScene *scene, const char *what)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  int depth = 0;

  for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++) {
    const MillPrimitive *primitive = mill_scene_get_primitive (scene, i);

    depth += primitive->type == MILL_PRIMITIVE_PUSH_CLIP;
    depth -= primitive->type == MILL_PRIMITIVE_POP_CLIP;
    g_assert_cmpint (depth, >=, 0);
    g_assert_true (isfinite (primitive->box.x) && isfinite (primitive->box.y) &&
                   isfinite (primitive->box.width) && isfinite (primitive->box.height));
    if (primitive->type == MILL_PRIMITIVE_TEXT)
      g_ptr_array_add (texts, (gpointer) primitive);
  }
  g_assert_cmpint (depth, ==, 0);
  for (guint i = 0; i < texts->len; i++) {
    const MillPrimitive *text = g_ptr_array_index (texts, i);

    if (text->box.x < -TOLERANCE_PX || text->box.y < -TOLERANCE_PX ||
        text->box.x + text->box.width > mill_scene_get_width (scene) + TOLERANCE_PX ||
        text->box.y + text->box.height > mill_scene_get_height (scene) + TOLERANCE_PX) {
      g_test_message ("%s: “%s” is outside", what, text->text);
      g_test_fail ();
      return;
    }
    for (guint k = 0; k < i; k++) {
      const MillPrimitive *other = g_ptr_array_index (texts, k);

      if (overlap (&text->box, &other->box, MIN (text->size_px, other->size_px))) {
        g_test_message ("%s: “%s” overlaps “%s”", what, text->text, other->text);
        g_test_fail ();
        return;
      }
    }
  }
  g_assert_cmpuint (strlen (mill_scene_get_title (scene)), >, 0);
}

static void
check_spec (const MillChartSpec *spec,
            MillThemeId theme,
            MillTextMeasurer *measurer,
            const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *what = g_strdup_printf (
        "%s, %s, %s, %gx%g", mill_chart_kind_info (mill_chart_spec_get_kind (spec))->id, name,
        mill_theme_get (theme)->name, sizes[i].width, sizes[i].height);
    g_autoptr (MillScene) scene =
        mill_chart_layout (spec, theme, sizes[i].width, sizes[i].height, measurer);
    char *reason = NULL;

    check_scene (scene, what);
    gboolean available = mill_chart_available (spec, &reason);
    g_assert_cmpint (available, ==, reason == NULL);
    g_free (reason);
  }
}

static void
check_result (const MillResult *result, const char *name)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();

  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    for (guint theme = 0; theme < MILL_N_THEMES; theme++) {
      g_auto (MillChartOptions) options;

      mill_chart_options_init (&options);
      options.right_to_left = theme == MILL_THEME_DARK;
      options.large = theme == MILL_THEME_HIGH_CONTRAST;
      g_autoptr (MillChartSpec) spec =
          mill_chart_spec_new_for_result ((MillChartKind) kind, result, &options);
      check_spec (spec, (MillThemeId) theme, measurer, name);
    }
  }
}

static void
test_nasty (gconstpointer data)
{
  SampleNasty nasty = (SampleNasty) GPOINTER_TO_INT (data);
  g_autoptr (MillResult) result = sample_result_nasty (nasty);

  check_result (result, sample_nasty_name (nasty));
}

static void
test_usual (void)
{
  g_autoptr (MillResult) first = sample_result_first ();
  g_autoptr (MillResult) failures = sample_result_failures ();
  g_autoptr (MillResult) sweep = sample_result_sweep ();
  g_autoptr (MillResult) published = sample_result_published ();

  check_result (first, "first");
  check_result (failures, "failures");
  check_result (sweep, "sweep");
  check_result (published, "published");
}

/* Every kind and every size with real fonts, where names have their own widths. */
static void
test_real_fonts (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_pango (NULL);
  g_autoptr (MillResult) long_names = sample_result_nasty (SAMPLE_LONG_NAMES);
  g_autoptr (MillResult) many = sample_result_nasty (SAMPLE_MANY);

  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autoptr (MillChartSpec) first =
        mill_chart_spec_new_for_result ((MillChartKind) kind, long_names, NULL);
    g_autoptr (MillChartSpec) second =
        mill_chart_spec_new_for_result ((MillChartKind) kind, many, NULL);

    check_spec (first, MILL_THEME_LIGHT, measurer, "long names");
    check_spec (second, MILL_THEME_LIGHT, measurer, "many");
  }
}

static void
test_overlay (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autoptr (MillResult) first = sample_result_first ();
  g_autoptr (MillResult) second = sample_result_failures ();
  g_autoptr (MillResult) published = sample_result_published ();
  g_autoptr (GPtrArray) results = g_ptr_array_new ();

  g_ptr_array_add (results, first);
  g_ptr_array_add (results, second);
  g_ptr_array_add (results, published);
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autoptr (MillChartSpec) spec = mill_chart_spec_new ((MillChartKind) kind, results, NULL);

    check_spec (spec, MILL_THEME_LIGHT, measurer, "overlay");
  }
}

/* Painting nasty data must neither crash nor leave the context in an error. */
static void
test_paint (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_pango (NULL);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 360, 240);

  for (guint nasty = 0; nasty < SAMPLE_N_NASTY; nasty++) {
    g_autoptr (MillResult) result = sample_result_nasty ((SampleNasty) nasty);

    for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
      g_autoptr (MillChartSpec) spec =
          mill_chart_spec_new_for_result ((MillChartKind) kind, result, NULL);
      g_autoptr (MillScene) scene = mill_chart_layout (spec, MILL_THEME_PRINT, 360, 240, measurer);
      cairo_t *cr = cairo_create (surface);

      mill_scene_paint (scene, cr, TRUE);
      g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
      cairo_destroy (cr);
    }
  }
  cairo_surface_destroy (surface);
}

/* Previews hold marks only, at any size. */
static void
test_plain (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autoptr (MillResult) result = sample_result_first ();
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  options.plain = TRUE;
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autoptr (MillChartSpec) spec =
        mill_chart_spec_new_for_result ((MillChartKind) kind, result, &options);
    g_autoptr (MillScene) scene = mill_chart_layout (spec, MILL_THEME_LIGHT, 54, 36, measurer);

    for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++)
      g_assert_cmpint (mill_scene_get_primitive (scene, i)->type, !=, MILL_PRIMITIVE_TEXT);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint nasty = 0; nasty < SAMPLE_N_NASTY; nasty++) {
    g_autofree char *path =
        g_strdup_printf ("/charts/extremes/%s", sample_nasty_name ((SampleNasty) nasty));

    g_test_add_data_func (path, GINT_TO_POINTER (nasty), test_nasty);
  }
  g_test_add_func ("/charts/extremes/usual", test_usual);
  g_test_add_func ("/charts/extremes/real-fonts", test_real_fonts);
  g_test_add_func ("/charts/extremes/overlay", test_overlay);
  g_test_add_func ("/charts/extremes/paint", test_paint);
  g_test_add_func ("/charts/extremes/plain", test_plain);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-series-swatch.h"

#include "app/mill-app-theme.h"

#define SIZE_PX 10
#define RADIUS_PX 2.5f

struct _MillSeriesSwatch {
  GtkWidget parent_instance;

  GdkRGBA colors[MILL_N_THEMES];
};

G_DEFINE_FINAL_TYPE (MillSeriesSwatch, mill_series_swatch, GTK_TYPE_WIDGET)

static void
mill_series_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillSeriesSwatch *self = MILL_SERIES_SWATCH (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, SIZE_PX, SIZE_PX);
  GskRoundedRect square;

  gsk_rounded_rect_init_from_rect (&square, &bounds, RADIUS_PX);
  gtk_snapshot_push_rounded_clip (snapshot, &square);
  gtk_snapshot_append_color (snapshot, &self->colors[mill_app_theme_id ()], &bounds);
  gtk_snapshot_pop (snapshot);
}

static void
mill_series_swatch_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = SIZE_PX;
}

static void
mill_series_swatch_class_init (MillSeriesSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = mill_series_swatch_snapshot;
  widget_class->measure = mill_series_swatch_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
mill_series_swatch_init (MillSeriesSwatch *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  mill_app_theme_watch (GTK_WIDGET (self), G_CALLBACK (gtk_widget_queue_draw));
}

GtkWidget *
mill_series_swatch_new (const MillResult *result, const MillModelResult *model)
{
  MillSeriesSwatch *self = g_object_new (MILL_TYPE_SERIES_SWATCH, NULL);
  g_autoptr (MillChartSpec) spec = mill_chart_spec_new_for_result (MILL_CHART_TIME, result, NULL);

  for (guint i = 0; i < MILL_N_THEMES; i++) {
    g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get ((MillThemeId) i));

    for (guint j = 0; j < series->len; j++) {
      const MillSeries *one = g_ptr_array_index (series, j);

      if (one->model == model)
        mill_app_theme_rgba (one->style.color, &self->colors[i]);
    }
  }
  return GTK_WIDGET (self);
}

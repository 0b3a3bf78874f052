/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-timeline-tools.h"

#define ZOOM_STEP 0.5

struct _MillTimelineTools {
  GtkBox parent_instance;

  GtkWidget *zoom;
  GtkLabel *window_label;
  MillChartView *chart; /* weak */
};

G_DEFINE_FINAL_TYPE (MillTimelineTools, mill_timeline_tools, GTK_TYPE_BOX)

static void
on_zoom_in (MillTimelineTools *self)
{
  mill_chart_view_zoom (self->chart, ZOOM_STEP, 0.5);
}

static void
on_zoom_out (MillTimelineTools *self)
{
  mill_chart_view_zoom (self->chart, 1.0 / ZOOM_STEP, 0.5);
}

static void
on_zoom_all (MillTimelineTools *self)
{
  mill_chart_view_reset_zoom (self->chart);
}

static void
mill_timeline_tools_dispose (GObject *object)
{
  MillTimelineTools *self = MILL_TIMELINE_TOOLS (object);

  g_clear_weak_pointer (&self->chart);
  gtk_widget_dispose_template (GTK_WIDGET (self), MILL_TYPE_TIMELINE_TOOLS);
  G_OBJECT_CLASS (mill_timeline_tools_parent_class)->dispose (object);
}

static void
mill_timeline_tools_class_init (MillTimelineToolsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_timeline_tools_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/timeline-tools.ui");
  gtk_widget_class_bind_template_child (widget_class, MillTimelineTools, zoom);
  gtk_widget_class_bind_template_child (widget_class, MillTimelineTools, window_label);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_in);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_out);
  gtk_widget_class_bind_template_callback (widget_class, on_zoom_all);
}

static void
mill_timeline_tools_init (MillTimelineTools *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mill_timeline_tools_set_chart (MillTimelineTools *tools, MillChartView *chart)
{
  g_set_weak_pointer (&tools->chart, chart);
  g_signal_connect_object (chart, "window-changed", G_CALLBACK (mill_timeline_tools_update), tools,
                           G_CONNECT_SWAPPED);
  mill_timeline_tools_update (tools);
}

void
mill_timeline_tools_update (MillTimelineTools *tools)
{
  g_autofree char *text = mill_chart_view_dup_window_text (tools->chart);

  gtk_widget_set_visible (tools->zoom, text != NULL);
  gtk_label_set_label (tools->window_label, text != NULL ? text : "");
}

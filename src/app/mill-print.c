/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-print.h"

#include <glib/gi18n-lib.h>

#include "app/mill-chart-content.h"
#include "app/mill-compat.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-paint.h"

#define PT_PER_PX 0.75
/* The shape of a chart on paper: as high as a page allows, but not higher than this. */
#define MAX_HEIGHT_SHARE 0.7

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  MillChartSpec *spec = data;
  double width_px = gtk_print_context_get_width (context) / PT_PER_PX;
  double height_px = gtk_print_context_get_height (context) / PT_PER_PX;
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_pango (NULL);
  cairo_t *cr = gtk_print_context_get_cairo_context (context);

  height_px = MIN (height_px, width_px * MAX_HEIGHT_SHARE);
  g_autoptr (MillScene) scene =
      mill_chart_layout (spec, MILL_THEME_PRINT, width_px, height_px, measurer);

  cairo_save (cr);
  cairo_scale (cr, PT_PER_PX, PT_PER_PX);
  mill_scene_paint (scene, cr, FALSE);
  cairo_restore (cr);
}

GtkPrintOperation *
mill_print_operation_new (MillChartSpec *spec)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autofree char *name = mill_chart_file_name (spec, "");

  gtk_page_setup_set_orientation (setup, GTK_PAGE_ORIENTATION_LANDSCAPE);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, name);
  gtk_print_operation_set_allow_async (operation, TRUE);
  g_signal_connect_data (operation, "draw-page", G_CALLBACK (on_draw_page),
                         mill_chart_spec_ref (spec),
                         (GClosureNotify) (void (*) (void)) mill_chart_spec_unref, 0);
  return operation;
}

static void
on_done (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *parent = GTK_WINDOW (data);

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  mill_compat_ask_async (parent, _ ("The chart could not be printed"),
                         error != NULL ? error->message : NULL, NULL, MILL_ANSWER_DEFAULT, NULL,
                         NULL);
}

void
mill_print_chart (GtkWindow *parent, MillChartSpec *spec)
{
  g_autoptr (GtkPrintOperation) operation = mill_print_operation_new (spec);

  if (parent != NULL)
    g_signal_connect_object (operation, "done", G_CALLBACK (on_done), parent, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

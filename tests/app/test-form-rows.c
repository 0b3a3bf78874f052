/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "app-fixture.h"
#include "app/mill-number-row.h"

static MillNumberRow *
row_new (double min, double max)
{
  return MILL_NUMBER_ROW (
      g_object_ref_sink (mill_number_row_new ("Requests", "How many", min, max)));
}

static void
count_signal (MillNumberRow *row, int *counter)
{
  (*counter)++;
}

static void
count_notify (MillNumberRow *row, GParamSpec *pspec, int *counter)
{
  (*counter)++;
}

static void
test_number_keeps_every_value (void)
{
  static const double values[] = { 0.1, 1e-9, 0.30000000000000004, 123456.789, 2.5e6, 0 };
  MillNumberRow *row =
      g_object_ref_sink (g_object_new (MILL_TYPE_NUMBER_ROW, "title", "Delay", "max", 1e7, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    mill_number_row_set_value (row, values[i]);
    g_assert_true (mill_number_row_get_value (row) == values[i]);
    g_assert_true (mill_number_row_is_readable (row));
  }
  g_assert_finalize_object (row);
}

static void
test_number_says_what_is_wrong (void)
{
  static const char *const wrong[] = { "", "abc", "1.5", "0", "101", "1e3", "0x10", "- 1" };
  MillNumberRow *row = row_new (1, 100);

  mill_number_row_set_value (row, 20);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    mill_number_row_set_text (row, wrong[i]);
    g_assert_false (mill_number_row_is_readable (row));
    g_assert_nonnull (mill_number_row_get_problem (row));
    g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
    g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                     mill_number_row_get_problem (row));
    g_assert_true (mill_number_row_get_value (row) == 20);
  }
  mill_number_row_set_text (row, "50");
  g_assert_true (mill_number_row_is_readable (row));
  g_assert_null (mill_number_row_get_problem (row));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "error"));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "How many");
  g_assert_true (mill_number_row_get_value (row) == 50);
  g_assert_finalize_object (row);
}

static void
test_number_decimal_comma (void)
{
  MillNumberRow *row = g_object_ref_sink (
      g_object_new (MILL_TYPE_NUMBER_ROW, "title", "Delay", "max", 10.0, "positive", TRUE, NULL));

  mill_number_row_set_text (row, "0,25");
  g_assert_true (mill_number_row_get_value (row) == 0.25);
  mill_number_row_set_text (row, "0");
  g_assert_false (mill_number_row_is_readable (row));
  g_assert_finalize_object (row);
}

static void
test_number_optional (void)
{
  MillNumberRow *row = g_object_ref_sink (g_object_new (
      MILL_TYPE_NUMBER_ROW, "title", "Size", "max", 10.0, "whole", TRUE, "optional", TRUE, NULL));

  mill_number_row_set_text (row, "7");
  g_assert_true (mill_number_row_get_value (row) == 7);
  mill_number_row_set_text (row, " ");
  g_assert_true (mill_number_row_is_readable (row));
  g_assert_true (mill_number_row_get_value (row) == -1);
  g_assert_finalize_object (row);
}

static void
test_number_notifies (void)
{
  MillNumberRow *row = row_new (1, 100);
  int notified = 0;
  int changed = 0;

  mill_number_row_set_value (row, 20);
  g_signal_connect (row, "changed", G_CALLBACK (count_signal), &changed);
  g_signal_connect (row, "notify::value", G_CALLBACK (count_notify), &notified);
  mill_number_row_set_value (row, 20);
  g_assert_cmpint (notified, ==, 0);
  mill_number_row_set_value (row, 30);
  g_assert_cmpint (notified, ==, 1);
  /* Set, not typed. */
  g_assert_cmpint (changed, ==, 0);
  mill_number_row_set_text (row, "x");
  g_assert_cmpint (notified, ==, 1);
  g_assert_cmpint (changed, >=, 1);
  g_assert_finalize_object (row);
}

static void
click (MillNumberRow *row, const char *icon)
{
  GtkWidget *entry = gtk_widget_get_first_child (GTK_WIDGET (row));
  GQueue queue = G_QUEUE_INIT;

  for (g_queue_push_tail (&queue, entry); !g_queue_is_empty (&queue);) {
    GtkWidget *widget = g_queue_pop_head (&queue);
    if (GTK_IS_BUTTON (widget) &&
        g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon) == 0)
      g_signal_emit_by_name (widget, "clicked");
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      g_queue_push_tail (&queue, child);
  }
}

static void
test_number_steps (void)
{
  static const struct {
    double from;
    gboolean whole;
    double up;
    double down;
  } cases[] = {
    { 1, TRUE, 2, 1 },         { 19, TRUE, 20, 18 },      { 20, TRUE, 30, 19 },
    { 80, TRUE, 90, 70 },      { 1000, TRUE, 1100, 900 }, { 0.1, FALSE, 0.11, 0.09 },
    { 0.2, FALSE, 0.3, 0.19 }, { 0.3, FALSE, 0.4, 0.2 },
  };
  MillNumberRow *row = row_new (1, 10000);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_object_set (row, "whole", cases[i].whole, "min", cases[i].whole ? 1.0 : 0.0, NULL);
    mill_number_row_set_value (row, cases[i].from);
    click (row, "list-add-symbolic");
    g_assert_cmpfloat (mill_number_row_get_value (row), ==, cases[i].up);
    mill_number_row_set_value (row, cases[i].from);
    click (row, "list-remove-symbolic");
    g_assert_cmpfloat (mill_number_row_get_value (row), ==, cases[i].down);
  }
  g_assert_finalize_object (row);
}

int
main (int argc, char *argv[])
{
  app_fixture_init (&argc, &argv);
  adw_init ();
  g_test_add_func ("/number-row/keeps-every-value", test_number_keeps_every_value);
  g_test_add_func ("/number-row/says-what-is-wrong", test_number_says_what_is_wrong);
  g_test_add_func ("/number-row/decimal-comma", test_number_decimal_comma);
  g_test_add_func ("/number-row/optional", test_number_optional);
  g_test_add_func ("/number-row/notifies", test_number_notifies);
  g_test_add_func ("/number-row/steps", test_number_steps);
  return app_fixture_run ();
}

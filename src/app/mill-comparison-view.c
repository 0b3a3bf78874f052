/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-comparison-view.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-figure-table.h"
#include "app/mill-result-text.h"
#include "result/mill-comparison.h"
#include "result/mill-findings.h"
#include "result/mill-table.h"

struct _MillComparisonView {
  GtkWidget parent_instance;

  GtkWidget *box;
  MillFigureTable *table;
  GtkLabel *note;
};

G_DEFINE_FINAL_TYPE (MillComparisonView, mill_comparison_view, GTK_TYPE_WIDGET)

static void
mill_comparison_view_dispose (GObject *object)
{
  g_clear_pointer (&MILL_COMPARISON_VIEW (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (mill_comparison_view_parent_class)->dispose (object);
}

static void
mill_comparison_view_class_init (MillComparisonViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mill_comparison_view_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
mill_comparison_view_init (MillComparisonView *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->table = MILL_FIGURE_TABLE (mill_figure_table_new ());
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->table));
  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->note, TRUE);
  gtk_label_set_xalign (self->note, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "dim-label");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->note));
}

GtkWidget *
mill_comparison_view_new (void)
{
  return g_object_new (MILL_TYPE_COMPARISON_VIEW, NULL);
}

/* What is judged in one of them; where that differs, what every run has. */
static MillFigure
judged_figure (GPtrArray *results)
{
  const MillResult *base = g_ptr_array_index (results, 0);
  MillFigure figure = mill_findings_figure (base->experiment);

  for (guint i = 1; i < results->len; i++) {
    const MillResult *other = g_ptr_array_index (results, i);

    if (mill_findings_figure (other->experiment) != figure)
      return MILL_FIGURE_THROUGHPUT;
  }
  return figure;
}

char *
mill_comparison_conditions (GPtrArray *results)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i < results->len; i++) {
    const MillResult *other = g_ptr_array_index (results, i);
    g_auto (GStrv) sentences = mill_compare_conditions (g_ptr_array_index (results, 0), other);
    g_autofree char *joined = g_strjoinv (" ", sentences);

    if (*joined == '\0')
      continue;
    if (text->len > 0)
      g_string_append_c (text, '\n');
    if (results->len > 2)
      g_string_append_printf (text, "%s: ", other->name);
    g_string_append (text, joined);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
mill_comparison_view_set_results (MillComparisonView *view, GPtrArray *results)
{
  g_autofree char *note = NULL;

  if (results != NULL && results->len > 1) {
    mill_figure_table_set_comparison (view->table, results, judged_figure (results));
    note = mill_comparison_conditions (results);
  } else {
    const MillResult *result = results != NULL ? g_ptr_array_index (results, 0) : NULL;

    mill_figure_table_set_result (view->table, result);
    note = result != NULL ? mill_result_text_note (result) : NULL;
  }
  gtk_label_set_label (view->note, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (view->note), note != NULL && *note != '\0');
}

/* "main-loop:80: faster (0.83 ×)". */
static void
append_verdict (GString *text, const MillModelComparison *pair, MillFigure figure, gboolean first)
{
  g_autofree char *label = mill_comparison_label (pair);
  g_autofree char *ratio = mill_format_ratio (pair->comparison.ratio);
  g_autofree char *verdict =
      g_markup_printf_escaped ("<b>%s</b>: %s (%s ×)", label,
                               mill_verdict_to_words (pair->comparison.verdict, figure), ratio);

  g_string_append_printf (text, "%s%s", first ? " " : C_ ("between names", ", "), verdict);
}

char *
mill_comparison_sentence (GPtrArray *results)
{
  MillFigure figure = judged_figure (results);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 1; i < results->len; i++) {
    const MillResult *other = g_ptr_array_index (results, i);
    g_autoptr (GArray) pairs = mill_compare_results (g_ptr_array_index (results, 0), other, figure);
    /* Translators: the name of a result; what differs under each model follows. */
    g_autofree char *heading = g_markup_printf_escaped (_ ("“%s” against the first:"), other->name);
    gboolean first = TRUE;

    for (guint j = 0; j < pairs->len; j++) {
      const MillModelComparison *pair = &g_array_index (pairs, MillModelComparison, j);

      if (!isfinite (pair->comparison.ratio))
        continue;
      if (first)
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", heading);
      append_verdict (text, pair, figure, first);
      first = FALSE;
    }
    if (!first)
      g_string_append (text, C_ ("end of a sentence", "."));
  }
  if (text->len == 0)
    g_string_append (text, _ ("No model stands in both results: there is nothing to compare."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

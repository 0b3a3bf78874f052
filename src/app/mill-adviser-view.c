/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-adviser-view.h"

#include <glib/gi18n-lib.h>

/* The newest documents that fit; more of them say little more. */
#define MAX_DOCUMENTS 12

struct _MillAdviserView {
  GtkWidget parent_instance;

  GtkScrolledWindow *scrolled;
  GtkLabel *title;
  GtkLabel *detail;
  GtkListBox *answers;
  AdwPreferencesGroup *evidence;
  GtkWidget *experiment;
  GtkLabel *experiment_reason;
  GtkWidget *run_button;
  GtkWidget *back_button;
  GtkWidget *restart_button;

  MillAdviser *adviser;
  MillLibrary *library; /* or NULL */
  MillRecommendation *recommendation;
  GPtrArray *evidence_rows;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (MillAdviserView, mill_adviser_view, GTK_TYPE_WIDGET)

enum { RUN, N_SIGNALS };

static guint signals[N_SIGNALS];

static void show (MillAdviserView *self);

/* The documents that are read as evidence. */
typedef struct {
  MillAdviserView *view;
  GCancellable *cancellable;
  GPtrArray *documents; /* those that were read */
  guint n_left;
} Reading;

static void
reading_free (Reading *reading)
{
  for (guint i = 0; i < reading->documents->len; i++)
    mill_document_release (g_ptr_array_index (reading->documents, i));
  g_ptr_array_unref (reading->documents);
  g_object_unref (reading->cancellable);
  g_object_unref (reading->view);
  g_free (reading);
}

static void
stop_reading (MillAdviserView *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
conclude (MillAdviserView *self, GPtrArray *documents)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new ();

  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (results,
                     (gpointer) mill_document_peek_result (g_ptr_array_index (documents, i)));
  g_clear_pointer (&self->recommendation, mill_recommendation_free);
  self->recommendation = mill_adviser_conclude (self->adviser, results);
  show (self);
}

static void
on_all_read (Reading *reading)
{
  if (!g_cancellable_is_cancelled (reading->cancellable)) {
    g_clear_object (&reading->view->reading);
    conclude (reading->view, reading->documents);
  }
  reading_free (reading);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading *reading = data;

  /* One that cannot be read is no evidence. */
  if (mill_document_load_finish (MILL_DOCUMENT (source), result, NULL) != NULL)
    g_ptr_array_add (reading->documents, g_object_ref (source));
  if (--reading->n_left == 0)
    on_all_read (reading);
}

/* Reads what may be evidence, then concludes. */
static void
begin_reading (MillAdviserView *self)
{
  guint n = self->library != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->library)) : 0;
  g_autoptr (GPtrArray) wanted = g_ptr_array_new_with_free_func (g_object_unref);
  Reading *reading = g_new0 (Reading, 1);

  stop_reading (self);
  for (guint i = 0; i < n && wanted->len < MAX_DOCUMENTS; i++) {
    g_autoptr (MillDocument) document = g_list_model_get_item (G_LIST_MODEL (self->library), i);
    const MillResultSummary *summary = mill_document_get_summary (document);

    if (summary != NULL && mill_adviser_wants (self->adviser, summary))
      g_ptr_array_add (wanted, g_steal_pointer (&document));
  }
  reading->view = g_object_ref (self);
  reading->cancellable = g_cancellable_new ();
  reading->documents = g_ptr_array_new_with_free_func (g_object_unref);
  reading->n_left = wanted->len;
  g_set_object (&self->reading, reading->cancellable);
  if (wanted->len == 0) {
    on_all_read (reading);
    return;
  }
  for (guint i = 0; i < wanted->len; i++)
    mill_document_load_async (g_ptr_array_index (wanted, i), reading->cancellable, on_read,
                              reading);
}

static GtkWidget *
row_new (const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  return row;
}

static void
clear_answers (MillAdviserView *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->answers, 0)) != NULL)
    gtk_list_box_remove (self->answers, GTK_WIDGET (row));
}

static void
show_question (MillAdviserView *self, const MillAdviserQuestion *question)
{
  gtk_label_set_label (self->title, question->text);
  gtk_label_set_label (self->detail, question->detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *question->detail != '\0');
  for (guint i = 0; i < question->n_answers; i++) {
    const MillAdviserAnswer *answer = &question->answers[i];
    GtkWidget *row = row_new (answer->label, answer->detail);

    g_object_set_data_full (G_OBJECT (row), "answer", g_strdup (answer->id), g_free);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("go-next-symbolic"));
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    gtk_list_box_append (self->answers, row);
  }
}

static void
show_evidence (MillAdviserView *self)
{
  for (guint i = 0; i < self->evidence_rows->len; i++)
    adw_preferences_group_remove (self->evidence, g_ptr_array_index (self->evidence_rows, i));
  g_ptr_array_set_size (self->evidence_rows, 0);
  for (guint i = 0; self->recommendation != NULL && i < self->recommendation->evidence->len; i++) {
    const MillAdviserEvidence *one = g_ptr_array_index (self->recommendation->evidence, i);
    GtkWidget *row = row_new (one->result_name, one->text);

    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), one->carries
                                                            ? "object-select-symbolic"
                                                            : "action-unavailable-symbolic");
    adw_preferences_group_add (self->evidence, row);
    g_ptr_array_add (self->evidence_rows, row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->evidence), self->evidence_rows->len > 0);
}

static void
show_recommendation (MillAdviserView *self)
{
  const MillRecommendation *advice = self->recommendation;

  gtk_label_set_label (self->title, advice != NULL ? advice->title : _ ("Reading the History…"));
  gtk_label_set_label (self->detail, advice != NULL ? advice->reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), advice != NULL);
  gtk_widget_set_visible (self->experiment, advice != NULL && advice->experiment != NULL);
  if (advice != NULL && advice->experiment_reason != NULL)
    gtk_label_set_label (self->experiment_reason, advice->experiment_reason);
}

static void
show (MillAdviserView *self)
{
  MillAdviserQuestion question;
  gboolean asks = mill_adviser_get_question (self->adviser, &question);

  clear_answers (self);
  gtk_widget_set_visible (GTK_WIDGET (self->answers), asks);
  gtk_widget_set_visible (self->experiment, FALSE);
  if (asks)
    show_question (self, &question);
  else
    show_recommendation (self);
  show_evidence (self);
  gtk_widget_set_visible (self->back_button, mill_adviser_get_n_answered (self->adviser) > 0);
  gtk_widget_set_visible (self->restart_button, mill_adviser_get_n_answered (self->adviser) > 1);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled), 0.0);
}

void
mill_adviser_view_refresh (MillAdviserView *view)
{
  MillAdviserQuestion question;

  stop_reading (view);
  g_clear_pointer (&view->recommendation, mill_recommendation_free);
  show (view);
  if (!mill_adviser_get_question (view->adviser, &question))
    begin_reading (view);
}

gboolean
mill_adviser_view_answer (MillAdviserView *view, const char *answer)
{
  GtkListBoxRow *row;

  if (!mill_adviser_answer (view->adviser, answer))
    return FALSE;
  mill_adviser_view_refresh (view);
  /* The keyboard stays where the next answer is. */
  row = gtk_list_box_get_row_at_index (view->answers, 0);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : view->run_button);
  return TRUE;
}

const MillRecommendation *
mill_adviser_view_get_recommendation (MillAdviserView *view)
{
  return view->recommendation;
}

static void
on_answer (MillAdviserView *self, GtkListBoxRow *row)
{
  g_autofree char *answer = g_strdup (g_object_get_data (G_OBJECT (row), "answer"));

  mill_adviser_view_answer (self, answer);
}

static void
on_back (MillAdviserView *self)
{
  mill_adviser_back (self->adviser);
  mill_adviser_view_refresh (self);
}

static void
on_restart (MillAdviserView *self)
{
  mill_adviser_restart (self->adviser);
  mill_adviser_view_refresh (self);
}

static void
on_run (MillAdviserView *self)
{
  if (self->recommendation != NULL && self->recommendation->experiment != NULL)
    g_signal_emit (self, signals[RUN], 0, self->recommendation->experiment);
}

void
mill_adviser_view_set_library (MillAdviserView *view, MillLibrary *library)
{
  g_set_object (&view->library, library);
}

static void
mill_adviser_view_dispose (GObject *object)
{
  MillAdviserView *self = MILL_ADVISER_VIEW (object);

  stop_reading (self);
  g_clear_object (&self->library);
  gtk_widget_dispose_template (GTK_WIDGET (self), MILL_TYPE_ADVISER_VIEW);
  G_OBJECT_CLASS (mill_adviser_view_parent_class)->dispose (object);
}

static void
mill_adviser_view_finalize (GObject *object)
{
  MillAdviserView *self = MILL_ADVISER_VIEW (object);

  g_clear_pointer (&self->recommendation, mill_recommendation_free);
  g_ptr_array_unref (self->evidence_rows);
  mill_adviser_free (self->adviser);
  G_OBJECT_CLASS (mill_adviser_view_parent_class)->finalize (object);
}

static void
mill_adviser_view_class_init (MillAdviserViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mill_adviser_view_dispose;
  object_class->finalize = mill_adviser_view_finalize;
  signals[RUN] = g_signal_new ("run", MILL_TYPE_ADVISER_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/adviser-view.ui");
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, title);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, detail);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, answers);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, evidence);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, experiment);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, experiment_reason);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, run_button);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, back_button);
  gtk_widget_class_bind_template_child (widget_class, MillAdviserView, restart_button);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_run);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_restart);
}

static void
mill_adviser_view_init (MillAdviserView *self)
{
  self->adviser = mill_adviser_new ();
  self->evidence_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  show (self);
}

GtkWidget *
mill_adviser_view_new (void)
{
  return g_object_new (MILL_TYPE_ADVISER_VIEW, NULL);
}

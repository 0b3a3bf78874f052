/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-chart-view.h"
#include "app/mill-comparison-view.h"
#include "app/mill-history-pane.h"
#include "result/mill-comparison.h"
#include "result/mill-sentence.h"

struct _MillHistoryPane {
  GtkWidget parent_instance;

  GtkWidget *root;
  GtkStack *stack;
  GtkWidget *back;
  GtkStack *heading;
  GtkEntry *name;
  GtkWidget *rename_button;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *text;
  GtkWidget *chart_card;
  MillChartView *chart;
  GtkWidget *notes_box;
  GtkTextView *notes;
  GtkButton *delete_button;
  GtkButton *export_button;
  GtkButton *go_button;

  MillLibrary *library;
  GPtrArray *documents; /* MillDocument */
  GPtrArray *results;   /* MillResult: copies, as many as documents; NULL until it is loaded */
  GCancellable *cancellable;
  guint n_loading;
  gboolean has_back;
};

enum { PROP_0, PROP_BACK, N_PROPERTIES };
enum { GO_BACK, DELETE, EXPORT, GO, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MillHistoryPane, mill_history_pane, GTK_TYPE_WIDGET)

static MillDocument *
single (MillHistoryPane *self)
{
  return self->documents->len == 1 ? g_ptr_array_index (self->documents, 0) : NULL;
}

static gboolean
is_editable (MillDocument *document)
{
  return document != NULL && mill_document_is_readable (document) &&
         !mill_document_is_shipped (document);
}

void
mill_history_pane_commit (MillHistoryPane *pane)
{
  MillDocument *document = single (pane);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (pane->notes);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  if (pane->library == NULL || !is_editable (document))
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  mill_library_set_notes (pane->library, document, text);
}

static void
on_notes_left (MillHistoryPane *self)
{
  mill_history_pane_commit (self);
}

static gboolean
is_renaming (MillHistoryPane *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->heading), "name");
}

static void
end_renaming (MillHistoryPane *self, gboolean accept)
{
  MillDocument *document = single (self);

  if (!is_renaming (self))
    return;
  gtk_stack_set_visible_child_name (self->heading, "title");
  if (accept && is_editable (document))
    mill_library_rename (self->library, document,
                         gtk_editable_get_text (GTK_EDITABLE (self->name)));
}

static void
on_name_done (MillHistoryPane *self)
{
  end_renaming (self, TRUE);
}

static gboolean
on_name_key (MillHistoryPane *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  end_renaming (self, FALSE);
  return GDK_EVENT_STOP;
}

void
mill_history_pane_rename (MillHistoryPane *pane)
{
  MillDocument *document = single (pane);

  if (!is_editable (document))
    return;
  gtk_editable_set_text (GTK_EDITABLE (pane->name), mill_document_get_name (document));
  gtk_stack_set_visible_child_name (pane->heading, "name");
  gtk_widget_grab_focus (GTK_WIDGET (pane->name));
}

/* The results that could be read, in the order of the selection. A chart that is dragged away may
 * outlive the selection, so it has copies. */
static GPtrArray *
loaded_results (MillHistoryPane *self)
{
  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);

  for (guint i = 0; i < self->results->len; i++) {
    if (self->results->pdata[i] != NULL)
      g_ptr_array_add (results, g_steal_pointer (&self->results->pdata[i]));
  }
  return results;
}

static char *
comparison_text (GPtrArray *results)
{
  g_autofree char *sentence = mill_comparison_sentence (results);
  g_autofree char *joined = mill_comparison_conditions (results);
  g_autofree char *escaped = g_markup_escape_text (joined, -1);

  if (joined[0] == '\0')
    return g_steal_pointer (&sentence);
  return g_strdup_printf ("%s\n\n%s", sentence, escaped);
}

/* What shows a difference: where the time was given, that is not the time. */
static MillChartKind
kind_for (const MillResult *result)
{
  if (result->experiment->sweep != MILL_SWEEP_NONE)
    return MILL_CHART_SCALING;
  return mill_experiment_has_request_bound (result->experiment) ? MILL_CHART_TIME
                                                                : MILL_CHART_THROUGHPUT;
}

static void
show_results (MillHistoryPane *self)
{
  g_autoptr (GPtrArray) results = loaded_results (self);
  g_autoptr (MillChartSpec) spec = NULL;
  g_autofree char *text = NULL;
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  gtk_widget_set_visible (self->chart_card, results->len > 0);
  if (results->len == 0)
    return;
  mill_number_format_from_locale (&options.numbers);
  spec = mill_chart_spec_new (kind_for (g_ptr_array_index (results, 0)), results, &options);
  mill_chart_view_set_spec (self->chart, spec);
  text = results->len > 1 ? comparison_text (results)
                          : mill_sentence_markup (g_ptr_array_index (results, 0));
  gtk_label_set_markup (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->text), text[0] != '\0');
}

static void
on_loaded (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (MillHistoryPane) self = data;
  MillDocument *document = MILL_DOCUMENT (source);
  g_autoptr (GError) error = NULL;
  const MillResult *result = mill_document_load_finish (document, async_result, &error);
  /* Else something else was selected meanwhile. */
  gboolean wanted = g_task_get_cancellable (G_TASK (async_result)) == self->cancellable;
  guint index;

  if (wanted && result != NULL && g_ptr_array_find (self->documents, document, &index))
    self->results->pdata[index] = mill_result_copy (result);
  if (result != NULL)
    mill_document_release (document);
  if (!wanted)
    return;
  if (result == NULL) {
    gtk_label_set_text (self->text, error->message);
    gtk_widget_set_visible (GTK_WIDGET (self->text), TRUE);
  }
  self->n_loading--;
  if (self->n_loading == 0)
    show_results (self);
}

static void
load_all (MillHistoryPane *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->n_loading = 0;
  g_ptr_array_set_size (self->results, 0);
  g_ptr_array_set_size (self->results, (int) self->documents->len);
  for (guint i = 0; i < self->documents->len; i++) {
    MillDocument *document = g_ptr_array_index (self->documents, i);

    if (!mill_document_is_readable (document))
      continue;
    self->n_loading++;
    mill_document_load_async (document, self->cancellable, on_loaded, g_object_ref (self));
  }
}

static void
show_one (MillHistoryPane *self, MillDocument *document)
{
  g_autofree char *description = mill_document_describe (document);
  const char *problem = mill_document_get_problem (document);
  gboolean editable = is_editable (document);

  gtk_label_set_text (self->title, mill_document_get_name (document));
  gtk_widget_set_visible (self->rename_button, editable);
  gtk_label_set_text (self->subtitle, description);
  gtk_label_set_text (self->text, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->text), FALSE);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->notes),
                            mill_document_get_notes (document), -1);
  gtk_text_view_set_editable (self->notes, editable);
  gtk_widget_set_visible (self->notes_box,
                          editable || mill_document_get_notes (document)[0] != '\0');
  gtk_button_set_label (self->go_button, _ ("_Open"));
}

static void
show_several (MillHistoryPane *self)
{
  g_autofree char *title = g_strdup_printf (
      ngettext ("%u selected", "%u selected", self->documents->len), self->documents->len);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < MIN (self->documents->len, 6); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "\n" : "",
                            mill_document_get_name (g_ptr_array_index (self->documents, i)));
  gtk_label_set_text (self->title, title);
  gtk_widget_set_visible (self->rename_button, FALSE);
  gtk_label_set_text (self->subtitle, names->str);
  gtk_widget_set_visible (GTK_WIDGET (self->text), FALSE);
  gtk_widget_set_visible (self->notes_box, FALSE);
  gtk_button_set_label (self->go_button, _ ("_Compare"));
}

static void
update_buttons (MillHistoryPane *self)
{
  gboolean deletable = FALSE, readable = TRUE;

  for (guint i = 0; i < self->documents->len; i++) {
    MillDocument *document = g_ptr_array_index (self->documents, i);

    deletable |= !mill_document_is_shipped (document);
    readable &= mill_document_is_readable (document);
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->delete_button), deletable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->export_button), readable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->go_button), readable);
}

static void
on_document_changed (MillHistoryPane *self, GParamSpec *pspec, MillDocument *document)
{
  if (document == single (self) && !is_renaming (self) &&
      !gtk_widget_has_focus (GTK_WIDGET (self->notes)))
    show_one (self, document);
  update_buttons (self);
  load_all (self);
}

static void
forget_documents (MillHistoryPane *self)
{
  for (guint i = 0; i < self->documents->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->documents, i), self);
  g_ptr_array_set_size (self->documents, 0);
}

void
mill_history_pane_set_documents (MillHistoryPane *pane, GPtrArray *documents)
{
  mill_history_pane_commit (pane);
  end_renaming (pane, TRUE);
  mill_chart_view_set_spec (pane->chart, NULL);
  forget_documents (pane);
  for (guint i = 0; i < documents->len; i++) {
    MillDocument *document = g_ptr_array_index (documents, i);

    g_ptr_array_add (pane->documents, g_object_ref (document));
    g_signal_connect_swapped (document, "notify", G_CALLBACK (on_document_changed), pane);
  }
  gtk_stack_set_visible_child_name (pane->stack, documents->len > 0 ? "documents" : "nothing");
  gtk_widget_set_visible (pane->chart_card, FALSE);
  if (documents->len == 1)
    show_one (pane, single (pane));
  else if (documents->len > 1)
    show_several (pane);
  update_buttons (pane);
  load_all (pane);
}

void
mill_history_pane_set_library (MillHistoryPane *pane, MillLibrary *library)
{
  g_set_object (&pane->library, library);
}

const char *
mill_history_pane_get_text (MillHistoryPane *pane)
{
  return gtk_label_get_text (pane->text);
}

static void
on_back (MillHistoryPane *self)
{
  g_signal_emit (self, signals[GO_BACK], 0);
}

static void
on_delete (MillHistoryPane *self)
{
  g_signal_emit (self, signals[DELETE], 0);
}

static void
on_export (MillHistoryPane *self)
{
  g_signal_emit (self, signals[EXPORT], 0);
}

static void
on_go (MillHistoryPane *self)
{
  g_signal_emit (self, signals[GO], 0);
}

static void
mill_history_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BACK)
    g_value_set_boolean (value, MILL_HISTORY_PANE (object)->has_back);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
mill_history_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillHistoryPane *self = MILL_HISTORY_PANE (object);

  if (id != PROP_BACK) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (self->has_back == g_value_get_boolean (value))
    return;
  self->has_back = g_value_get_boolean (value);
  gtk_widget_set_visible (self->back, self->has_back);
  g_object_notify_by_pspec (object, pspec);
}

static void
mill_history_pane_dispose (GObject *object)
{
  MillHistoryPane *self = MILL_HISTORY_PANE (object);

  forget_documents (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->library);
  g_clear_pointer (&self->root, gtk_widget_unparent);

  G_OBJECT_CLASS (mill_history_pane_parent_class)->dispose (object);
}

static void
mill_history_pane_finalize (GObject *object)
{
  MillHistoryPane *self = MILL_HISTORY_PANE (object);

  g_ptr_array_unref (self->documents);
  g_ptr_array_unref (self->results);

  G_OBJECT_CLASS (mill_history_pane_parent_class)->finalize (object);
}

static guint
add_signal (MillHistoryPaneClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
mill_history_pane_class_init (MillHistoryPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (MILL_TYPE_CHART_VIEW);
  object_class->get_property = mill_history_pane_get_property;
  object_class->set_property = mill_history_pane_set_property;
  object_class->dispose = mill_history_pane_dispose;
  object_class->finalize = mill_history_pane_finalize;
  properties[PROP_BACK] =
      g_param_spec_boolean ("back", NULL, NULL, FALSE,
                            G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[GO_BACK] = add_signal (klass, "go-back");
  signals[DELETE] = add_signal (klass, "delete");
  signals[EXPORT] = add_signal (klass, "export");
  signals[GO] = add_signal (klass, "go");

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/history-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, root);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, stack);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, back);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, heading);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, name);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, rename_button);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, title);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, text);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, chart_card);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, chart);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, notes_box);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, notes);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, delete_button);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, export_button);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPane, go_button);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_delete);
  gtk_widget_class_bind_template_callback (widget_class, on_export);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, on_name_done);
  gtk_widget_class_bind_template_callback (widget_class, on_name_key);
  gtk_widget_class_bind_template_callback (widget_class, mill_history_pane_rename);
  gtk_widget_class_bind_template_callback (widget_class, on_notes_left);
}

static void
mill_history_pane_init (MillHistoryPane *self)
{
  self->documents = g_ptr_array_new_with_free_func (g_object_unref);
  self->results = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

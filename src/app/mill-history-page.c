/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-history-page.h"
#include "app/mill-history-pane.h"
#include "app/mill-history-row.h"
#include "app/mill-result-export.h"

#define MARGIN_PX 24
#define NARROW_MARGIN_PX 12

typedef enum {
  FILTER_ALL,
  FILTER_MEASURED,
  FILTER_PUBLISHED,
} Filter;

struct _MillHistoryPage {
  GtkWidget parent_instance;

  GtkWidget *root;
  GtkWidget *list_side;
  GtkWidget *separator;
  MillHistoryPane *pane;
  GtkWidget *column;
  GtkBox *tools;
  GtkSearchEntry *search;
  GtkToggleButton *show_all;
  GtkToggleButton *show_measured;
  GtkToggleButton *show_published;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkListView *list;
  GtkWidget *foot;
  GtkLabel *foot_label;
  GtkWidget *foot_compare;

  MillLibrary *library;
  GtkCustomFilter *filter;
  GtkFilterListModel *filtered;
  GtkMultiSelection *selection;
  GPtrArray *selected; /* MillDocument, in the order in which they were selected */
  GStrv words;
  Filter shown;
  gboolean folded;
  gboolean narrow;
  gboolean showing_pane; /* while folded */
};

enum { PROP_0, PROP_FOLDED, PROP_NARROW, N_PROPERTIES };
enum { OPEN, COMPARE, DELETED, N_SIGNALS };

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MillHistoryPage, mill_history_page, GTK_TYPE_WIDGET)

static gboolean
is_visible (gpointer item, gpointer data)
{
  MillHistoryPage *self = data;
  gboolean published = mill_document_is_published (item);

  if ((self->shown == FILTER_MEASURED && published) ||
      (self->shown == FILTER_PUBLISHED && !published))
    return FALSE;
  return self->words == NULL || mill_document_matches (item, (const char *const *) self->words);
}

/* The list, or why it is empty. */
static void
show_list (MillHistoryPage *self)
{
  gboolean loading = self->library != NULL && mill_library_is_loading (self->library);
  const char *page = loading ? "loading" : "list";

  if (!loading && mill_history_page_get_n_visible (self) == 0)
    page = self->words != NULL ? "no-match" : "empty";
  /* One that nobody sees still has the window drawn sixty times a second. */
  gtk_spinner_set_spinning (self->spinner, loading);
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
refilter (MillHistoryPage *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_list (self);
}

static void
show_sides (MillHistoryPage *self)
{
  gboolean pane_alone = self->folded && self->showing_pane && self->selected->len > 0;

  gtk_widget_set_visible (self->list_side, !pane_alone);
  gtk_widget_set_visible (GTK_WIDGET (self->pane), !self->folded || pane_alone);
  gtk_widget_set_visible (self->separator, !self->folded);
  gtk_widget_set_hexpand (GTK_WIDGET (self->pane), pane_alone);
  gtk_widget_set_size_request (GTK_WIDGET (self->pane), self->folded ? -1 : 355, -1);
  g_object_set (self->pane, "back", pane_alone, NULL);
  gtk_widget_set_visible (self->foot, self->folded && self->selected->len > 0);
}

static void
update_foot (MillHistoryPage *self)
{
  guint n = self->selected->len;
  g_autofree char *text = g_strdup_printf (ngettext ("%u selected", "%u selected", n), n);

  gtk_label_set_text (self->foot_label, text);
  gtk_widget_set_visible (self->foot_compare, n > 1);
}

/* Keeps the order in which documents were selected: the first is the base of a comparison. */
static gboolean
sync_selected (MillHistoryPage *self)
{
  g_autoptr (GtkBitset) bits =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GPtrArray) now = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean changed = FALSE;

  for (guint i = 0; i < gtk_bitset_get_size (bits); i++)
    g_ptr_array_add (
        now, g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (bits, i)));
  for (guint i = self->selected->len; i > 0; i--) {
    if (!g_ptr_array_find (now, g_ptr_array_index (self->selected, i - 1), NULL)) {
      g_ptr_array_remove_index (self->selected, i - 1);
      changed = TRUE;
    }
  }
  for (guint i = 0; i < now->len; i++) {
    if (!g_ptr_array_find (self->selected, g_ptr_array_index (now, i), NULL)) {
      g_ptr_array_add (self->selected, g_object_ref (g_ptr_array_index (now, i)));
      changed = TRUE;
    }
  }
  return changed;
}

static void
on_selection_changed (MillHistoryPage *self)
{
  if (!sync_selected (self))
    return;
  if (self->selected->len > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->list), "selecting");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->list), "selecting");
  if (self->selected->len == 0)
    self->showing_pane = FALSE;
  update_foot (self);
  mill_history_pane_set_documents (self->pane, self->selected);
  show_sides (self);
}

static void
on_items_changed (MillHistoryPage *self)
{
  show_list (self);
  on_selection_changed (self);
}

static guint
find_position (MillHistoryPage *self, MillDocument *document)
{
  GListModel *model = G_LIST_MODEL (self->selection);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (MillDocument) item = g_list_model_get_item (model, i);

    if (item == document)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

static void
set_selected (MillHistoryPage *self, guint position, gboolean selected)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);

  if (selected)
    gtk_selection_model_select_item (model, position, FALSE);
  else
    gtk_selection_model_unselect_item (model, position);
}

static void
on_row_toggled (MillHistoryRow *row, GtkListItem *item)
{
  MillHistoryPage *self =
      MILL_HISTORY_PAGE (gtk_widget_get_ancestor (GTK_WIDGET (row), MILL_TYPE_HISTORY_PAGE));

  set_selected (self, gtk_list_item_get_position (item), mill_history_row_get_checked (row));
}

static void
on_item_selected (GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  if (row != NULL)
    mill_history_row_set_checked (MILL_HISTORY_ROW (row), gtk_list_item_get_selected (item));
}

static void
on_setup (MillHistoryPage *self, GtkListItem *item)
{
  GtkWidget *row = mill_history_row_new ();

  g_object_bind_property (self, "narrow", row, "narrow", G_BINDING_SYNC_CREATE);
  gtk_list_item_set_child (item, row);
  g_signal_connect (row, "toggled", G_CALLBACK (on_row_toggled), item);
  g_signal_connect (item, "notify::selected", G_CALLBACK (on_item_selected), NULL);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  mill_history_row_set_document (MILL_HISTORY_ROW (gtk_list_item_get_child (item)),
                                 gtk_list_item_get_item (item));
  on_item_selected (item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  mill_history_row_set_document (MILL_HISTORY_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
on_activate (MillHistoryPage *self, guint position)
{
  g_autoptr (MillDocument) document =
      g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (mill_document_is_readable (document))
    g_signal_emit (self, signals[OPEN], 0, document);
}

static void
on_search_changed (MillHistoryPage *self)
{
  g_autofree char *text = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  g_strstrip (text);
  g_clear_pointer (&self->words, g_strfreev);
  if (text[0] != '\0')
    self->words = g_strsplit (text, " ", -1);
  refilter (self);
}

static void
on_filter_toggled (MillHistoryPage *self)
{
  self->shown = gtk_toggle_button_get_active (self->show_measured)    ? FILTER_MEASURED
                : gtk_toggle_button_get_active (self->show_published) ? FILTER_PUBLISHED
                                                                      : FILTER_ALL;
  refilter (self);
}

static void
on_clear_search (MillHistoryPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_toggle_button_set_active (self->show_all, TRUE);
  on_search_changed (self);
}

static void
on_show_pane (MillHistoryPage *self)
{
  self->showing_pane = TRUE;
  show_sides (self);
}

static void
on_go_back (MillHistoryPage *self)
{
  self->showing_pane = FALSE;
  show_sides (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
on_go (MillHistoryPage *self)
{
  if (self->selected->len == 1)
    g_signal_emit (self, signals[OPEN], 0, g_ptr_array_index (self->selected, 0));
  else
    mill_history_page_compare (self);
}

void
mill_history_page_compare (MillHistoryPage *page)
{
  g_autoptr (GPtrArray) documents = mill_history_page_get_selection (page);

  for (guint i = documents->len; i > 0; i--) {
    if (!mill_document_is_readable (g_ptr_array_index (documents, i - 1)))
      g_ptr_array_remove_index (documents, i - 1);
  }
  if (documents->len > 1)
    g_signal_emit (page, signals[COMPARE], 0, documents);
}

void
mill_history_page_delete (MillHistoryPage *page)
{
  g_autoptr (GPtrArray) documents = mill_history_page_get_selection (page);
  guint n = mill_library_delete (page->library, documents);

  if (n > 0)
    g_signal_emit (page, signals[DELETED], 0, n);
}

void
mill_history_page_rename (MillHistoryPage *page)
{
  if (page->folded)
    on_show_pane (page);
  mill_history_pane_rename (page->pane);
}

void
mill_history_page_focus_search (MillHistoryPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->search));
}

static GtkWindow *
window_of (MillHistoryPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

void
mill_history_page_export (MillHistoryPage *page)
{
  g_autoptr (GPtrArray) documents = mill_history_page_get_selection (page);

  if (documents->len > 0)
    mill_result_export (window_of (page), documents);
}

GPtrArray *
mill_history_page_get_selection (MillHistoryPage *page)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < page->selected->len; i++)
    g_ptr_array_add (copy, g_object_ref (g_ptr_array_index (page->selected, i)));
  return copy;
}

void
mill_history_page_select (MillHistoryPage *page, MillDocument *document)
{
  if (!is_visible (document, page))
    on_clear_search (page);

  guint position = find_position (page, document);
  if (position == GTK_INVALID_LIST_POSITION)
    return;
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (page->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (page->list), "list.scroll-to-item", "u", position);
}

void
mill_history_page_toggle (MillHistoryPage *page, MillDocument *document)
{
  guint position = find_position (page, document);

  if (position != GTK_INVALID_LIST_POSITION)
    set_selected (
        page, position,
        !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (page->selection), position));
}

guint
mill_history_page_get_n_visible (MillHistoryPage *page)
{
  return g_list_model_get_n_items (G_LIST_MODEL (page->filtered));
}

void
mill_history_page_set_search (MillHistoryPage *page, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (page->search), text);
  on_search_changed (page);
}

void
mill_history_page_set_library (MillHistoryPage *page, MillLibrary *library)
{
  if (page->library != NULL)
    g_signal_handlers_disconnect_by_data (page->library, page);
  g_set_object (&page->library, library);
  mill_history_pane_set_library (page->pane, library);
  gtk_filter_list_model_set_model (page->filtered, G_LIST_MODEL (library));
  if (library != NULL)
    g_signal_connect_swapped (library, "notify::loading", G_CALLBACK (show_list), page);
  show_list (page);
}

static void
set_folded (MillHistoryPage *self, gboolean folded)
{
  if (self->folded == folded)
    return;
  self->folded = folded;
  show_sides (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
set_narrow (MillHistoryPage *self, gboolean narrow)
{
  int margin = narrow ? NARROW_MARGIN_PX : MARGIN_PX;

  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  gtk_widget_set_margin_start (self->column, margin);
  gtk_widget_set_margin_end (self->column, margin);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->tools),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (narrow)
    gtk_widget_add_css_class (GTK_WIDGET (self), "narrow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "narrow");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
mill_history_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillHistoryPage *self = MILL_HISTORY_PAGE (object);

  switch (id) {
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_history_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillHistoryPage *self = MILL_HISTORY_PAGE (object);

  switch (id) {
  case PROP_FOLDED:
    set_folded (self, g_value_get_boolean (value));
    break;
  case PROP_NARROW:
    set_narrow (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

/* What is written in the notes is kept when the page is left. */
static void
mill_history_page_unmap (GtkWidget *widget)
{
  mill_history_pane_commit (MILL_HISTORY_PAGE (widget)->pane);
  GTK_WIDGET_CLASS (mill_history_page_parent_class)->unmap (widget);
}

static void
mill_history_page_dispose (GObject *object)
{
  MillHistoryPage *self = MILL_HISTORY_PAGE (object);

  if (self->selection != NULL) {
    g_signal_handlers_disconnect_by_data (self->selection, self);
    g_signal_handlers_disconnect_by_data (self->filtered, self);
    gtk_list_view_set_model (self->list, NULL);
  }
  if (self->library != NULL)
    g_signal_handlers_disconnect_by_data (self->library, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  if (self->filter != NULL)
    gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
  g_clear_object (&self->filter);
  g_clear_object (&self->library);
  g_clear_pointer (&self->root, gtk_widget_unparent);

  G_OBJECT_CLASS (mill_history_page_parent_class)->dispose (object);
}

static void
mill_history_page_finalize (GObject *object)
{
  MillHistoryPage *self = MILL_HISTORY_PAGE (object);

  g_ptr_array_unref (self->selected);
  g_strfreev (self->words);

  G_OBJECT_CLASS (mill_history_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/history-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, root);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, list_side);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, separator);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, pane);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, column);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, tools);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, search);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, show_all);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, show_measured);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, show_published);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, list);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, foot);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, foot_label);
  gtk_widget_class_bind_template_child (widget_class, MillHistoryPage, foot_compare);
  gtk_widget_class_bind_template_callback (widget_class, on_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_search);
  gtk_widget_class_bind_template_callback (widget_class, on_show_pane);
  gtk_widget_class_bind_template_callback (widget_class, on_go_back);
  gtk_widget_class_bind_template_callback (widget_class, on_go);
  gtk_widget_class_bind_template_callback (widget_class, mill_history_page_delete);
  gtk_widget_class_bind_template_callback (widget_class, mill_history_page_export);
  gtk_widget_class_bind_template_callback (widget_class, mill_history_page_compare);
}

static void
mill_history_page_class_init (MillHistoryPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GType type = MILL_TYPE_HISTORY_PAGE;

  g_type_ensure (MILL_TYPE_HISTORY_PANE);
  object_class->get_property = mill_history_page_get_property;
  object_class->set_property = mill_history_page_set_property;
  object_class->dispose = mill_history_page_dispose;
  object_class->finalize = mill_history_page_finalize;
  widget_class->unmap = mill_history_page_unmap;
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, MILL_TYPE_DOCUMENT);
  signals[COMPARE] = g_signal_new ("compare", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[DELETED] = g_signal_new ("deleted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
mill_history_page_init (MillHistoryPage *self)
{
  self->selected = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filter = gtk_custom_filter_new (is_visible, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  self->selection = gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (on_selection_changed),
                            self);
  g_signal_connect_data (self->selection, "items-changed", G_CALLBACK (on_items_changed), self,
                         NULL, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_sides (self);
  show_list (self);
}

GtkWidget *
mill_history_page_new (void)
{
  return g_object_new (MILL_TYPE_HISTORY_PAGE, NULL);
}

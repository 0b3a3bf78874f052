/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-results-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-comparison-view.h"
#include "app/mill-data-table.h"
#include "app/mill-kind-list.h"
#include "app/mill-result-text.h"
#include "app/mill-timeline-tools.h"
#include "charts/mill-chart-kind.h"
#include "result/mill-sentence.h"

/* While a run goes on: at most so often, and at most a twentieth of the time. */
#define MIN_LIVE_US (G_USEC_PER_SEC / 5)
#define LIVE_REST 20
/* Any size in which a chart has all its data. */
#define DATA_WIDTH_PX 856.0
#define DATA_HEIGHT_PX 374.0

struct _MillResultsPage {
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner;
  AdwStatusPage *unreadable;
  GtkScrolledWindow *side;
  GtkWidget *side_line;
  MillKindList *kinds;
  GtkPopover *kind_popover;
  GtkMenuButton *kind_button;
  GtkWidget *body;
  GtkWidget *header;
  GtkWidget *titles;
  GtkWidget *tools;
  MillTimelineTools *timeline_tools;
  GtkLabel *name;
  GtkLabel *subtitle;
  GtkLabel *sentence;
  GtkWidget *warning_button;
  GtkLabel *warning_label;
  GtkStack *chart_stack;
  MillChartView *chart;
  MillDataTable *data;
  MillComparisonView *figures;
  MillPublishedBar *published_bar;

  GPtrArray *results; /* MillResult, owned; replaced, never changed; or NULL */
  gboolean live;
  gint64 next_live_us; /* no sooner is another round shown */
  MillDocument *document;
  GCancellable *loading;
  MillChartKind kind;
  MillChartOptions options;
  gboolean folded;
  gboolean narrow;
  gboolean show_data;
};

G_DEFINE_FINAL_TYPE (MillResultsPage, mill_results_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_FOLDED, PROP_NARROW, PROP_KIND, PROP_TIMELINE_VIEW, PROP_SHOW_DATA, N_PROPS };

static GParamSpec *properties[N_PROPS];

enum { RESULT_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static const char *const timeline_views[] = { "lane", "request" };

/* The data do not depend on how large the chart is. */
static void
update_data (MillResultsPage *self)
{
  MillChartSpec *spec = mill_chart_view_get_spec (self->chart);
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autoptr (MillScene) scene = NULL;

  if (self->show_data && spec != NULL)
    scene = mill_chart_layout (spec, MILL_THEME_LIGHT, DATA_WIDTH_PX, DATA_HEIGHT_PX, measurer);
  mill_data_table_set_scene (self->data, scene);
  gtk_stack_set_visible_child_name (self->chart_stack, self->show_data ? "data" : "chart");
}

/* The timeline takes all the room: lanes need height, and the figures are not of one trial. */
static void
update_visibility (MillResultsPage *self)
{
  gboolean timeline = self->kind == MILL_CHART_TIMELINE;

  gtk_widget_set_visible (GTK_WIDGET (self->sentence),
                          !timeline && *gtk_label_get_label (self->sentence) != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->figures), !timeline);
  gtk_widget_set_visible (GTK_WIDGET (self->timeline_tools), timeline);
}

/* The chart in its kind and options; the rest of the page stays. */
static void
update_chart (MillResultsPage *self)
{
  g_autoptr (MillChartSpec) spec = NULL;

  if (self->results != NULL)
    spec = mill_chart_spec_new (self->kind, self->results, &self->options);
  mill_chart_view_set_spec (self->chart, spec);
  gtk_menu_button_set_label (self->kind_button, _ (mill_chart_kind_info (self->kind)->label));
  mill_timeline_tools_update (self->timeline_tools);
  update_data (self);
  update_visibility (self);
}

static void
update_header (MillResultsPage *self)
{
  const MillResult *result = g_ptr_array_index (self->results, 0);
  gboolean comparing = self->results->len > 1;
  g_autofree char *warnings = mill_result_text_warnings (result);
  g_autofree char *subtitle = mill_result_text_subtitle (self->results, self->live);
  g_autofree char *name =
      comparing ? mill_result_text_comparison_title (self->results)
                : g_strdup (self->document != NULL ? mill_document_get_name (self->document)
                                                   : result->name);
  g_autofree char *sentence =
      comparing ? mill_comparison_sentence (self->results) : mill_sentence_markup (result);

  gtk_label_set_label (self->name, name != NULL ? name : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name), name);
  gtk_label_set_label (self->subtitle, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->subtitle), subtitle);
  gtk_label_set_markup (self->sentence, sentence);
  gtk_widget_set_visible (self->warning_button, warnings != NULL && !comparing);
  gtk_label_set_label (self->warning_label, warnings != NULL ? warnings : "");
}

/* The kind that was looked at stays where the new data have it. */
static void
choose_kind (MillResultsPage *self)
{
  if (mill_kind_list_is_available (self->kinds, self->kind))
    return;
  for (guint i = 0; i < MILL_N_CHART_KINDS; i++) {
    if (mill_kind_list_is_available (self->kinds, (MillChartKind) i)) {
      mill_results_page_set_kind (self, (MillChartKind) i);
      return;
    }
  }
}

/* Takes `results`. */
static void
show_results (MillResultsPage *self, GPtrArray *results, gboolean live)
{
  g_autoptr (GPtrArray) old = self->results;
  g_autoptr (MillChartSpec) spec = NULL;

  self->results = results;
  self->live = live;
  if (results != NULL) {
    const MillResult *before = old != NULL ? g_ptr_array_index (old, 0) : NULL;
    const MillResult *result = g_ptr_array_index (results, 0);

    if (before == NULL || g_strcmp0 (before->id, result->id) != 0) {
      self->options.window_start_s = NAN;
      self->options.window_end_s = NAN;
    }
    spec = mill_chart_spec_new (self->kind, results, &self->options);
    mill_kind_list_set_spec (self->kinds, spec);
    update_header (self);
    mill_comparison_view_set_results (self->figures, results);
  } else {
    mill_kind_list_set_spec (self->kinds, NULL);
  }
  update_chart (self);
  choose_kind (self);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, results != NULL ? "result" : "empty");
  g_signal_emit (self, signals[RESULT_CHANGED], 0);
}

static void
on_kind_selected (MillResultsPage *self, guint kind)
{
  gtk_popover_popdown (self->kind_popover);
  mill_results_page_set_kind (self, (MillChartKind) kind);
}

static void
on_window_changed (MillResultsPage *self)
{
  const MillChartOptions *options =
      mill_chart_spec_get_options (mill_chart_view_get_spec (self->chart));

  self->options.window_start_s = options->window_start_s;
  self->options.window_end_s = options->window_end_s;
}

static void
move_child (GtkBox *from, GtkBox *to, GtkWidget *child, GtkWidget *after)
{
  g_object_ref (child);
  gtk_box_remove (from, child);
  gtk_box_insert_child_after (to, child, after);
  g_object_unref (child);
}

/* Folded, the kinds stand in the popover of the button above the chart. */
static void
set_folded (MillResultsPage *self, gboolean folded)
{
  if (folded == self->folded)
    return;
  self->folded = folded;
  g_object_ref (self->kinds);
  if (folded) {
    gtk_scrolled_window_set_child (self->side, NULL);
    gtk_popover_set_child (self->kind_popover, GTK_WIDGET (self->kinds));
    move_child (GTK_BOX (self->header), GTK_BOX (self->tools), GTK_WIDGET (self->timeline_tools),
                GTK_WIDGET (self->kind_button));
  } else {
    gtk_popover_set_child (self->kind_popover, NULL);
    gtk_scrolled_window_set_child (self->side, GTK_WIDGET (self->kinds));
    move_child (GTK_BOX (self->tools), GTK_BOX (self->header), GTK_WIDGET (self->timeline_tools),
                self->titles);
  }
  g_object_unref (self->kinds);
  gtk_widget_set_visible (GTK_WIDGET (self->side), !folded);
  gtk_widget_set_visible (self->side_line, !folded);
  gtk_widget_set_visible (self->tools, folded);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
set_narrow (MillResultsPage *self, gboolean narrow)
{
  GtkWidget *rows[] = { self->header, self->tools, GTK_WIDGET (self->timeline_tools) };

  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (rows[i]),
                                    narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  if (narrow)
    gtk_widget_add_css_class (self->body, "narrow");
  else
    gtk_widget_remove_css_class (self->body, "narrow");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
set_timeline_view (MillResultsPage *self, const char *name)
{
  MillTimelineView view =
      g_strcmp0 (name, "request") == 0 ? MILL_TIMELINE_BY_REQUEST : MILL_TIMELINE_BY_LANE;

  if (view == self->options.timeline_view)
    return;
  self->options.timeline_view = view;
  update_chart (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMELINE_VIEW]);
}

static void
set_show_data (MillResultsPage *self, gboolean show_data)
{
  if (show_data == self->show_data)
    return;
  self->show_data = show_data;
  update_data (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_DATA]);
}

static void
mill_results_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillResultsPage *self = MILL_RESULTS_PAGE (object);

  switch (id) {
  case PROP_FOLDED:
    g_value_set_boolean (value, self->folded);
    break;
  case PROP_NARROW:
    g_value_set_boolean (value, self->narrow);
    break;
  case PROP_KIND:
    g_value_set_string (value, mill_chart_kind_info (self->kind)->id);
    break;
  case PROP_TIMELINE_VIEW:
    g_value_set_string (value, timeline_views[self->options.timeline_view]);
    break;
  case PROP_SHOW_DATA:
    g_value_set_boolean (value, self->show_data);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_results_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillResultsPage *self = MILL_RESULTS_PAGE (object);
  MillChartKind kind;

  switch (id) {
  case PROP_FOLDED:
    set_folded (self, g_value_get_boolean (value));
    break;
  case PROP_NARROW:
    set_narrow (self, g_value_get_boolean (value));
    break;
  case PROP_KIND:
    if (g_value_get_string (value) != NULL &&
        mill_chart_kind_from_id (g_value_get_string (value), &kind))
      mill_results_page_set_kind (self, kind);
    break;
  case PROP_TIMELINE_VIEW:
    set_timeline_view (self, g_value_get_string (value));
    break;
  case PROP_SHOW_DATA:
    set_show_data (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
stop_loading (MillResultsPage *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
}

/* A document's name may change while it is shown. */
static void
on_renamed (MillResultsPage *self)
{
  if (self->results != NULL && self->results->len == 1)
    gtk_label_set_label (self->name, mill_document_get_name (self->document));
}

static void
take_document (MillResultsPage *self, MillDocument *document)
{
  stop_loading (self);
  if (self->document != NULL)
    g_signal_handlers_disconnect_by_func (self->document, on_renamed, self);
  g_set_object (&self->document, document);
  if (document != NULL)
    g_signal_connect_object (document, "notify::name", G_CALLBACK (on_renamed), self,
                             G_CONNECT_SWAPPED);
}

static void
mill_results_page_dispose (GObject *object)
{
  MillResultsPage *self = MILL_RESULTS_PAGE (object);

  take_document (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), MILL_TYPE_RESULTS_PAGE);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  mill_chart_options_clear (&self->options);
  G_OBJECT_CLASS (mill_results_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, unreadable);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, side);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, side_line);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, kind_popover);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, kind_button);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, body);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, header);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, tools);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, timeline_tools);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, titles);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, name);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, sentence);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, warning_button);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, warning_label);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, chart_stack);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, chart);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, data);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, figures);
  gtk_widget_class_bind_template_child (widget_class, MillResultsPage, published_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_kind_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_window_changed);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_KIND] = g_param_spec_string ("kind", NULL, NULL, "time", flags);
  properties[PROP_TIMELINE_VIEW] = g_param_spec_string ("timeline-view", NULL, NULL, "lane", flags);
  properties[PROP_SHOW_DATA] = g_param_spec_boolean ("show-data", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mill_results_page_class_init (MillResultsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = mill_results_page_dispose;
  object_class->get_property = mill_results_page_get_property;
  object_class->set_property = mill_results_page_set_property;
  install_properties (object_class);
  signals[RESULT_CHANGED] = g_signal_new ("result-changed", MILL_TYPE_RESULTS_PAGE,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (MILL_TYPE_PUBLISHED_BAR);
  g_type_ensure (MILL_TYPE_KIND_LIST);
  g_type_ensure (MILL_TYPE_CHART_VIEW);
  g_type_ensure (MILL_TYPE_DATA_TABLE);
  g_type_ensure (MILL_TYPE_COMPARISON_VIEW);
  g_type_ensure (MILL_TYPE_TIMELINE_TOOLS);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/results-page.ui");
  bind_children (widget_class);
}

static void
mill_results_page_init (MillResultsPage *self)
{
  mill_chart_options_init (&self->options);
  mill_number_format_from_locale (&self->options.numbers);
  self->kind = MILL_CHART_TIME;
  gtk_widget_init_template (GTK_WIDGET (self));
  mill_timeline_tools_set_chart (self->timeline_tools, self->chart);
}

GtkWidget *
mill_results_page_new (void)
{
  return g_object_new (MILL_TYPE_RESULTS_PAGE, NULL);
}

void
mill_results_page_set_result (MillResultsPage *page, const MillResult *result, gboolean live)
{
  const MillResult *before = mill_results_page_get_result (page);
  gint64 start_us = g_get_monotonic_time ();
  GPtrArray *results = NULL;

  if (live && page->live && before != NULL && g_strcmp0 (before->id, result->id) == 0 &&
      start_us < page->next_live_us)
    return;
  take_document (page, NULL);
  if (result != NULL) {
    results = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
    g_ptr_array_add (results, mill_result_copy (result));
  }
  show_results (page, results, live);
  page->next_live_us =
      g_get_monotonic_time () + MAX (MIN_LIVE_US, LIVE_REST * (g_get_monotonic_time () - start_us));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillResultsPage) self = MILL_RESULTS_PAGE (data);
  MillDocument *document = MILL_DOCUMENT (source);
  g_autoptr (GError) error = NULL;
  const MillResult *loaded = mill_document_load_finish (document, result, &error);
  GPtrArray *results;

  if (document != self->document) {
    if (loaded != NULL)
      mill_document_release (document);
    return;
  }
  g_clear_object (&self->loading);
  if (loaded == NULL) {
    gtk_spinner_stop (self->spinner);
    adw_status_page_set_description (self->unreadable, error->message);
    gtk_stack_set_visible_child_name (self->stack, "unreadable");
    return;
  }
  results = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  g_ptr_array_add (results, mill_result_copy (loaded));
  mill_document_release (document);
  show_results (self, results, FALSE);
}

void
mill_results_page_set_document (MillResultsPage *page, MillDocument *document)
{
  const MillResult *known = document != NULL ? mill_document_peek_result (document) : NULL;

  take_document (page, document);
  if (document == NULL) {
    show_results (page, NULL, FALSE);
    return;
  }
  if (known == NULL) {
    g_clear_pointer (&page->results, g_ptr_array_unref);
    update_chart (page);
    g_signal_emit (page, signals[RESULT_CHANGED], 0);
    gtk_spinner_start (page->spinner);
    gtk_stack_set_visible_child_name (page->stack, "loading");
  }
  page->loading = g_cancellable_new ();
  mill_document_load_async (document, page->loading, on_loaded, g_object_ref (page));
}

MillDocument *
mill_results_page_get_document (MillResultsPage *page)
{
  return page->document;
}

void
mill_results_page_compare (MillResultsPage *page, GPtrArray *results)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);

  g_return_if_fail (results->len > 0);
  for (guint i = 0; i < results->len; i++)
    g_ptr_array_add (copies, mill_result_copy (g_ptr_array_index (results, i)));
  take_document (page, NULL);
  show_results (page, copies, FALSE);
}

const MillResult *
mill_results_page_get_result (MillResultsPage *page)
{
  return page->results != NULL ? g_ptr_array_index (page->results, 0) : NULL;
}

MillPublishedBar *
mill_results_page_get_published_bar (MillResultsPage *page)
{
  return page->published_bar;
}

MillChartView *
mill_results_page_get_chart (MillResultsPage *page)
{
  return page->chart;
}

MillChartSpec *
mill_results_page_get_spec (MillResultsPage *page)
{
  return mill_chart_view_get_spec (page->chart);
}

char *
mill_results_page_dup_sentence (MillResultsPage *page)
{
  return g_strdup (gtk_label_get_text (page->sentence));
}

void
mill_results_page_set_kind (MillResultsPage *page, MillChartKind kind)
{
  if (kind == page->kind)
    return;
  if (page->results != NULL && !mill_kind_list_is_available (page->kinds, kind)) {
    mill_kind_list_set_kind (page->kinds, page->kind);
    return;
  }
  page->kind = kind;
  mill_kind_list_set_kind (page->kinds, kind);
  update_chart (page);
  g_object_notify_by_pspec (G_OBJECT (page), properties[PROP_KIND]);
}

MillChartKind
mill_results_page_get_kind (MillResultsPage *page)
{
  return page->kind;
}

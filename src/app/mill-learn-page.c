/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-learn-page.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-lesson-view.h"

struct _MillLearnPage {
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *side;
  GtkListBox *side_list;
  GtkWidget *side_line;
  GtkWidget *bar;
  GtkStack *stack;
  GtkListBox *lessons;
  AdwComboRow *scale_row;
  MillLessonView *lesson;
  MillAdviserView *adviser;
  GtkLabel *problems_title;
  GtkListBox *problems;

  MillSession *session;
  GSettings *settings;
  MillLessonShelf *shelf;
  GHashTable *flows; /* MillLesson to MillLessonFlow: what was done is not lost */
  gboolean filling;
  gboolean folded;
  gboolean narrow;
};

G_DEFINE_FINAL_TYPE (MillLearnPage, mill_learn_page, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_FOLDED, PROP_NARROW, N_PROPS };
enum { REPLAY, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const double scales[] = { 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0 };

static double
get_scale (MillLearnPage *self)
{
  return g_settings_get_double (self->settings, "lesson-scale");
}

static gboolean
is_done (MillLearnPage *self, MillLesson *lesson)
{
  g_auto (GStrv) done = g_settings_get_strv (self->settings, "lessons-done");

  return g_strv_contains ((const char *const *) done, mill_lesson_get_id (lesson));
}

static void
remember_done (MillLearnPage *self, MillLesson *lesson)
{
  g_auto (GStrv) done = g_settings_get_strv (self->settings, "lessons-done");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_strv_builder_addv (builder, (const char **) done);
  g_strv_builder_add (builder, mill_lesson_get_id (lesson));
  all = g_strv_builder_end (builder);
  g_settings_set_strv (self->settings, "lessons-done", (const char *const *) all);
}

/* The list at the side, and the way back where there is none. */
static void
update_side (MillLearnPage *self)
{
  gboolean list = g_strcmp0 (mill_learn_page_get_visible (self), "lessons") == 0;

  gtk_widget_set_visible (self->side, !list && !self->folded);
  gtk_widget_set_visible (self->side_line, !list && !self->folded);
  gtk_widget_set_visible (self->bar, !list);
}

static void
show (MillLearnPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update_side (self);
}

static void
on_remove (MillLearnPage *self, GtkWidget *button)
{
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  int index = gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));

  mill_lesson_shelf_remove (self->shelf, (guint) index);
}

static GtkWidget *
remove_button_new (MillLearnPage *self, MillLesson *lesson)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *text =
      g_strdup_printf (_ ("Remove the Lesson “%s”"), mill_lesson_get_title (lesson));

  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
tick_new (void)
{
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_widget_add_css_class (tick, "success");
  gtk_widget_set_tooltip_text (tick, _ ("Done"));
  return tick;
}

/* A card of the list: what it asks, how long it takes, whether it is done, or why it cannot be
 * run. */
static GtkWidget *
lesson_row_new (MillLearnPage *self, guint index)
{
  MillLesson *lesson = mill_lesson_shelf_get (self->shelf, index);
  const char *skip = mill_lesson_get_skip_reason (lesson);
  g_autofree char *question = mill_lesson_get_question (lesson, get_scale (self));
  g_autofree char *title =
      g_markup_printf_escaped ("%u  %s", index + 1, mill_lesson_get_title (lesson));
  g_autofree char *subtitle = g_markup_escape_text (skip != NULL ? skip : question, -1);
  g_autofree char *duration = mill_lesson_flow_estimate_step (lesson, 0, get_scale (self));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (duration);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (skip == NULL) {
    gtk_widget_add_css_class (label, "dim-label");
    gtk_widget_add_css_class (label, "caption");
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_width_chars (GTK_LABEL (label), 10);
    gtk_label_set_xalign (GTK_LABEL (label), 1.0f);
    gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_RIGHT);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  } else {
    g_object_ref_sink (label);
    g_object_unref (label);
  }
  if (is_done (self, lesson))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), tick_new ());
  if (mill_lesson_shelf_is_own (self->shelf, index))
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove_button_new (self, lesson));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), skip == NULL);
  return row;
}

static GtkWidget *
side_row_new (MillLearnPage *self, guint index)
{
  MillLesson *lesson = mill_lesson_shelf_get (self->shelf, index);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *text = g_strdup_printf ("%u", index + 1);
  GtkWidget *number = gtk_label_new (text);
  GtkWidget *title = gtk_label_new (mill_lesson_get_title (lesson));

  gtk_label_set_width_chars (GTK_LABEL (number), 2);
  gtk_widget_add_css_class (number, "dim-label");
  gtk_widget_add_css_class (number, "numeric");
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (title), 0.0f);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), title);
  if (is_done (self, lesson))
    gtk_box_append (GTK_BOX (box), tick_new ());
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_sensitive (row, mill_lesson_get_skip_reason (lesson) == NULL);
  gtk_widget_set_tooltip_text (row, mill_lesson_get_skip_reason (lesson));
  return row;
}

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* The row of the lesson that is shown. */
static void
select_side_row (MillLearnPage *self)
{
  MillLessonFlow *flow = mill_lesson_view_get_flow (self->lesson);

  gtk_list_box_unselect_all (self->side_list);
  for (guint i = 0; flow != NULL && i < mill_lesson_shelf_get_n (self->shelf); i++) {
    if (mill_lesson_shelf_get (self->shelf, i) == mill_lesson_flow_get_lesson (flow))
      gtk_list_box_select_row (self->side_list,
                               gtk_list_box_get_row_at_index (self->side_list, (int) i));
  }
}

static void
fill (MillLearnPage *self)
{
  clear_list (self->lessons);
  clear_list (self->side_list);
  for (guint i = 0; i < mill_lesson_shelf_get_n (self->shelf); i++) {
    gtk_list_box_append (self->lessons, lesson_row_new (self, i));
    gtk_list_box_append (self->side_list, side_row_new (self, i));
  }
  select_side_row (self);
}

/* Once a lesson is measured to its end it stays done. */
static void
on_flow_changed (MillLearnPage *self, MillLessonFlow *flow)
{
  MillLesson *lesson = mill_lesson_flow_get_lesson (flow);

  if (!mill_lesson_flow_is_done (flow) || is_done (self, lesson))
    return;
  remember_done (self, lesson);
  fill (self);
}

static MillLessonFlow *
ensure_flow (MillLearnPage *self, MillLesson *lesson)
{
  MillLessonFlow *flow = g_hash_table_lookup (self->flows, lesson);

  if (flow == NULL) {
    flow = mill_lesson_flow_new (lesson, self->session, get_scale (self));
    g_hash_table_insert (self->flows, lesson, flow);
    g_signal_connect_object (flow, "changed", G_CALLBACK (on_flow_changed), self,
                             G_CONNECT_SWAPPED);
  }
  mill_lesson_flow_set_scale (flow, get_scale (self));
  return flow;
}

static gboolean
show_index (MillLearnPage *self, guint index)
{
  MillLesson *lesson;

  if (index >= mill_lesson_shelf_get_n (self->shelf))
    return FALSE;
  lesson = mill_lesson_shelf_get (self->shelf, index);
  if (mill_lesson_get_skip_reason (lesson) != NULL)
    return FALSE;
  mill_lesson_view_set_flow (self->lesson, ensure_flow (self, lesson));
  select_side_row (self);
  show (self, "lesson");
  /* The keyboard goes on where the lesson does. */
  gtk_widget_child_focus (GTK_WIDGET (self->lesson), GTK_DIR_TAB_FORWARD);
  return TRUE;
}

gboolean
mill_learn_page_show_lesson (MillLearnPage *page, const char *id)
{
  int index = page->shelf != NULL ? mill_lesson_shelf_find (page->shelf, id) : -1;

  return index >= 0 && show_index (page, (guint) index);
}

void
mill_learn_page_show_list (MillLearnPage *page)
{
  show (page, "lessons");
}

void
mill_learn_page_show_adviser (MillLearnPage *page)
{
  gtk_list_box_unselect_all (page->side_list);
  mill_adviser_view_refresh (page->adviser);
  show (page, "adviser");
}

void
mill_learn_page_show_problems (MillLearnPage *page, GFile *file, const GPtrArray *problems)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *title = g_strdup_printf (
      ngettext ("“%s” has %u mistake", "“%s” has %u mistakes", problems->len), name, problems->len);

  gtk_label_set_label (page->problems_title, title);
  clear_list (page->problems);
  for (guint i = 0; i < problems->len; i++) {
    const MillLessonProblem *problem = g_ptr_array_index (problems, i);
    GtkWidget *row = adw_action_row_new ();
    g_autofree char *message = g_markup_escape_text (problem->message, -1);
    g_autofree char *line = g_strdup_printf (_ ("Line %u"), problem->line);
    g_autofree char *place = problem->line == 0 ? g_markup_escape_text (problem->field, -1)
                             : *problem->field != '\0'
                                 ? g_markup_printf_escaped ("%s, %s", line, problem->field)
                                 : g_steal_pointer (&line);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), message);
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-warning-symbolic");
    gtk_list_box_append (page->problems, row);
  }
  gtk_list_box_unselect_all (page->side_list);
  show (page, "problems");
}

const char *
mill_learn_page_get_visible (MillLearnPage *page)
{
  return gtk_stack_get_visible_child_name (page->stack);
}

MillLessonFlow *
mill_learn_page_get_flow (MillLearnPage *page)
{
  return g_strcmp0 (mill_learn_page_get_visible (page), "lesson") == 0
             ? mill_lesson_view_get_flow (page->lesson)
             : NULL;
}

MillAdviserView *
mill_learn_page_get_adviser (MillLearnPage *page)
{
  return page->adviser;
}

MillLessonShelf *
mill_learn_page_get_shelf (MillLearnPage *page)
{
  return page->shelf;
}

gboolean
mill_learn_page_is_running (MillLearnPage *page)
{
  GHashTableIter flows;
  gpointer flow;

  g_hash_table_iter_init (&flows, page->flows);
  while (g_hash_table_iter_next (&flows, NULL, &flow)) {
    if (mill_lesson_flow_is_running (flow))
      return TRUE;
  }
  return FALSE;
}

static void
on_lesson_activated (MillLearnPage *self, GtkListBoxRow *row)
{
  show_index (self, (guint) gtk_list_box_row_get_index (row));
}

static void
on_side_activated (MillLearnPage *self, GtkListBoxRow *row)
{
  show_index (self, (guint) gtk_list_box_row_get_index (row));
}

static void
on_all (MillLearnPage *self)
{
  mill_learn_page_show_list (self);
}

/* The next one that can be run; after the last, the list. */
static void
on_next (MillLearnPage *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->side_list);

  for (guint i = row != NULL ? (guint) gtk_list_box_row_get_index (row) + 1 : 0;
       i < mill_lesson_shelf_get_n (self->shelf); i++) {
    if (show_index (self, i))
      return;
  }
  mill_learn_page_show_list (self);
}

static void
on_replay (MillLearnPage *self)
{
  MillLessonFlow *flow = mill_lesson_view_get_flow (self->lesson);
  const char *const *models = mill_lesson_get_replay_models (mill_lesson_flow_get_lesson (flow));
  g_autoptr (MillChartSpec) spec = mill_lesson_flow_dup_chart (flow, FALSE);

  if (spec != NULL)
    g_signal_emit (self, signals[REPLAY], 0, spec, models != NULL ? models[0] : NULL,
                   models != NULL && models[0] != NULL ? models[1] : NULL);
}

static void
on_scale_selected (MillLearnPage *self)
{
  guint selected = adw_combo_row_get_selected (self->scale_row);

  if (!self->filling && self->settings != NULL && selected < G_N_ELEMENTS (scales))
    g_settings_set_double (self->settings, "lesson-scale", scales[selected]);
}

static void
on_scale_changed (MillLearnPage *self)
{
  double scale = get_scale (self);
  guint nearest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++) {
    if (fabs (log (scales[i] / scale)) < fabs (log (scales[nearest] / scale)))
      nearest = i;
  }
  self->filling = TRUE;
  adw_combo_row_set_selected (self->scale_row, nearest);
  self->filling = FALSE;
  fill (self);
}

static void
fill_scales (MillLearnPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++) {
    g_autofree char *name =
        scales[i] == 1.0 ? g_strdup (_ ("as written")) : g_strdup_printf (_ ("%g ×"), scales[i]);

    gtk_string_list_append (names, name);
  }
  self->filling = TRUE;
  adw_combo_row_set_model (self->scale_row, G_LIST_MODEL (names));
  self->filling = FALSE;
}

void
mill_learn_page_set_up (MillLearnPage *page,
                        MillSession *session,
                        MillLibrary *library,
                        GSettings *settings,
                        MillLessonShelf *shelf)
{
  g_return_if_fail (page->session == NULL);

  page->session = g_object_ref (session);
  page->settings = g_object_ref (settings);
  page->shelf = g_object_ref (shelf);
  mill_adviser_view_set_library (page->adviser, library);
  g_signal_connect_object (shelf, "changed", G_CALLBACK (fill), page, G_CONNECT_SWAPPED);
  g_signal_connect_object (settings, "changed::lesson-scale", G_CALLBACK (on_scale_changed), page,
                           G_CONNECT_SWAPPED);
  on_scale_changed (page);
}

static void
mill_learn_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillLearnPage *self = MILL_LEARN_PAGE (object);

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
mill_learn_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  MillLearnPage *self = MILL_LEARN_PAGE (object);
  gboolean set = g_value_get_boolean (value);
  gboolean *place = id == PROP_FOLDED ? &self->folded : &self->narrow;

  if (id != PROP_FOLDED && id != PROP_NARROW) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  if (set == *place)
    return;
  *place = set;
  if (id == PROP_NARROW)
    g_object_set (self->lesson, "narrow", set, NULL);
  update_side (self);
  g_object_notify_by_pspec (object, pspec);
}

static void
mill_learn_page_dispose (GObject *object)
{
  MillLearnPage *self = MILL_LEARN_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), MILL_TYPE_LEARN_PAGE);
  g_hash_table_remove_all (self->flows);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_object (&self->shelf);
  G_OBJECT_CLASS (mill_learn_page_parent_class)->dispose (object);
}

static void
mill_learn_page_finalize (GObject *object)
{
  g_hash_table_unref (MILL_LEARN_PAGE (object)->flows);
  G_OBJECT_CLASS (mill_learn_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, box);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, side);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, side_list);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, side_line);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, bar);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, stack);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, lessons);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, scale_row);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, lesson);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, adviser);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, problems_title);
  gtk_widget_class_bind_template_child (widget_class, MillLearnPage, problems);
  gtk_widget_class_bind_template_callback (widget_class, on_lesson_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_side_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_replay);
  gtk_widget_class_bind_template_callback (widget_class, on_scale_selected);
}

static void
mill_learn_page_class_init (MillLearnPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = mill_learn_page_dispose;
  object_class->finalize = mill_learn_page_finalize;
  object_class->get_property = mill_learn_page_get_property;
  object_class->set_property = mill_learn_page_set_property;
  properties[PROP_FOLDED] = g_param_spec_boolean ("folded", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[REPLAY] =
      g_signal_new ("replay", MILL_TYPE_LEARN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 3, G_TYPE_POINTER, G_TYPE_STRING, G_TYPE_STRING);
  g_type_ensure (MILL_TYPE_LESSON_VIEW);
  g_type_ensure (MILL_TYPE_ADVISER_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/learn-page.ui");
  bind_children (widget_class);
}

static void
mill_learn_page_init (MillLearnPage *self)
{
  self->flows = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_scales (self);
}

GtkWidget *
mill_learn_page_new (void)
{
  return g_object_new (MILL_TYPE_LEARN_PAGE, NULL);
}

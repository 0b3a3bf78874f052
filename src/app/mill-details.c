/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-details.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "result/mill-table.h"

struct _MillDetails {
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  AdwPreferencesGroup *warnings;
  AdwPreferencesGroup *trials;
  AdwPreferencesGroup *environment;
};

G_DEFINE_FINAL_TYPE (MillDetails, mill_details, ADW_TYPE_WINDOW)

/* What the members of the environment are called; the others are shown under their own names. */
static const struct {
  const char *member;
  const char *label;
} environment_labels[] = {
  { "cpu_model", N_ ("Processor") },
  { "cores", N_ ("Cores") },
  { "cores_machine", N_ ("Cores of the machine") },
  { "memory_mib", N_ ("Memory, MiB") },
  { "os", N_ ("System") },
  { "kernel", N_ ("Kernel") },
  { "architecture", N_ ("Architecture") },
  { "governor", N_ ("Frequency governor") },
  { "turbo", N_ ("Turbo") },
  { "on_battery", N_ ("On battery") },
  { "load_average", N_ ("Load before the run") },
  { "container", N_ ("Container") },
  { "cpu_quota_cores", N_ ("Limit of cores") },
  { "memory_limit_mib", N_ ("Limit of memory, MiB") },
  { "virtualisation", N_ ("Virtualisation") },
  { "libraries", N_ ("Libraries") },
  { "machines", N_ ("Machines") },
};

static GtkWidget *
text_row (const char *title, const char *value)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (value);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

/* The machines of a merged result, by their names. */
static char *
labels_to_text (JsonArray *array)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *label = JSON_NODE_HOLDS_OBJECT (element)
                            ? json_object_get_string_member_with_default (
                                  json_node_get_object (element), "label", NULL)
                            : NULL;

    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", label != NULL ? label : "–");
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
value_to_text (JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    return labels_to_text (json_node_get_array (node));
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    JsonObject *object = json_node_get_object (node);
    g_autoptr (GList) members = json_object_get_members (object);
    g_autoptr (GString) text = g_string_new (NULL);

    for (GList *l = members; l != NULL; l = l->next) {
      g_autofree char *value = value_to_text (json_object_get_member (object, l->data));

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", (const char *) l->data,
                              value);
    }
    return g_string_free (g_steal_pointer (&text), FALSE);
  }
  if (!JSON_NODE_HOLDS_VALUE (node))
    return g_strdup ("–");
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _ ("yes") : _ ("no"));
  return mill_format_number (json_node_get_double (node));
}

static void
add_environment (MillDetails *self, const MillResult *result)
{
  JsonObject *object = result->environment != NULL && JSON_NODE_HOLDS_OBJECT (result->environment)
                           ? json_node_get_object (result->environment)
                           : NULL;

  if (result->published) {
    adw_preferences_group_add (
        self->environment,
        text_row (_ ("Published by"), result->source != NULL ? result->source : "–"));
    if (result->source_url != NULL)
      adw_preferences_group_add (self->environment, text_row (_ ("Source"), result->source_url));
  }
  for (guint i = 0; object != NULL && i < G_N_ELEMENTS (environment_labels); i++) {
    JsonNode *node = json_object_get_member (object, environment_labels[i].member);

    if (node == NULL || JSON_NODE_HOLDS_NULL (node))
      continue;
    g_autofree char *value = value_to_text (node);
    adw_preferences_group_add (self->environment,
                               text_row (_ (environment_labels[i].label), value));
  }
  if (result->program_version != NULL) {
    g_autofree char *version = g_strdup_printf (_ ("Threadmill %s"), result->program_version);

    adw_preferences_group_add (self->environment, text_row (_ ("Program"), version));
  }
}

static void
add_warnings (MillDetails *self, const MillResult *result)
{
  gtk_widget_set_visible (GTK_WIDGET (self->warnings), result->warnings->len > 0);
  for (guint i = 0; i < result->warnings->len; i++) {
    const MillWarning *warning = g_ptr_array_index (result->warnings, i);
    GtkWidget *row = adw_action_row_new ();
    GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

    gtk_widget_add_css_class (icon, "warning");
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), warning->message);
    if (warning->model != NULL)
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), warning->model);
    adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
    adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
    adw_preferences_group_add (self->warnings, row);
  }
}

static const char *
status_text (const MillTrialResult *trial)
{
  switch (trial->status) {
  case MILL_TRIAL_COMPLETE:
    return trial->verified == 1   ? _ ("counts verified by the server")
           : trial->verified == 0 ? _ ("counts differ from the server's")
                                  : _ ("complete");
  case MILL_TRIAL_PARTIAL:
    return _ ("partial");
  case MILL_TRIAL_FAILED:
  default:
    return _ ("failed");
  }
}

/* Every figure that a trial has, under its row. */
static void
add_trial_figures (AdwExpanderRow *row, const MillTrialResult *trial)
{
  if (trial->reason != NULL)
    adw_expander_row_add_row (row, text_row (_ ("Reason"), trial->reason));
  if (trial->verification != NULL)
    adw_expander_row_add_row (row, text_row (_ ("Verification"), trial->verification));
  for (guint i = 0; i < MILL_N_FIGURES; i++) {
    const MillFigureInfo *info = mill_figure_info ((MillFigure) i);
    double value = mill_trial_result_get_figure (trial, (MillFigure) i);

    if (isnan (value))
      continue;
    g_autofree char *number = mill_format_number (value);
    g_autofree char *text = *info->unit != '\0' ? g_strdup_printf ("%s %s", number, info->unit)
                                                : g_steal_pointer (&number);
    adw_expander_row_add_row (row, text_row (_ (info->label), text));
  }
}

/* The figures are made when they are first looked at: a run may have thousands of trials. */
static void
on_trial_expanded (AdwExpanderRow *row, GParamSpec *pspec, gpointer data)
{
  const MillTrialResult *trial = g_object_get_data (G_OBJECT (row), "trial");

  if (!adw_expander_row_get_expanded (row) || trial == NULL)
    return;
  add_trial_figures (row, trial);
  g_object_set_data (G_OBJECT (row), "trial", NULL);
}

static void
add_trial (MillDetails *self, const MillTrialResult *trial)
{
  GtkWidget *row = adw_expander_row_new ();
  g_autofree char *time = mill_format_duration (trial->wall_time_s);
  g_autofree char *title =
      g_strdup_printf (_ ("%d. %s, repetition %d"), trial->order, trial->model, trial->repetition);
  g_autofree char *subtitle =
      g_strdup_printf (_ ("%s, %s"), isnan (trial->wall_time_s) ? "–" : time, status_text (trial));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), subtitle);
  g_object_set_data_full (G_OBJECT (row), "trial", mill_trial_result_copy (trial),
                          (GDestroyNotify) mill_trial_result_free);
  g_signal_connect (row, "notify::expanded", G_CALLBACK (on_trial_expanded), NULL);
  adw_preferences_group_add (self->trials, row);
}

static gboolean
on_close_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (widget));
  return GDK_EVENT_STOP;
}

static void
mill_details_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), MILL_TYPE_DETAILS);
  G_OBJECT_CLASS (mill_details_parent_class)->dispose (object);
}

static void
mill_details_class_init (MillDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_details_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/details.ui");
  gtk_widget_class_bind_template_child (widget_class, MillDetails, title);
  gtk_widget_class_bind_template_child (widget_class, MillDetails, warnings);
  gtk_widget_class_bind_template_child (widget_class, MillDetails, trials);
  gtk_widget_class_bind_template_child (widget_class, MillDetails, environment);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_close_key, NULL);
}

static void
mill_details_init (MillDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

MillDetails *
mill_details_new (GtkWindow *parent, const MillResult *result)
{
  MillDetails *self = g_object_new (MILL_TYPE_DETAILS, "transient-for", parent, NULL);
  guint shown = MIN (result->trials->len, 500);
  g_autofree char *heading = NULL;

  adw_window_title_set_subtitle (self->title, result->name != NULL ? result->name : "");
  add_warnings (self, result);
  for (guint i = 0; i < shown; i++)
    add_trial (self, g_ptr_array_index (result->trials, i));
  if (shown < result->trials->len) {
    heading = g_strdup_printf (_ ("The first %u of %u; export the result as CSV for all."), shown,
                               result->trials->len);
    adw_preferences_group_set_description (self->trials, heading);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->trials), shown > 0);
  add_environment (self, result);
  return self;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-compat.h"
#include "app/mill-load.h"
#include "app/mill-note-row.h"
#include "app/mill-number-row.h"
#include "app/mill-work-section.h"
#include "experiment/mill-url-list.h"

typedef enum {
  TARGET_SERVER,
  TARGET_URL,
  TARGET_LIST,
} Target;

struct _MillWorkSection {
  AdwPreferencesGroup parent_instance;

  AdwComboRow *workload;
  MillNumberRow *rounds;
  AdwComboRow *target;
  AdwEntryRow *url;
  AdwActionRow *list;
  MillNoteRow *urls_note;
  MillNumberRow *delay;
  AdwExpanderRow *server;
  AdwComboRow *distribution;
  MillNumberRow *jitter;
  MillNumberRow *body_size;
  MillNumberRow *error_rate;
  MillNumberRow *drop_rate;

  GStrv urls;         /* of the list; NULL: none chosen */
  char *list_name;    /* of its file, or NULL */
  char *list_problem; /* why a file could not be taken, or NULL */
  GCancellable *loading_list;
  gboolean loading; /* fields are being set, not edited */
};

static void mill_work_section_iface_init (MillFormSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MillWorkSection,
                               mill_work_section,
                               ADW_TYPE_PREFERENCES_GROUP,
                               G_IMPLEMENT_INTERFACE (MILL_TYPE_FORM_SECTION,
                                                      mill_work_section_iface_init))

static void
show (gpointer row, gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (row), visible);
}

static void
describe_list (MillWorkSection *self)
{
  guint n_urls = self->urls != NULL ? g_strv_length (self->urls) : 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u URL", "%u URLs", n_urls), n_urls);
  g_autofree char *text = NULL;

  if (n_urls == 0)
    text = g_strdup (_ ("A text file, one URL a line; choose it or drop it here"));
  else if (self->list_name != NULL)
    /* Translators: a number of URLs, then the name of the file they come from. */
    text = g_strdup_printf (_ ("%s from %s"), count, self->list_name);
  else
    text = g_strdup (count);
  adw_action_row_set_subtitle (self->list, text);
}

static void
update_visibility (MillWorkSection *self)
{
  gboolean http = adw_combo_row_get_selected (self->workload) == MILL_WORKLOAD_HTTP;
  Target target = adw_combo_row_get_selected (self->target);
  gboolean fixed = adw_combo_row_get_selected (self->distribution) == MILL_DISTRIBUTION_FIXED;

  show (self->rounds, !http);
  show (self->target, http);
  show (self->delay, http && target == TARGET_SERVER);
  show (self->server, http && target == TARGET_SERVER);
  show (self->url, http && target == TARGET_URL);
  show (self->list, http && target == TARGET_LIST);
  /* A jitter that a document brought along stays visible, it is what is wrong. */
  show (self->jitter, !fixed || mill_number_row_get_value (self->jitter) != 0 ||
                          !mill_number_row_is_readable (self->jitter));
  if (!http || target == TARGET_SERVER)
    show (self->urls_note, FALSE);
}

static void
on_changed (MillWorkSection *self)
{
  if (self->loading)
    return;
  update_visibility (self);
  mill_form_section_changed (MILL_FORM_SECTION (self));
}

static gpointer
load_urls (GFile *file, GCancellable *cancellable, GError **error)
{
  return mill_url_list_load (file, cancellable, error);
}

static void
on_list_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillWorkSection) self = MILL_WORK_SECTION (data);
  g_autoptr (GError) error = NULL;
  GStrv urls = mill_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_pointer (&self->list_problem, g_free);
  if (urls != NULL) {
    g_strfreev (self->urls);
    self->urls = urls;
    g_autofree char *name = g_file_get_basename (G_FILE (source));
    g_free (self->list_name);
    self->list_name = g_filename_display_name (name);
    describe_list (self);
  } else {
    self->list_problem = g_strdup (error->message);
  }
  on_changed (self);
}

void
mill_work_section_load_list (MillWorkSection *self, GFile *file)
{
  g_cancellable_cancel (self->loading_list);
  g_clear_object (&self->loading_list);
  self->loading_list = g_cancellable_new ();
  adw_combo_row_set_selected (self->target, TARGET_LIST);
  mill_load_async (file, load_urls, (GDestroyNotify) g_strfreev, self->loading_list, on_list_loaded,
                   g_object_ref (self));
}

static void
on_list_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillWorkSection) self = MILL_WORK_SECTION (data);
  g_autoptr (GListModel) files = mill_compat_open_files_finish (result, NULL);

  if (files == NULL)
    return;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  mill_work_section_load_list (self, file);
}

static void
on_choose_list (MillWorkSection *self)
{
  static const char *const text_patterns[] = { "*.txt", "*.csv", "*.list", NULL };
  static const char *const all_patterns[] = { "*", NULL };
  const MillFileFilter filters[] = { { _ ("Text files"), text_patterns },
                                     { _ ("All files"), all_patterns } };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  mill_compat_open_files_async (GTK_WINDOW (root), _ ("Choose a List of URLs"), filters,
                                G_N_ELEMENTS (filters), FALSE, on_list_chosen, g_object_ref (self));
}

static gboolean
on_drop (MillWorkSection *self, const GValue *value)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL)
    return FALSE;
  mill_work_section_load_list (self, file);
  return TRUE;
}

static void
mill_work_section_load (MillFormSection *section, const MillExperiment *experiment)
{
  MillWorkSection *self = MILL_WORK_SECTION (section);
  const MillServerSettings *server = &experiment->server;
  guint n_urls = experiment->urls != NULL ? g_strv_length (experiment->urls) : 0;

  self->loading = TRUE;
  g_cancellable_cancel (self->loading_list);
  g_clear_object (&self->loading_list);
  g_clear_pointer (&self->list_problem, g_free);
  adw_combo_row_set_selected (self->workload, experiment->workload);
  mill_number_row_set_value (self->rounds, experiment->rounds);
  if (experiment->urls == NULL) {
    adw_combo_row_set_selected (self->target, TARGET_SERVER);
  } else if (n_urls == 1) {
    adw_combo_row_set_selected (self->target, TARGET_URL);
    gtk_editable_set_text (GTK_EDITABLE (self->url), experiment->urls[0]);
  } else {
    adw_combo_row_set_selected (self->target, TARGET_LIST);
    g_strfreev (self->urls);
    self->urls = g_strdupv (experiment->urls);
    g_clear_pointer (&self->list_name, g_free);
  }
  mill_number_row_set_value (self->delay, server->delay_s);
  adw_combo_row_set_selected (self->distribution, server->distribution);
  mill_number_row_set_value (self->jitter, server->jitter_s);
  mill_number_row_set_value (self->body_size, (double) server->body_size_bytes);
  mill_number_row_set_value (self->error_rate, server->error_rate);
  mill_number_row_set_value (self->drop_rate, server->drop_rate);
  adw_expander_row_set_expanded (self->server, server->distribution != MILL_DISTRIBUTION_FIXED ||
                                                   server->body_size_bytes >= 0 ||
                                                   server->error_rate > 0 || server->drop_rate > 0);
  describe_list (self);
  update_visibility (self);
  self->loading = FALSE;
}

static void
store_urls (MillWorkSection *self, MillExperiment *experiment)
{
  const char *one[] = { gtk_editable_get_text (GTK_EDITABLE (self->url)), NULL };
  const char *none[] = { NULL };

  g_clear_pointer (&experiment->urls, g_strfreev);
  switch ((Target) adw_combo_row_get_selected (self->target)) {
  case TARGET_URL:
    experiment->urls = g_strdupv ((char **) one);
    break;
  case TARGET_LIST:
    experiment->urls = g_strdupv (self->urls != NULL ? self->urls : (char **) none);
    break;
  case TARGET_SERVER:
  default:
    break;
  }
}

static gboolean
mill_work_section_store (MillFormSection *section, MillExperiment *experiment)
{
  MillWorkSection *self = MILL_WORK_SECTION (section);
  MillServerSettings *server = &experiment->server;
  MillNumberRow *of_server[] = { self->delay, self->jitter, self->body_size, self->error_rate,
                                 self->drop_rate };
  gboolean readable = TRUE;

  experiment->workload = (MillWorkloadKind) adw_combo_row_get_selected (self->workload);
  experiment->rounds = (int) mill_number_row_get_value (self->rounds);
  store_urls (self, experiment);
  server->delay_s = mill_number_row_get_value (self->delay);
  server->distribution = (MillDistribution) adw_combo_row_get_selected (self->distribution);
  server->jitter_s = mill_number_row_get_value (self->jitter);
  server->body_size_bytes = (gint64) mill_number_row_get_value (self->body_size);
  server->error_rate = mill_number_row_get_value (self->error_rate);
  server->drop_rate = mill_number_row_get_value (self->drop_rate);
  if (experiment->workload == MILL_WORKLOAD_CPU)
    return mill_number_row_is_readable (self->rounds);
  for (guint i = 0; i < G_N_ELEMENTS (of_server) && experiment->urls == NULL; i++)
    readable = mill_number_row_is_readable (of_server[i]) && readable;
  return readable && (experiment->urls == NULL || self->list_problem == NULL);
}

static void
mark_urls (MillWorkSection *self, const char *message)
{
  Target target = adw_combo_row_get_selected (self->target);
  GtkWidget *field = target == TARGET_URL ? GTK_WIDGET (self->url) : GTK_WIDGET (self->list);

  if (target == TARGET_LIST && self->list_problem != NULL)
    message = self->list_problem;
  mill_note_row_set_text (self->urls_note, field, message);
}

static gboolean
mill_work_section_mark (MillFormSection *section, const char *field, const char *message)
{
  MillWorkSection *self = MILL_WORK_SECTION (section);
  const struct {
    const char *field;
    MillNumberRow *row;
  } numbers[] = {
    { "rounds", self->rounds },
    { "delay_s", self->delay },
    { "jitter_s", self->jitter },
    { "distribution", self->jitter },
    { "body_size_bytes", self->body_size },
    { "error_rate", self->error_rate },
    { "drop_rate", self->drop_rate },
  };
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    if (field != NULL && !g_str_equal (numbers[i].field, field))
      continue;
    mill_number_row_set_problem (numbers[i].row, message);
    if (field != NULL && i >= 2)
      adw_expander_row_set_expanded (self->server, TRUE);
    found = TRUE;
  }
  if (field == NULL || g_str_equal (field, "urls")) {
    mark_urls (self, message);
    found = TRUE;
  }
  return found;
}

static void
mill_work_section_iface_init (MillFormSectionInterface *iface)
{
  iface->load = mill_work_section_load;
  iface->store = mill_work_section_store;
  iface->mark = mill_work_section_mark;
}

static void
mill_work_section_dispose (GObject *object)
{
  MillWorkSection *self = MILL_WORK_SECTION (object);

  g_cancellable_cancel (self->loading_list);
  g_clear_object (&self->loading_list);

  G_OBJECT_CLASS (mill_work_section_parent_class)->dispose (object);
}

static void
mill_work_section_finalize (GObject *object)
{
  MillWorkSection *self = MILL_WORK_SECTION (object);

  g_strfreev (self->urls);
  g_free (self->list_name);
  g_free (self->list_problem);

  G_OBJECT_CLASS (mill_work_section_parent_class)->finalize (object);
}

static void
mill_work_section_class_init (MillWorkSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = mill_work_section_dispose;
  G_OBJECT_CLASS (klass)->finalize = mill_work_section_finalize;

  g_type_ensure (MILL_TYPE_NUMBER_ROW);
  g_type_ensure (MILL_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, MILL_APP_PATH "/ui/work-section.ui");
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, workload);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, rounds);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, target);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, url);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, list);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, urls_note);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, delay);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, server);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, distribution);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, jitter);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, body_size);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, error_rate);
  gtk_widget_class_bind_template_child (widget_class, MillWorkSection, drop_rate);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_list);
}

static void
mill_work_section_init (MillWorkSection *self)
{
  GtkDropTarget *drop;

  gtk_widget_init_template (GTK_WIDGET (self));
  drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (drop));
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "app/mill-compat.h"
#include "app/mill-load.h"
#include "app/mill-note-row.h"
#include "app/mill-number-row.h"
#include "app/mill-request-section.h"
#include "app/mill-text-row.h"
#include "experiment/mill-json.h"

/* A longer text is shown as a file: nobody edits it here, and it would make the form slow. */
#define MAX_TEXT_BYTES (64 * 1024)
#define MAX_CA_FILE_BYTES (16 * 1024 * 1024)

typedef enum {
  BODY_NONE,
  BODY_TEXT,
  BODY_FILE,
} BodyKind;

struct _MillRequestSection {
  AdwPreferencesGroup parent_instance;

  AdwExpanderRow *expander;
  AdwEntryRow *method;
  MillNoteRow *method_note;
  MillTextRow *headers;
  AdwComboRow *body_kind;
  MillTextRow *body_text;
  AdwActionRow *body_file;
  MillNoteRow *body_note;
  GtkSwitch *keep_alive;
  AdwComboRow *after;
  MillNumberRow *timeout;
  AdwEntryRow *ca_file;
  MillNoteRow *ca_file_note;
  GtkSwitch *use_proxy;

  GBytes *body; /* of the file, or NULL */
  char *body_problem;
  gboolean loading; /* fields are being set, not edited */
};

static void mill_request_section_iface_init (MillFormSectionInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (MillRequestSection,
                               mill_request_section,
                               ADW_TYPE_PREFERENCES_GROUP,
                               G_IMPLEMENT_INTERFACE (MILL_TYPE_FORM_SECTION,
                                                      mill_request_section_iface_init))

/* The collapsed row tells what differs from a plain GET. */
static void
describe (MillRequestSection *self)
{
  const char *method = gtk_editable_get_text (GTK_EDITABLE (self->method));
  g_autofree char *timeout =
      g_strdup_printf (_ ("timeout %g s"), mill_number_row_get_value (self->timeout));
  g_autofree char *text = g_strdup_printf (
      "%s, %s, %s", method,
      gtk_switch_get_active (self->keep_alive) ? _ ("keep-alive") : _ ("no keep-alive"), timeout);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_expander_row_set_subtitle (self->expander, escaped);
}

static void
describe_body (MillRequestSection *self)
{
  g_autofree char *size = self->body != NULL ? g_format_size (g_bytes_get_size (self->body)) : NULL;

  adw_action_row_set_subtitle (self->body_file, size != NULL ? size : _ ("No file chosen"));
}

static void
update_visibility (MillRequestSection *self)
{
  BodyKind kind = adw_combo_row_get_selected (self->body_kind);

  gtk_widget_set_visible (GTK_WIDGET (self->body_text), kind == BODY_TEXT);
  gtk_widget_set_visible (GTK_WIDGET (self->body_file), kind == BODY_FILE);
  if (kind != BODY_FILE)
    gtk_widget_set_visible (GTK_WIDGET (self->body_note), FALSE);
  describe (self);
}

static void
on_changed (MillRequestSection *self)
{
  if (self->loading)
    return;
  update_visibility (self);
  mill_form_section_changed (MILL_FORM_SECTION (self));
}

static gpointer
load_body (GFile *file, GCancellable *cancellable, GError **error)
{
  return mill_file_read (file, MILL_MAX_BODY_BYTES, cancellable, error);
}

static void
on_body_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillRequestSection) self = MILL_REQUEST_SECTION (data);
  g_autoptr (GError) error = NULL;
  GBytes *body = mill_load_finish (result, &error);

  g_clear_pointer (&self->body_problem, g_free);
  if (body != NULL) {
    g_clear_pointer (&self->body, g_bytes_unref);
    self->body = body;
    describe_body (self);
  } else {
    self->body_problem = g_strdup (error->message);
  }
  on_changed (self);
}

static void
on_body_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillRequestSection) self = MILL_REQUEST_SECTION (data);
  g_autoptr (GListModel) files = mill_compat_open_files_finish (result, NULL);

  if (files == NULL)
    return;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  mill_load_async (file, load_body, (GDestroyNotify) g_bytes_unref, NULL, on_body_loaded,
                   g_object_ref (self));
}

static void
on_choose_body (MillRequestSection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  mill_compat_open_files_async (GTK_WINDOW (root), _ ("Choose a Body"), NULL, 0, FALSE,
                                on_body_chosen, g_object_ref (self));
}

/* The path of certificates that can be shown and kept; those of a portal are copied. */
static gpointer
keep_ca_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autoptr (GFile) folder =
      g_file_new_build_filename (g_get_user_data_dir (), "threadmill", "certificates", NULL);
  g_autoptr (GFile) copy = g_file_get_child (folder, name);
  g_autoptr (GBytes) bytes = NULL;

  if (!mill_file_is_from_portal (file))
    return g_filename_to_utf8 (g_file_peek_path (file), -1, NULL, NULL, error);
  bytes = mill_file_read (file, MAX_CA_FILE_BYTES, cancellable, error);
  if (bytes == NULL)
    return NULL;
  /* Where that fails, writing says so. */
  g_file_make_directory_with_parents (folder, cancellable, NULL);
  if (!mill_file_write (copy, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes),
                        cancellable, error))
    return NULL;
  return g_filename_to_utf8 (g_file_peek_path (copy), -1, NULL, NULL, error);
}

static void
on_ca_file_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillRequestSection) self = MILL_REQUEST_SECTION (data);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = mill_load_finish (result, &error);

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->ca_file), path);
  else
    mill_note_row_set_text (self->ca_file_note, GTK_WIDGET (self->ca_file), error->message);
}

static void
on_ca_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillRequestSection) self = MILL_REQUEST_SECTION (data);
  g_autoptr (GListModel) files = mill_compat_open_files_finish (result, NULL);

  if (files == NULL)
    return;
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);
  if (g_file_peek_path (file) != NULL)
    mill_load_async (file, keep_ca_file, g_free, NULL, on_ca_file_kept, g_object_ref (self));
}

static void
on_choose_ca_file (MillRequestSection *self)
{
  static const char *const pem_patterns[] = { "*.pem", "*.crt", "*.cer", NULL };
  static const char *const all_patterns[] = { "*", NULL };
  const MillFileFilter filters[] = { { _ ("Certificates"), pem_patterns },
                                     { _ ("All files"), all_patterns } };
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  mill_compat_open_files_async (GTK_WINDOW (root), _ ("Choose Certificate Authorities"), filters,
                                G_N_ELEMENTS (filters), FALSE, on_ca_file_chosen,
                                g_object_ref (self));
}

static void
show_body (MillRequestSection *self, GBytes *body)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;

  if (body == NULL) {
    adw_combo_row_set_selected (self->body_kind, BODY_NONE);
  } else if (length <= MAX_TEXT_BYTES &&
             (length == 0 || g_utf8_validate_len (data, length, NULL))) {
    g_autofree char *text = g_strndup (data != NULL ? data : "", length);
    adw_combo_row_set_selected (self->body_kind, BODY_TEXT);
    mill_text_row_set_text (self->body_text, text);
  } else {
    adw_combo_row_set_selected (self->body_kind, BODY_FILE);
    g_clear_pointer (&self->body, g_bytes_unref);
    self->body = g_bytes_ref (body);
  }
  describe_body (self);
}

static void
mill_request_section_load (MillFormSection *section, const MillExperiment *experiment)
{
  MillRequestSection *self = MILL_REQUEST_SECTION (section);
  g_autofree char *headers = g_strjoinv ("\n", experiment->headers);

  self->loading = TRUE;
  g_clear_pointer (&self->body_problem, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->method), experiment->method);
  mill_text_row_set_text (self->headers, headers);
  show_body (self, experiment->body);
  gtk_switch_set_active (self->keep_alive, experiment->keep_alive);
  adw_combo_row_set_selected (self->after, experiment->after);
  mill_number_row_set_value (self->timeout, experiment->timeout_s);
  gtk_editable_set_text (GTK_EDITABLE (self->ca_file),
                         experiment->ca_file != NULL ? experiment->ca_file : "");
  gtk_switch_set_active (self->use_proxy, experiment->use_proxy);
  update_visibility (self);
  mill_request_section_set_workload (self, experiment->workload);
  self->loading = FALSE;
}

/* One header a line; an empty line is none. */
static GStrv
read_headers (MillRequestSection *self)
{
  g_autofree char *text = mill_text_row_dup_text (self->headers);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++) {
    if (*lines[i] != '\0')
      g_strv_builder_add (headers, lines[i]);
  }
  return g_strv_builder_end (headers);
}

static GBytes *
read_body (MillRequestSection *self)
{
  char *text;

  switch ((BodyKind) adw_combo_row_get_selected (self->body_kind)) {
  case BODY_TEXT:
    text = mill_text_row_dup_text (self->body_text);
    return g_bytes_new_take (text, strlen (text));
  case BODY_FILE:
    return self->body != NULL ? g_bytes_ref (self->body) : NULL;
  case BODY_NONE:
  default:
    return NULL;
  }
}

static gboolean
mill_request_section_store (MillFormSection *section, MillExperiment *experiment)
{
  MillRequestSection *self = MILL_REQUEST_SECTION (section);
  const char *ca_file = gtk_editable_get_text (GTK_EDITABLE (self->ca_file));

  g_free (experiment->method);
  experiment->method = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->method)));
  g_strfreev (experiment->headers);
  experiment->headers = read_headers (self);
  g_clear_pointer (&experiment->body, g_bytes_unref);
  experiment->body = read_body (self);
  experiment->keep_alive = gtk_switch_get_active (self->keep_alive);
  experiment->after = (MillAfter) adw_combo_row_get_selected (self->after);
  experiment->timeout_s = mill_number_row_get_value (self->timeout);
  g_free (experiment->ca_file);
  experiment->ca_file = *ca_file != '\0' ? g_strdup (ca_file) : NULL;
  experiment->use_proxy = gtk_switch_get_active (self->use_proxy);
  return experiment->workload != MILL_WORKLOAD_HTTP ||
         (mill_number_row_is_readable (self->timeout) && self->body_problem == NULL);
}

static void
mark_body (MillRequestSection *self, const char *message)
{
  gboolean is_file = adw_combo_row_get_selected (self->body_kind) == BODY_FILE;

  if (is_file && self->body_problem != NULL)
    message = self->body_problem;
  mill_text_row_set_problem (self->body_text, is_file ? NULL : message);
  mill_note_row_set_text (self->body_note, GTK_WIDGET (self->body_file), is_file ? message : NULL);
}

static gboolean
mill_request_section_mark (MillFormSection *section, const char *field, const char *message)
{
  MillRequestSection *self = MILL_REQUEST_SECTION (section);
  gboolean all = field == NULL;
  gboolean found = all;

  if (all || g_str_equal (field, "method")) {
    mill_note_row_set_text (self->method_note, GTK_WIDGET (self->method), message);
    found = TRUE;
  }
  if (all || g_str_equal (field, "headers")) {
    mill_text_row_set_problem (self->headers, message);
    found = TRUE;
  }
  if (all || g_str_equal (field, "body")) {
    mark_body (self, message);
    found = TRUE;
  }
  if (all || g_str_equal (field, "timeout_s")) {
    mill_number_row_set_problem (self->timeout, message);
    found = TRUE;
  }
  if (all || g_str_equal (field, "ca_file")) {
    mill_note_row_set_text (self->ca_file_note, GTK_WIDGET (self->ca_file), message);
    found = TRUE;
  }
  if (found && !all)
    adw_expander_row_set_expanded (self->expander, TRUE);
  return found;
}

static void
mill_request_section_iface_init (MillFormSectionInterface *iface)
{
  iface->load = mill_request_section_load;
  iface->store = mill_request_section_store;
  iface->mark = mill_request_section_mark;
}

static void
mill_request_section_finalize (GObject *object)
{
  MillRequestSection *self = MILL_REQUEST_SECTION (object);

  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->body_problem);

  G_OBJECT_CLASS (mill_request_section_parent_class)->finalize (object);
}

static void
mill_request_section_class_init (MillRequestSectionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mill_request_section_finalize;

  g_type_ensure (MILL_TYPE_NUMBER_ROW);
  g_type_ensure (MILL_TYPE_NOTE_ROW);
  g_type_ensure (MILL_TYPE_TEXT_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               MILL_APP_PATH "/ui/request-section.ui");
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, expander);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, method);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, method_note);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, headers);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, body_kind);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, body_text);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, body_file);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, body_note);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, keep_alive);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, after);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, timeout);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, ca_file);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, ca_file_note);
  gtk_widget_class_bind_template_child (widget_class, MillRequestSection, use_proxy);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_body);
  gtk_widget_class_bind_template_callback (widget_class, on_choose_ca_file);
}

static void
mill_request_section_init (MillRequestSection *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
mill_request_section_set_workload (MillRequestSection *self, MillWorkloadKind workload)
{
  gtk_widget_set_visible (GTK_WIDGET (self), workload == MILL_WORKLOAD_HTTP);
}

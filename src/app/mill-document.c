/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "app/mill-document-private.h"
#include "app/mill-document-summary.h"
#include "app/mill-document-text.h"
#include "charts/mill-report-html.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "result/mill-writers.h"

struct _MillDocument {
  GObject parent_instance;

  MillFileQueue *queue;
  GFile *file;                /* NULL: published, or not saved */
  MillResultSummary *summary; /* NULL: unreadable */
  GDateTime *started;
  gint64 sort_s;
  char *name;
  char *notes;
  char *problem;
  gboolean damaged; /* what the summary promised could not be read */
  char *search;     /* made when it is asked for */

  MillResult *result;
  guint n_holds;
  guint n_writing;
  /* Texts that the result had before: a chart that is being written may still read them. */
  GPtrArray *retired;
};

enum { PROP_0, PROP_NAME, PROP_NOTES, PROP_SAVED, PROP_PROBLEM, N_PROPERTIES };

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (MillDocument, mill_document, G_TYPE_OBJECT)

static void
mill_document_finalize (GObject *object)
{
  MillDocument *self = MILL_DOCUMENT (object);

  g_clear_pointer (&self->queue, mill_file_queue_unref);
  g_clear_object (&self->file);
  g_clear_pointer (&self->summary, mill_result_summary_free);
  g_clear_pointer (&self->started, g_date_time_unref);
  g_free (self->name);
  g_free (self->notes);
  g_free (self->problem);
  g_free (self->search);
  g_clear_pointer (&self->result, mill_result_free);
  g_clear_pointer (&self->retired, g_ptr_array_unref);

  G_OBJECT_CLASS (mill_document_parent_class)->finalize (object);
}

static void
mill_document_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MillDocument *self = MILL_DOCUMENT (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_NOTES:
    g_value_set_string (value, self->notes);
    break;
  case PROP_SAVED:
    g_value_set_boolean (value, mill_document_is_saved (self));
    break;
  case PROP_PROBLEM:
    g_value_set_string (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_document_class_init (MillDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = mill_document_finalize;
  object_class->get_property = mill_document_get_property;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_NOTES] = g_param_spec_string ("notes", NULL, NULL, "", flags);
  properties[PROP_SAVED] = g_param_spec_boolean ("saved", NULL, NULL, FALSE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
mill_document_init (MillDocument *self)
{
  self->retired = g_ptr_array_new_with_free_func (g_free);
}

static MillDocument *
document_new (MillFileQueue *queue, GFile *file)
{
  MillDocument *self = g_object_new (MILL_TYPE_DOCUMENT, NULL);

  self->queue = mill_file_queue_ref (queue);
  g_set_object (&self->file, file);
  self->notes = g_strdup ("");
  return self;
}

static const char *
or_empty (const char *text)
{
  return text != NULL ? text : "";
}

/* Takes what a list shows from the summary. */
static void
take_summary (MillDocument *self, MillResultSummary *summary)
{
  g_autoptr (GDateTime) utc =
      summary->started != NULL ? g_date_time_new_from_iso8601 (summary->started, NULL) : NULL;

  self->summary = summary;
  if (utc != NULL) {
    self->started = g_date_time_to_local (utc);
    self->sort_s = g_date_time_to_unix (utc);
  }
  self->name = g_strdup (summary->name != NULL && summary->name[0] != '\0' ? summary->name
                                                                           : _ ("Without a name"));
  g_free (self->notes);
  self->notes = g_strdup (or_empty (summary->notes));
}

MillDocument *
mill_document_new_from_file (MillFileQueue *queue, GFile *file, MillResultSummary *summary)
{
  MillDocument *self = document_new (queue, file);

  take_summary (self, summary);
  return self;
}

/* The list says which file it is, so that the reason need not name its path. */
static char *
without_path (const char *message, GFile *file, const char *name)
{
  g_autofree char *path = mill_file_describe (file);
  const char *rest = g_str_has_prefix (message, path) ? message + strlen (path) : NULL;
  g_autoptr (GString) text = NULL;

  if (rest != NULL && (g_str_has_prefix (rest, ": ") || g_str_has_prefix (rest, ", ")))
    return g_strdup (rest + 2);
  text = g_string_new (message);
  g_string_replace (text, path, name, 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

MillDocument *
mill_document_new_unreadable (MillFileQueue *queue,
                              GFile *file,
                              gint64 changed_s,
                              const GError *error)
{
  MillDocument *self = document_new (queue, file);
  g_autofree char *base = g_file_get_basename (file);

  self->name = g_filename_display_name (base);
  self->sort_s = changed_s;
  self->problem = without_path (error->message, file, self->name);
  return self;
}

MillDocument *
mill_document_new_from_result (MillFileQueue *queue, MillResult *result)
{
  MillDocument *self = document_new (queue, NULL);

  take_summary (self, mill_document_summary_new (result));
  self->result = result;
  self->n_holds = 1;
  return self;
}

const char *
mill_document_get_id (MillDocument *document)
{
  return document->summary != NULL && document->summary->id != NULL ? document->summary->id
                                                                    : document->name;
}

const char *
mill_document_get_name (MillDocument *document)
{
  return document->name;
}

const char *
mill_document_get_notes (MillDocument *document)
{
  return document->notes;
}

const char *
mill_document_get_source (MillDocument *document)
{
  return document->summary != NULL ? document->summary->source : NULL;
}

GDateTime *
mill_document_get_started (MillDocument *document)
{
  return document->started;
}

gboolean
mill_document_is_shipped (MillDocument *document)
{
  return document->file == NULL && mill_document_is_published (document);
}

gboolean
mill_document_is_published (MillDocument *document)
{
  return document->summary != NULL && document->summary->published;
}

gboolean
mill_document_is_readable (MillDocument *document)
{
  return document->summary != NULL && !document->damaged;
}

gboolean
mill_document_is_saved (MillDocument *document)
{
  return document->file != NULL || mill_document_is_published (document);
}

const char *
mill_document_get_problem (MillDocument *document)
{
  return document->problem;
}

GFile *
mill_document_get_file (MillDocument *document)
{
  return document->file;
}

const MillResultSummary *
mill_document_get_summary (MillDocument *document)
{
  return document->damaged ? NULL : document->summary;
}

const MillResult *
mill_document_peek_result (MillDocument *document)
{
  return document->result;
}

/* Puts the texts into the result in memory, unless it is being written. */
static void
update_result (MillDocument *self)
{
  MillResult *result = self->result;

  if (result == NULL || self->n_writing > 0)
    return;
  if (g_strcmp0 (result->name, self->name) != 0) {
    g_ptr_array_add (self->retired, result->name);
    result->name = g_strdup (self->name);
  }
  if (g_strcmp0 (or_empty (result->notes), self->notes) != 0) {
    g_ptr_array_add (self->retired, result->notes);
    result->notes = g_strdup (self->notes);
  }
}

gboolean
mill_document_set_text (MillDocument *document, const char *name, const char *notes)
{
  gboolean renamed = name != NULL && !g_str_equal (name, document->name);
  gboolean noted = notes != NULL && !g_str_equal (notes, document->notes);

  if (renamed) {
    g_free (document->name);
    document->name = g_strdup (name);
  }
  if (noted) {
    g_free (document->notes);
    document->notes = g_strdup (notes);
  }
  if (renamed || noted) {
    g_clear_pointer (&document->search, g_free);
    update_result (document);
  }
  if (renamed)
    g_object_notify_by_pspec (G_OBJECT (document), properties[PROP_NAME]);
  if (noted)
    g_object_notify_by_pspec (G_OBJECT (document), properties[PROP_NOTES]);
  return renamed || noted;
}

void
mill_document_set_file (MillDocument *document, GFile *file)
{
  gboolean was_saved = mill_document_is_saved (document);

  g_set_object (&document->file, file);
  if (was_saved != mill_document_is_saved (document))
    g_object_notify_by_pspec (G_OBJECT (document), properties[PROP_SAVED]);
}

void
mill_document_set_problem (MillDocument *document, const char *problem)
{
  if (g_strcmp0 (document->problem, problem) == 0)
    return;
  g_free (document->problem);
  document->problem = g_strdup (problem);
  g_clear_pointer (&document->search, g_free);
  g_object_notify_by_pspec (G_OBJECT (document), properties[PROP_PROBLEM]);
}

void
mill_document_begin_writing (MillDocument *document)
{
  document->n_writing++;
}

void
mill_document_end_writing (MillDocument *document)
{
  document->n_writing--;
  update_result (document);
  /* A last hold may have gone meanwhile. */
  if (document->n_holds == 0 && document->n_writing == 0 && document->file != NULL)
    g_clear_pointer (&document->result, mill_result_free);
}

int
mill_document_compare (gconstpointer a, gconstpointer b, gpointer data)
{
  const MillDocument *first = a;
  const MillDocument *second = b;
  gboolean first_ships = mill_document_is_shipped ((MillDocument *) first);
  gboolean second_ships = mill_document_is_shipped ((MillDocument *) second);

  if (first_ships != second_ships)
    return first_ships ? 1 : -1;
  if (first->sort_s != second->sort_s)
    return first->sort_s > second->sort_s ? -1 : 1;
  return 0;
}

static void
load_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  MillResult *result = mill_result_load (G_FILE (data), cancellable, &error);

  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify) mill_result_free);
}

void
mill_document_load_async (MillDocument *document,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (document, cancellable, callback, data);

  if (document->result != NULL) {
    g_task_return_pointer (task, NULL, NULL);
  } else if (!mill_document_is_readable (document)) {
    g_task_return_new_error (task, MILL_ERROR, MILL_ERROR_INVALID, "%s", document->problem);
  } else {
    g_task_set_task_data (task, g_object_ref (document->file), g_object_unref);
    mill_file_queue_push (document->queue, g_steal_pointer (&task), load_in_thread);
  }
}

/* The head of the file could be read, the rest not: from now on the list says so. */
static void
set_damaged (MillDocument *self, const GError *error)
{
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *problem = without_path (error->message, self->file, name);

  self->damaged = TRUE;
  mill_document_set_problem (self, problem);
}

const MillResult *
mill_document_load_finish (MillDocument *document, GAsyncResult *result, GError **error)
{
  GError *reason = NULL;
  g_autoptr (MillResult) loaded = g_task_propagate_pointer (G_TASK (result), &reason);

  if (reason != NULL) {
    if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
        mill_document_is_readable (document))
      set_damaged (document, reason);
    g_propagate_error (error, reason);
    return NULL;
  }
  /* It was there when it was asked for, and is gone again: only where somebody gave back what
   * was never lent. */
  g_return_val_if_fail (document->result != NULL || loaded != NULL, NULL);
  if (document->result == NULL) {
    document->result = g_steal_pointer (&loaded);
    update_result (document);
  }
  document->n_holds++;
  return document->result;
}

void
mill_document_release (MillDocument *document)
{
  g_return_if_fail (document->n_holds > 0);

  document->n_holds--;
  if (document->n_holds == 0 && document->n_writing == 0 && document->file != NULL)
    g_clear_pointer (&document->result, mill_result_free);
}

gboolean
mill_document_matches (MillDocument *document, const char *const *words)
{
  if (document->search == NULL)
    document->search = mill_document_text_search (document);
  for (guint i = 0; words[i] != NULL; i++) {
    if (strstr (document->search, words[i]) == NULL)
      return FALSE;
  }
  return TRUE;
}

const MillSummaryModel *
mill_document_get_fastest (MillDocument *document)
{
  const MillSummaryModel *fastest = NULL;
  const MillResultSummary *summary = mill_document_get_summary (document);

  for (guint i = 0; summary != NULL && i < summary->models->len; i++) {
    const MillSummaryModel *model = g_ptr_array_index (summary->models, i);

    if (!isnan (model->wall_time_s) && !model->projected && !model->incomparable &&
        (fastest == NULL || model->wall_time_s < fastest->wall_time_s))
      fastest = model;
  }
  return fastest;
}

char *
mill_document_describe (MillDocument *document)
{
  g_autofree char *models = NULL;
  g_autofree char *day = NULL;

  if (document->problem != NULL)
    return g_strdup (document->problem);
  if (mill_document_is_published (document))
    return g_strdup (or_empty (document->summary->source));
  models = mill_document_text_models (document->summary);
  if (document->started == NULL)
    return g_steal_pointer (&models);
  day = mill_document_text_day (document->started);
  if (document->summary->incomplete_trials > 0)
    /* Translators: a day, "partial" because it was stopped or failed in part, the models. */
    return g_strdup_printf (_ ("%s · partial · %s"), day, models);
  return g_strdup_printf ("%s · %s", day, models);
}

char *
mill_document_suggest_file_name (MillDocument *document, const char *extension)
{
  return mill_document_text_file_name (document->name, extension);
}

static char *
report_html (const MillResult *result)
{
  return mill_report_html (result, NULL);
}

/* How a copy is written, by what its name ends in. */
static const struct {
  const char *suffix;
  char *(*write) (const MillResult *result);
} export_formats[] = {
  { ".csv", mill_result_to_csv },    { ".md", mill_result_to_markdown }, { ".html", report_html },
  { ".json", mill_result_to_trace }, { "", mill_result_to_text },
};

static void
export_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GFile *file = data;
  /* Held by its load until the end of this. */
  const MillResult *result = g_object_get_data (G_OBJECT (task), "result");
  g_autofree char *name = g_file_get_basename (file);
  GError *error = NULL;
  guint format = 0;

  while (!g_str_has_suffix (name, export_formats[format].suffix))
    format++;
  g_autofree char *text = export_formats[format].write (result);
  if (mill_file_write (file, text, -1, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_loaded_for_export (GObject *source, GAsyncResult *async_result, gpointer data)
{
  MillDocument *self = MILL_DOCUMENT (source);
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  const MillResult *result = mill_document_load_finish (self, async_result, &error);

  if (result == NULL) {
    g_task_return_error (task, error);
    return;
  }
  mill_document_begin_writing (self);
  g_object_set_data (G_OBJECT (task), "result", (gpointer) result);
  mill_file_queue_push (self->queue, g_steal_pointer (&task), export_in_thread);
}

void
mill_document_export_async (MillDocument *document,
                            GFile *file,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  GTask *task = g_task_new (document, cancellable, callback, data);

  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  mill_document_load_async (document, cancellable, on_loaded_for_export, task);
}

gboolean
mill_document_export_finish (MillDocument *document, GAsyncResult *result, GError **error)
{
  if (g_object_get_data (G_OBJECT (result), "result") != NULL) {
    mill_document_end_writing (document);
    mill_document_release (document);
  }
  return g_task_propagate_boolean (G_TASK (result), error);
}

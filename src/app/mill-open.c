/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-compat.h"
#include "app/mill-lesson-shelf.h"
#include "app/mill-library.h"
#include "app/mill-load.h"
#include "app/mill-open.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"

static const char *const document_patterns[] = { "*.threadmill", "*.json", NULL };
static const char *const all_patterns[] = { "*", NULL };

/* What a file is: its experiment, and whether that stands in a result. */
typedef struct {
  MillExperiment *experiment;
  gboolean is_result;
  gboolean is_lesson;
} Opened;

static void
opened_free (gpointer data)
{
  Opened *opened = data;

  g_clear_pointer (&opened->experiment, mill_experiment_free);
  g_free (opened);
}

static gboolean
is_result (JsonNode *node)
{
  JsonObject *format = NULL;
  g_autofree char *name = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node) ||
      !mill_json_get_object (json_node_get_object (node), "format", &format, NULL) ||
      format == NULL || !mill_json_get_string (format, "name", 256, &name, NULL))
    return FALSE;
  return g_strcmp0 (name, MILL_RESULT_FORMAT) == 0;
}

static gpointer
load_document (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonNode) node = NULL;
  Opened *opened;

  /* One with mistakes too: they are told by their lines. */
  if (mill_lesson_file_is_lesson (file, cancellable)) {
    opened = g_new0 (Opened, 1);
    opened->is_lesson = TRUE;
    return opened;
  }
  node = mill_json_load (file, MILL_MAX_DOCUMENT_BYTES, cancellable, error);
  if (node == NULL)
    return NULL;
  opened = g_new0 (Opened, 1);
  opened->is_result = is_result (node);
  if (opened->is_result)
    return opened;
  opened->experiment = mill_experiment_load (file, cancellable, error);
  if (opened->experiment == NULL)
    g_clear_pointer (&opened, opened_free);
  return opened;
}

static void
show_failure (MillWindow *window, GFile *file, const GError *error)
{
  g_autofree char *name = mill_file_describe (file);
  g_autofree char *heading = g_strdup_printf (_ ("“%s” Could Not Be Opened"), name);

  mill_window_show_error (window, heading, error);
}

typedef struct {
  MillWindow *window;
  GFile *file;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_object_unref (opening->file);
  g_free (opening);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (MillDocument) document =
      mill_library_import_finish (MILL_LIBRARY (source), result, &error);

  if (document != NULL)
    mill_window_show_document (opening->window, document);
  else
    show_failure (opening->window, opening->file, error);
}

/* Takes `opening`. */
static void
import (MillLibrary *library, Opening *opening)
{
  mill_library_import_async (library, opening->file, NULL, on_imported, opening);
}

/* A projection of a model that the experiment does not run has no row in the form: that is said. */
static void
show_experiment (MillWindow *window, const MillExperiment *experiment)
{
  g_autoptr (GPtrArray) problems = mill_experiment_problems (experiment);
  g_autoptr (MillExperiment) shown = NULL;

  mill_window_show_experiment (window, experiment);
  shown = mill_experiment_page_get_experiment (mill_window_get_experiment_page (window));
  if (shown->projections->len == experiment->projections->len)
    return;
  for (guint i = 0; i < problems->len; i++) {
    const MillProblem *problem = g_ptr_array_index (problems, i);
    g_autoptr (GError) error = NULL;

    if (!g_str_equal (problem->field, "projections"))
      continue;
    error = g_error_new_literal (MILL_ERROR, MILL_ERROR_INVALID, problem->message);
    mill_window_show_error (window, _ ("A Projection Was Left Out"), error);
    return;
  }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  Opened *opened = mill_load_finish (result, &error);
  MillLibrary *library = mill_window_get_library (opening->window);

  if (opened == NULL) {
    show_failure (opening->window, opening->file, error);
    return;
  }
  if (opened->is_lesson)
    mill_window_open_lesson (opening->window, opening->file);
  else if (opened->experiment != NULL)
    show_experiment (opening->window, opened->experiment);
  else if (library != NULL)
    import (library, g_steal_pointer (&opening));
  opened_free (opened);
}

void
mill_open_file (MillWindow *window, GFile *file)
{
  Opening *opening = g_new (Opening, 1);

  opening->window = g_object_ref (window);
  opening->file = g_object_ref (file);
  mill_load_async (file, load_document, opened_free, NULL, on_loaded, opening);
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillWindow) window = MILL_WINDOW (data);
  g_autoptr (GListModel) files = mill_compat_open_files_finish (result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++) {
    g_autoptr (GFile) file = g_list_model_get_item (files, i);
    mill_open_file (window, file);
  }
}

void
mill_open_choose (MillWindow *window)
{
  const MillFileFilter filters[] = { { _ ("Threadmill documents"), document_patterns },
                                     { _ ("All files"), all_patterns } };

  mill_compat_open_files_async (GTK_WINDOW (window), _ ("Open Documents"), filters,
                                G_N_ELEMENTS (filters), TRUE, on_chosen, g_object_ref (window));
}

static gboolean
on_drop (MillWindow *window, const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (GSList *file = files; file != NULL; file = file->next)
    g_ptr_array_add (list, file->data);
  mill_window_open_files (window, (GFile **) list->pdata, (int) list->len);
  return list->len > 0;
}

void
mill_open_accept_drops (MillWindow *window)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), window, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (drop));
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  MillExperiment *experiment = data;
  GFile *file = g_object_get_data (G_OBJECT (task), "file");
  GError *error = NULL;

  if (mill_experiment_save (experiment, file, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  MillWindow *window = MILL_WINDOW (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    mill_window_toast (window, _ ("Experiment saved"), NULL, NULL);
  else
    mill_window_show_error (window, _ ("The Experiment Was Not Saved"), error);
}

static void
on_save_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillWindow) window = MILL_WINDOW (data);
  g_autoptr (GFile) file = mill_compat_save_file_finish (result, NULL);
  g_autoptr (GTask) task = NULL;

  if (file == NULL)
    return;
  task = g_task_new (window, NULL, on_saved, NULL);
  g_task_set_task_data (
      task, mill_experiment_page_get_experiment (mill_window_get_experiment_page (window)),
      (GDestroyNotify) mill_experiment_free);
  g_object_set_data_full (G_OBJECT (task), "file", g_steal_pointer (&file), g_object_unref);
  g_task_run_in_thread (task, save_in_thread);
}

void
mill_open_save_experiment (MillWindow *window)
{
  const MillFileFilter filters[] = { { _ ("Threadmill documents"), document_patterns } };
  /* Translators: the proposed name of a file; its extension must stay. */
  const char *name = _ ("experiment.threadmill");

  mill_compat_save_file_async (GTK_WINDOW (window), _ ("Save Experiment"), name, NULL, filters,
                               G_N_ELEMENTS (filters), on_save_chosen, g_object_ref (window));
}

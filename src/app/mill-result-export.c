/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-result-export.h"

#include <glib/gi18n-lib.h>

#include "app/mill-compat.h"
#include "app/mill-window.h"

/* What is still to be exported, each with a question of its own. */
typedef struct {
  GWeakRef parent;
  GPtrArray *documents; /* MillDocument */
} Export;

static void
export_free (Export *export)
{
  g_weak_ref_clear (&export->parent);
  g_ptr_array_unref (export->documents);
  g_free (export);
}

static void export_next (Export *export);

/* Where a copy goes, until it is written. */
typedef struct {
  GWeakRef parent;
  char *file_name;
} Copy;

static void
copy_free (Copy *copy)
{
  g_weak_ref_clear (&copy->parent);
  g_free (copy->file_name);
  g_free (copy);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Copy, copy_free)

static void
on_error_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  mill_compat_ask_finish (result);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Copy) copy = data;
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&copy->parent);
  g_autoptr (GError) error = NULL;

  if (!mill_document_export_finish (MILL_DOCUMENT (source), result, &error)) {
    mill_compat_ask_async (parent, _ ("The Result Could Not Be Exported"), error->message, NULL,
                           MILL_ANSWER_DEFAULT, on_error_closed, NULL);
  } else if (MILL_IS_WINDOW (parent)) {
    g_autofree char *text = g_strdup_printf (_ ("Exported as %s"), copy->file_name);

    mill_window_toast (MILL_WINDOW (parent), text, NULL, NULL);
  }
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  Export *export = data;
  g_autoptr (GFile) file = mill_compat_save_file_finish (result, NULL);
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&export->parent);

  if (file != NULL) {
    Copy *copy = g_new0 (Copy, 1);

    g_weak_ref_init (&copy->parent, parent);
    copy->file_name = g_file_get_basename (file);
    mill_document_export_async (g_ptr_array_index (export->documents, 0), file, NULL, on_exported,
                                copy);
    g_ptr_array_remove_index (export->documents, 0);
  } else {
    g_ptr_array_set_size (export->documents, 0);
  }
  export_next (export);
}

/* Asks for the next file, or ends. */
static void
export_next (Export *export)
{
  static const char *const patterns[][2] = {
    { "*.threadmill", NULL }, { "*.csv", NULL },  { "*.md", NULL },
    { "*.html", NULL },       { "*.json", NULL },
  };
  const char *const names[] = { _ ("Threadmill document (.threadmill)"),
                                _ ("Table of all trials (.csv)"), _ ("Markdown (.md)"),
                                _ ("Web page with charts (.html)"),
                                _ ("Trace for Perfetto (.json)") };
  MillFileFilter filters[G_N_ELEMENTS (names)];
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&export->parent);

  if (export->documents->len == 0) {
    export_free (export);
    return;
  }
  g_autofree char *name =
      mill_document_suggest_file_name (g_ptr_array_index (export->documents, 0), ".threadmill");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    filters[i] = (MillFileFilter){ names[i], patterns[i] };
  mill_compat_save_file_async (parent, _ ("Export Result"), name, NULL, filters,
                               G_N_ELEMENTS (filters), on_chosen, export);
}

void
mill_result_export (GtkWindow *parent, GPtrArray *documents)
{
  Export *export = g_new0 (Export, 1);

  g_weak_ref_init (&export->parent, parent);
  export->documents = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < documents->len; i++)
    g_ptr_array_add (export->documents, g_object_ref (g_ptr_array_index (documents, i)));
  export_next (export);
}

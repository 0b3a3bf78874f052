/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The interfaces of GTK and libadwaita that later releases replaced. Only this file uses them;
 * what they offer is told in the terms of their successors. */

/* What a file chooser offers to show. */
typedef struct {
  const char *name;            /* translated */
  const char *const *patterns; /* "*.txt", ..., NULL */
} MillFileFilter;

/**
 * mill_compat_open_files_async:
 * @parent: (nullable): the window it belongs to
 * @title: translated
 * @filters: (array length=n_filters): the first is the default
 *
 * Asks for one file or, with @multiple, several, through the portal where there is one.
 */
void mill_compat_open_files_async (GtkWindow *parent,
                                   const char *title,
                                   const MillFileFilter *filters,
                                   guint n_filters,
                                   gboolean multiple,
                                   GAsyncReadyCallback callback,
                                   gpointer data);

/**
 * mill_compat_open_files_finish:
 * @error: %G_IO_ERROR_CANCELLED where the person chose none
 *
 * Returns: (transfer full) (nullable): a list of GFile, at least one
 */
GListModel *mill_compat_open_files_finish (GAsyncResult *result, GError **error);

/**
 * mill_compat_save_file_async:
 * @name: what the file is called unless the person says otherwise
 * @folder: (nullable): where to begin
 *
 * Asks where to save. Overwriting is confirmed there.
 */
void mill_compat_save_file_async (GtkWindow *parent,
                                  const char *title,
                                  const char *name,
                                  GFile *folder,
                                  const MillFileFilter *filters,
                                  guint n_filters,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
/* (transfer full) (nullable) %G_IO_ERROR_CANCELLED where the person did not save. */
GFile *mill_compat_save_file_finish (GAsyncResult *result, GError **error);

/**
 * mill_compat_choose_folder_async:
 *
 * Asks for a folder, through the portal where there is one.
 */
void mill_compat_choose_folder_async (GtkWindow *parent,
                                      const char *title,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
/* (transfer full) (nullable) %G_IO_ERROR_CANCELLED where the person chose none. */
GFile *mill_compat_choose_folder_finish (GAsyncResult *result, GError **error);

/* How the button of an answer looks. */
typedef enum {
  MILL_ANSWER_DEFAULT,
  MILL_ANSWER_SUGGESTED,
  MILL_ANSWER_DESTRUCTIVE,
} MillAnswerStyle;

/**
 * mill_compat_ask_async:
 * @heading: the question
 * @body: what it is about
 * @answer: (nullable): the label of the button that says yes; %NULL: there is only "Close"
 * @style: how it looks
 *
 * Asks a question with the answers Cancel and @answer.
 */
void mill_compat_ask_async (GtkWindow *parent,
                            const char *heading,
                            const char *body,
                            const char *answer,
                            MillAnswerStyle style,
                            GAsyncReadyCallback callback,
                            gpointer data);
/* Whether the answer was yes. */
gboolean mill_compat_ask_finish (GAsyncResult *result);

/* Opens @uri with the program that the person has for it. */
void mill_compat_show_uri (GtkWindow *parent, const char *uri);

/**
 * mill_compat_toast_new:
 *
 * A toast that says @text as it is: names of files are no markup, which libadwaita expects.
 *
 * Returns: (transfer floating): the toast
 */
AdwToast *mill_compat_toast_new (const char *text);

/* What the about window says; static strings. */
void mill_compat_show_about (GtkWindow *parent);

G_END_DECLS

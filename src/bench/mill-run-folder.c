/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bench/mill-run-folder.h"
#include "experiment/mill-error.h"
#include "platform/mill-folder.h"
#include "platform/mill-process.h"

#define PREFIX "threadmill-run-"

/* "threadmill-run-PID-XXXXXX" of a process that is gone. */
static gboolean
is_left_over (const char *name)
{
  guint64 identifier = 0;
  g_auto (GStrv) parts = NULL;

  if (!g_str_has_prefix (name, PREFIX))
    return FALSE;
  parts = g_strsplit (name + strlen (PREFIX), "-", 2);
  return g_strv_length (parts) == 2 &&
         g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXINT32, &identifier, NULL) &&
         !mill_process_is_alive ((gint64) identifier);
}

/* Who owns it; the same for all where the system has no such number. */
static guint32
owner_of (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_UNIX_UID,
                                                  G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);

  return info != NULL ? g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_UID)
                      : G_MAXUINT32;
}

/* Only what is our own: in a folder shared with others, a name is no proof. */
static void
remove_left_over (const char *parent, guint32 owner)
{
  g_autoptr (GDir) dir = g_dir_open (parent, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (parent, name, NULL);
    if (is_left_over (name) && owner_of (path) == owner)
      mill_folder_remove (path);
  }
}

char *
mill_run_folder_new (GError **error)
{
  const char *parent = g_get_tmp_dir ();
  g_autofree char *name =
      g_strdup_printf (PREFIX "%" G_GINT64_FORMAT "-XXXXXX", mill_process_id ());
  g_autofree char *path = g_build_filename (parent, name, NULL);

  if (g_mkdtemp_full (path, 0700) == NULL) {
    g_set_error (
        error, MILL_ERROR, MILL_ERROR_FAILED,
        _ ("No temporary folder could be made in “%s”; is the disk full, or not writable?"),
        parent);
    return NULL;
  }
  remove_left_over (parent, owner_of (path));
  return g_steal_pointer (&path);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"

#define MAX_LINKS 32

gboolean
mill_file_is_from_portal (GFile *file)
{
  g_autofree char *documents =
      g_build_filename (g_get_user_runtime_dir (), "doc" G_DIR_SEPARATOR_S, NULL);
  const char *path = g_file_peek_path (file);

  return path != NULL &&
         (g_str_has_prefix (path, documents) || g_str_has_prefix (path, "/run/flatpak/doc/"));
}

char *
mill_file_describe (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  if (mill_file_is_from_portal (file)) {
    g_autofree char *name = g_file_get_basename (file);
    return g_filename_display_name (name);
  }
  return path != NULL ? g_filename_display_name (path) : g_file_get_parse_name (file);
}

/* What went wrong, in words that say what to do where the system's would not. */
static const char *
describe_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return _ ("there is no such file");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR))
    return _ ("it is a folder, and a file is needed");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_PERM))
    return _ ("permission denied");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ROFS))
    return _ ("the file system is read-only");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
      g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return _ ("the disk is full");
  return error->message;
}

/* Keeps a cancellation as it is; gives every other error our code and words. Takes `reason`. */
static void
propagate (GError **error, GError *reason, MillError code, const char *what)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_propagate_error (error, reason);
    return;
  }
  g_set_error (error, MILL_ERROR, (int) code, "%s: %s", what, describe_error (reason));
  g_error_free (reason);
}

/* The bytes of a stream, one more than allowed at most. */
static GByteArray *
read_some (GInputStream *stream, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (65536);

  while (data->len <= max_bytes) {
    gsize wanted = MIN ((gsize) 65536, max_bytes + 1 - data->len);
    gssize n_read = g_input_stream_read (stream, chunk, wanted, cancellable, error);
    if (n_read < 0)
      return NULL;
    if (n_read == 0)
      break;
    g_byte_array_append (data, chunk, (guint) n_read);
  }
  return g_steal_pointer (&data);
}

GBytes *
mill_file_read (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  GError *reason = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &reason);
  g_autoptr (GByteArray) data = NULL;

  if (stream != NULL)
    data = read_some (G_INPUT_STREAM (stream), max_bytes, cancellable, &reason);
  if (data == NULL) {
    g_autofree char *name = mill_file_describe (file);
    g_autofree char *what = g_strdup_printf (_ ("Cannot read %s"), name);
    propagate (error, reason, MILL_ERROR_USAGE, what);
    return NULL;
  }
  if (data->len > max_bytes) {
    g_autofree char *name = mill_file_describe (file);
    g_autofree char *size = g_format_size_full (max_bytes, G_FORMAT_SIZE_IEC_UNITS);
    g_set_error (error, MILL_ERROR, MILL_ERROR_INVALID, _ ("%s is larger than %s"), name, size);
    return NULL;
  }
  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

/* What `file` stands for when it is a symbolic link, so that the link survives. */
static GFile *
follow_links (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GFile) target = g_object_ref (file);

  /* A link to a pipe, such as /dev/stdout may be, names no file that could be found. */
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_SPECIAL)
    return g_steal_pointer (&target);
  for (int i = 0; i < MAX_LINKS; i++) {
    g_autoptr (GFileInfo) info =
        g_file_query_info (target, G_FILE_ATTRIBUTE_STANDARD_SYMLINK_TARGET,
                           G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, cancellable, NULL);
    const char *link =
        info != NULL
            ? g_file_info_get_attribute_byte_string (info, G_FILE_ATTRIBUTE_STANDARD_SYMLINK_TARGET)
            : NULL;
    g_autoptr (GFile) parent = g_file_get_parent (target);

    if (link == NULL || parent == NULL)
      break;
    g_set_object (&target, NULL);
    target = g_file_resolve_relative_path (parent, link);
  }
  return g_steal_pointer (&target);
}

static gboolean
write_stream (GFileOutputStream *stream,
              const char *data,
              gsize length,
              GCancellable *cancellable,
              GError **error)
{
  if (stream == NULL)
    return FALSE;
  if (g_output_stream_write_all (G_OUTPUT_STREAM (stream), data, length, NULL, cancellable, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL);
  return FALSE;
}

static gboolean
write_by_type (
    GFile *file, const char *data, gsize length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_UNIX_MODE,
                         G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  GFileType type = info != NULL ? g_file_info_get_file_type (info) : G_FILE_TYPE_REGULAR;
  g_autofree char *path = g_file_get_path (file);
  guint32 mode = 0;

  if (type == G_FILE_TYPE_SPECIAL) {
    g_autoptr (GFileOutputStream) stream =
        g_file_append_to (file, G_FILE_CREATE_NONE, cancellable, error);
    return write_stream (stream, data, length, cancellable, error);
  }
  if (path == NULL)
    return g_file_replace_contents (file, data, length, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                    cancellable, error);
  if (info != NULL)
    mode = g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_MODE) & 0777;
  /* Not g_file_replace(): where it cannot make a temporary file, it overwrites in place. */
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   mode != 0 ? (int) mode : 0666, error);
}

gboolean
mill_file_write (
    GFile *file, const char *data, gssize length, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) target = follow_links (file, cancellable);
  g_autoptr (GFile) parent = g_file_get_parent (target);
  g_autofree char *name = mill_file_describe (file);
  GError *reason = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (g_file_query_file_type (target, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("Cannot write %s: it is a folder; name a file in it"), name);
    return FALSE;
  }
  if (parent != NULL &&
      g_file_query_file_type (parent, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_DIRECTORY) {
    g_autofree char *folder = mill_file_describe (parent);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("Cannot write %s: there is no folder %s"),
                 name, folder);
    return FALSE;
  }
  if (write_by_type (target, data, length < 0 ? strlen (data) : (gsize) length, cancellable,
                     &reason))
    return TRUE;
  g_autofree char *what = g_strdup_printf (_ ("Cannot write %s"), name);
  propagate (error, reason, MILL_ERROR_FAILED, what);
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading JSON that may be hostile: size, depth and numbers are limited before json-glib sees
 * them, and every error says where. Used for every document, trial and event. */

#define MILL_JSON_MAX_DEPTH 32
#define MILL_JSON_MAX_BYTES (64 * 1024 * 1024)

/**
 * mill_json_parse:
 * @text: the bytes, need not end in NUL
 * @length: how many, or -1 when @text ends in NUL
 * @where: names the source in errors ("first.threadmill")
 * @error: %MILL_ERROR_INVALID, with line and column
 *
 * Reads one JSON value of at most %MILL_JSON_MAX_BYTES and %MILL_JSON_MAX_DEPTH levels; see
 * mill_json_scan() for what is refused.
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *mill_json_parse (const char *text, gssize length, const char *where, GError **error);

/**
 * mill_json_load:
 * @file: what to read
 * @max_bytes: a longer file is refused, without reading more of it
 * @cancellable: (nullable): to stop
 * @error: %MILL_ERROR_USAGE where the file cannot be read, %MILL_ERROR_INVALID where it is too
 *   large or no JSON, %G_IO_ERROR_CANCELLED
 *
 * Reads a JSON file. Blocks.
 *
 * Returns: (transfer full) (nullable): the value
 */
JsonNode *mill_json_load (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error);

/**
 * mill_json_save:
 *
 * Writes @node as a document that a person may read, with mill_file_write().
 */
gboolean mill_json_save (JsonNode *node, GFile *file, GCancellable *cancellable, GError **error);

/**
 * mill_json_to_line:
 * @node: a value
 *
 * Not-a-number is left out by the writers, never written.
 *
 * Returns: (transfer full): the value on one line, without a trailing line break
 */
char *mill_json_to_line (JsonNode *node);

/**
 * mill_file_read:
 * @file: what to read
 * @max_bytes: a longer file is refused, without reading more of it
 * @cancellable: (nullable): to stop
 * @error: %MILL_ERROR_USAGE where the file cannot be read, %MILL_ERROR_INVALID where it is too
 *   large, %G_IO_ERROR_CANCELLED
 *
 * Reads a whole file of any kind, so also a pipe or a device. Blocks.
 *
 * Returns: (transfer full) (nullable): its bytes
 */
GBytes *mill_file_read (GFile *file, gsize max_bytes, GCancellable *cancellable, GError **error);

/**
 * mill_file_write:
 * @file: where to
 * @data: the bytes
 * @length: how many, or -1 when @data ends in NUL
 * @cancellable: (nullable): to stop
 * @error: %MILL_ERROR_USAGE where @file is a folder or lies in none, %MILL_ERROR_FAILED where
 *   it could not be written, %G_IO_ERROR_CANCELLED
 *
 * Writes atomically, the one way that every writer of files uses: into a temporary file beside
 * it, flushed to the disk, then renamed. On an error the old file stays whole and no temporary
 * file stays. A symbolic link is followed; a device or pipe is written to directly. Blocks.
 *
 * Returns: whether all of it was written
 */
gboolean mill_file_write (
    GFile *file, const char *data, gssize length, GCancellable *cancellable, GError **error);

/**
 * mill_file_is_from_portal:
 * @file: a file
 *
 * Returns: whether a sandbox was given it: then its path is a number that means nothing outside,
 *   and that nobody should see or keep
 */
gboolean mill_file_is_from_portal (GFile *file);

/**
 * mill_file_describe:
 * @file: a file
 *
 * Returns: (transfer full): its name as a person knows it, for messages
 */
char *mill_file_describe (GFile *file);

/* Members with type and range checked. A missing member (or null) leaves *value as it was and
 * is no error; a wrong one is MILL_ERROR_INVALID that names the member and what was expected.
 * `max_bytes` is per string. Strings and string lists replace and free what *value held;
 * objects and arrays are borrowed. */
gboolean mill_json_get_int (
    JsonObject *object, const char *member, gint64 min, gint64 max, gint64 *value, GError **error);
gboolean mill_json_get_double (
    JsonObject *object, const char *member, double min, double max, double *value, GError **error);
gboolean
mill_json_get_boolean (JsonObject *object, const char *member, gboolean *value, GError **error);
gboolean mill_json_get_string (
    JsonObject *object, const char *member, gsize max_bytes, char **value, GError **error);
gboolean mill_json_get_strings (JsonObject *object,
                                const char *member,
                                guint max_items,
                                gsize max_bytes,
                                GStrv *value,
                                GError **error);
gboolean
mill_json_get_object (JsonObject *object, const char *member, JsonObject **value, GError **error);
gboolean mill_json_get_array (
    JsonObject *object, const char *member, guint max_items, JsonArray **value, GError **error);

/**
 * mill_json_get_uint64:
 *
 * A whole number that may exceed what JSON numbers carry exactly: a number, or its digits in a
 * string. Otherwise as above.
 */
gboolean
mill_json_get_uint64 (JsonObject *object, const char *member, guint64 *value, GError **error);

/**
 * mill_json_set_uint64:
 *
 * Writes @value as a number up to 2^53 (which every reader takes exactly), else as a string.
 */
void mill_json_set_uint64 (JsonObject *object, const char *member, guint64 value);

G_END_DECLS

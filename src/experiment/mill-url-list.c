/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-json.h"
#include "experiment/mill-number.h"
#include "experiment/mill-url-list.h"
#include "experiment/mill-url.h"

#define MAX_NAMED_LINES 10
/* Comments come on top of the URLs. */
#define MAX_LIST_FILE_BYTES (2 * MILL_MAX_URL_LIST_BYTES)

typedef struct {
  GStrvBuilder *urls;
  guint n_urls;
  gsize n_bytes;
  GString *bad; /* the named bad lines */
  guint n_bad;
} List;

static void
read_line (List *list, const char *start, gsize length, guint number)
{
  g_autofree char *line = g_strstrip (g_strndup (start, length));
  g_autoptr (GError) error = NULL;

  if (*line == '\0' || *line == '#')
    return;
  if (mill_url_check (line, &error)) {
    list->n_urls++;
    list->n_bytes += strlen (line);
    g_strv_builder_add (list->urls, line);
    return;
  }
  if (++list->n_bad <= MAX_NAMED_LINES)
    g_string_append_printf (list->bad, _ ("\n  line %u: %s"), number, error->message);
}

/* The end of the line that begins at `start`: a line feed, a carriage return or both. */
static const char *
find_line_end (const char *start, const char *end)
{
  while (start < end && *start != '\n' && *start != '\r')
    start++;
  return start;
}

static void
read_lines (List *list, const char *text, gsize length)
{
  const char *end = text + length;
  guint number = 0;

  while (text < end && list->n_urls <= MILL_MAX_URLS && list->n_bytes <= MILL_MAX_URL_LIST_BYTES) {
    const char *line_end = find_line_end (text, end);

    read_line (list, text, (gsize) (line_end - text), ++number);
    if (line_end + 1 < end && line_end[0] == '\r' && line_end[1] == '\n')
      line_end++;
    text = line_end + 1;
  }
}

static gboolean
check_list (const List *list, const char *where, GError **error)
{
  if (list->n_bad > 0) {
    g_autofree char *more =
        list->n_bad <= MAX_NAMED_LINES
            ? g_strdup ("")
            : g_strdup_printf (ngettext ("\n  and %u more", "\n  and %u more",
                                         (unsigned long) list->n_bad - MAX_NAMED_LINES),
                               list->n_bad - MAX_NAMED_LINES);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 ngettext ("%s has %u line that is no URL:%s%s",
                           "%s has %u lines that are no URLs:%s%s", (unsigned long) list->n_bad),
                 where, list->n_bad, list->bad->str, more);
    return FALSE;
  }
  if (list->n_urls == 0) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s holds no URL; write one a line, for example http://127.0.0.1:8080/"),
                 where);
    return FALSE;
  }
  if (list->n_urls > MILL_MAX_URLS) {
    g_autofree char *most = mill_number_group (MILL_MAX_URLS);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s holds more than %s URLs"), where,
                 most);
    return FALSE;
  }
  if (list->n_bytes > MILL_MAX_URL_LIST_BYTES) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s holds more than %d MiB of URLs"),
                 where, MILL_MAX_URL_LIST_BYTES / 1024 / 1024);
    return FALSE;
  }
  return TRUE;
}

GStrv
mill_url_list_parse (const char *text, gsize length, const char *where, GError **error)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  GStrv urls = NULL;
  List list = { 0 };

  if (memchr (text, '\0', length) != NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s is no text file; a list of URLs is UTF-8 text, one URL a line"), where);
    return NULL;
  }
  if (length >= 3 && memcmp (text, byte_order_mark, 3) == 0) {
    text += 3;
    length -= 3;
  }
  list.urls = g_strv_builder_new ();
  list.bad = g_string_new (NULL);
  read_lines (&list, text, length);
  if (check_list (&list, where, error))
    urls = g_strv_builder_end (list.urls);
  g_strv_builder_unref (list.urls);
  g_string_free (list.bad, TRUE);
  return urls;
}

GStrv
mill_url_list_load (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = mill_file_read (file, MAX_LIST_FILE_BYTES, cancellable, error);
  g_autofree char *where = mill_file_describe (file);
  const char *text;
  gsize length;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &length);
  return mill_url_list_parse (text != NULL ? text : "", length, where, error);
}

char *
mill_url_list_to_text (GStrv urls)
{
  g_autofree char *lines = g_strjoinv ("\n", urls);

  return g_strconcat (lines, "\n", NULL);
}

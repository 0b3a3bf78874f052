/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "figures.h"

#include <glib/gstdio.h>

void
figures_write (const char *name, const char *format, ...)
{
  const char *folder = g_getenv ("MILL_FIGURES");
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (folder == NULL)
    return;

  g_autofree char *file = g_strconcat (name, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0755);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

gint64
figures_setting (const char *name, gint64 otherwise)
{
  const char *text = g_getenv (name);
  gint64 value = otherwise;

  if (text != NULL && !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &value, NULL))
    g_error ("%s=%s: this is no number", name, text);
  return value;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libintl.h>
#include <locale.h>

#include "platform/mill-process.h"
#include "platform/mill-translations.h"

void
mill_translations_bind (void)
{
  g_autofree char *folder = g_strdup (g_getenv ("TEXTDOMAINDIR"));

  setlocale (LC_ALL, "");
  if (folder == NULL)
    folder = mill_process_find_locales ();
#ifdef G_OS_WIN32
  /* The library opens files by names in the system's code page; where a name has none there, this
   * is its short form. */
  g_autofree char *name = g_win32_locale_filename_from_utf8 (folder);
  bindtextdomain (GETTEXT_PACKAGE, name != NULL ? name : folder);
#else
  bindtextdomain (GETTEXT_PACKAGE, folder);
#endif
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  /* ngettext() has no domain of its own: it looks into this one. */
  textdomain (GETTEXT_PACKAGE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <locale.h>

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "platform/mill-process.h"

/* Translations lie beside the program in an installation that was moved. */
static void
bind_translations (void)
{
  g_autofree char *folder = mill_process_find_data ("locale", NULL);

  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : MILL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;

  setlocale (LC_ALL, "");
  bind_translations ();
  g_set_prgname ("threadmill-cli");
#ifdef G_OS_WIN32
  arguments = g_win32_get_command_line ();
#else
  arguments = g_strdupv (argv);
#endif
  return mill_cli_main (arguments);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib.h>

#include "cli/mill-cli.h"
#include "platform/mill-process.h"
#include "platform/mill-translations.h"

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;

  mill_translations_bind ();
  mill_process_setup_streams ();
  g_set_prgname ("threadmill-cli");
#ifdef G_OS_WIN32
  arguments = g_win32_get_command_line ();
#else
  arguments = g_strdupv (argv);
#endif
  return mill_cli_main (arguments);
}

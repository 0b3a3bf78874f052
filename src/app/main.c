/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "app/mill-application.h"
#include "platform/mill-process.h"

int
main (int argc, char *argv[])
{
  /* Translations lie beside the program in an installation that was moved. */
  g_autofree char *folder = mill_process_find_data ("locale", NULL);
  g_autoptr (MillApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : MILL_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  application = mill_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

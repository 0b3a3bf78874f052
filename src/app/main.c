/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-application.h"
#include "platform/mill-translations.h"

int
main (int argc, char *argv[])
{
  g_autoptr (MillApplication) application = NULL;

  mill_translations_bind ();
  application = mill_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}

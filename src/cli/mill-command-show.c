/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "experiment/mill-error.h"
#include "result/mill-table.h"
#include "result/mill-writers.h"

MillExit
mill_command_show (GStrv arguments)
{
  g_auto (GStrv) operands = NULL;
  g_autoptr (GError) error = NULL;
  MillExit status;

  if (!mill_cli_parse ("show", NULL, NULL, arguments, 1, 1, &operands, &status))
    return status;

  g_autoptr (MillResult) result = mill_cli_load_result (operands[0], &error);
  if (result == NULL)
    return mill_cli_fail (error);

  g_autofree char *table = mill_result_to_terminal (result);
  g_autofree char *environment = mill_result_environment_line (result);
  g_autofree char *text = g_strconcat (table, "\n", environment, "\n", NULL);
  return mill_cli_print (text) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
}

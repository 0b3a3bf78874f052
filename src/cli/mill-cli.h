/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "result/mill-figure.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* Exit statuses: scripts depend on them. */
typedef enum {
  MILL_EXIT_DONE = 0,
  MILL_EXIT_REQUESTS_FAILED = 1, /* some requests failed where none were asked to */
  MILL_EXIT_USAGE = 2,           /* wrong usage, or an invalid file */
  MILL_EXIT_NOT_RUN = 3,         /* the run could not be made */
  MILL_EXIT_THRESHOLD = 4,       /* a threshold was missed */
  MILL_EXIT_STOPPED = 130,       /* stopped by Ctrl+C */
} MillExit;

/* One subcommand: a line in the table of mill-cli.c and a file mill-command-NAME.c. */
typedef struct {
  const char *name;
  const char *arguments; /* untranslated: what follows the name */
  const char *summary;   /* untranslated: one line */
  /* `arguments` begin after the name of the subcommand; NULL-terminated. */
  MillExit (*run) (GStrv arguments);
} MillCliCommand;

MillExit mill_command_run (GStrv arguments);
MillExit mill_command_chart (GStrv arguments);
MillExit mill_command_show (GStrv arguments);
MillExit mill_command_compare (GStrv arguments);
MillExit mill_command_merge (GStrv arguments);
MillExit mill_command_export (GStrv arguments);
MillExit mill_command_validate (GStrv arguments);
MillExit mill_command_serve (GStrv arguments);
MillExit mill_command_list (GStrv arguments);

/**
 * mill_cli_main:
 * @arguments: the whole command line, UTF-8
 *
 * Finds the subcommand and runs it.
 *
 * Returns: the exit status
 */
int mill_cli_main (GStrv arguments);

/**
 * mill_cli_fail:
 * @error: what went wrong
 *
 * Says so on standard error.
 *
 * Returns: the exit status that fits
 */
MillExit mill_cli_fail (const GError *error);

/**
 * mill_cli_usage_error:
 * @command: the subcommand
 * @format: what is wrong, as for printf
 *
 * Says so on standard error, and where help is.
 *
 * Returns: %MILL_EXIT_USAGE
 */
MillExit mill_cli_usage_error (const char *command, const char *format, ...) G_GNUC_PRINTF (2, 3);

/**
 * mill_cli_parse:
 * @command: the subcommand
 * @entries: its options, for GOptionContext; may be %NULL
 * @description: (nullable): untranslated: what --help says below the options
 * @arguments: what follows the name of the subcommand
 * @min_operands: at least so many
 * @max_operands: at most so many
 * @operands: (out) (transfer full): what is no option
 * @status: (out): the exit status when there is nothing to do
 *
 * Parses options in the way of GNU: --help prints help, "--" ends the options.
 *
 * Returns: whether the subcommand shall go on
 */
gboolean mill_cli_parse (const char *command,
                         const GOptionEntry *entries,
                         const char *description,
                         GStrv arguments,
                         guint min_operands,
                         guint max_operands,
                         GStrv *operands,
                         MillExit *status);

/* Before the id of a result that ships with the program: "published:80-requests". A file of such a
 * name is written "./published:…". */
#define MILL_CLI_PUBLISHED "published:"

/* Reads a result document named on the command line, or a published one; "-" is not a file. */
MillResult *mill_cli_load_result (const char *path, GError **error);

/**
 * mill_cli_parse_figure:
 * @command: the subcommand
 * @id: (nullable): the value of --figure
 * @figure: (inout): the figure of that name
 *
 * Says on standard error which figures there are where @id is none.
 *
 * Returns: whether @id is a figure, or %NULL
 */
gboolean mill_cli_parse_figure (const char *command, const char *id, MillFigure *figure);

/**
 * mill_cli_row_name:
 * @model: as written, or its label
 * @sweep: what the experiment varies
 * @value: the swept value; NAN where there is none
 *
 * Returns: (transfer full): the model, with the swept value where the model does not tell it:
 *   "main-loop:5 @ 0.1"
 */
char *mill_cli_row_name (const char *model, MillSweep sweep, double value);

/**
 * mill_cli_check_output:
 * @option: the option that names @path
 * @path: (nullable): where something shall be written
 * @error: %MILL_ERROR_USAGE
 *
 * Returns: FALSE for "-", which elsewhere is standard output and here would become a file
 */
gboolean mill_cli_check_output (const char *option, const char *path, GError **error);

/* Writes text to standard output in binary mode. Where that is full or closed, says so on standard
 * error and returns FALSE; a reader that has gone has read what it wanted. */
gboolean mill_cli_print (const char *text);

G_END_DECLS

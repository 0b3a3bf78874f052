/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "experiment/mill-error.h"
#include "experiment/mill-text.h"
#include "result/mill-published.h"
#include "result/mill-table.h"

static const MillCliCommand commands[] = {
  { "run", NULL, N_ ("run an experiment and show what each model costs"), mill_command_run },
  { "chart", "RESULT… --kind KIND --output FILE", N_ ("draw a chart of a result as an image"),
    mill_command_chart },
  { "show", "RESULT", N_ ("show a result as a table"), mill_command_show },
  { "compare", "A B", N_ ("compare two results, model by model"), mill_command_compare },
  { "merge", "A B…", N_ ("add up results that several machines measured at the same time"),
    mill_command_merge },
  { "export", "--to ENGINE EXPERIMENT",
    N_ ("write a script for k6 or Locust that does the same load"), mill_command_export },
  { "validate", "FILE", N_ ("check a document and say what it is"), mill_command_validate },
  { "serve", NULL, N_ ("run the test server in the foreground"), mill_command_serve },
  { "list", "models|presets|charts|published|lessons", N_ ("list what there is"),
    mill_command_list },
};

static const MillCliCommand *
find_command (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (g_str_equal (commands[i].name, name))
      return &commands[i];
  }
  return NULL;
}

static char *
help_text (void)
{
  GString *text = g_string_new (NULL);

  g_string_append (text,
                   _ ("Threadmill runs the same work under different concurrency models and "
                      "shows, with\nhonest measurements, what each model costs and why.\n\n"));
  g_string_append (text, _ ("Usage:\n  threadmill-cli COMMAND [OPTION…]\n\nCommands:\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  %-10s %s\n", commands[i].name, _ (commands[i].summary));
  g_string_append (
      text,
      _ ("\n“threadmill-cli COMMAND --help” explains a command. A first experiment:\n"
         "  threadmill-cli run --preset first\n\n"
         "Exit status: 0 done; 1 some requests failed where none were asked to; 2 wrong usage or\n"
         "an invalid file; 3 the run could not be made; 4 a threshold was missed; 130 stopped by\n"
         "Ctrl+C (what was measured is still written).\n"));
  return g_string_free (text, FALSE);
}

int
mill_cli_main (GStrv arguments)
{
  const char *name = arguments[0] != NULL ? arguments[1] : NULL;

  if (name == NULL) {
    g_autofree char *help = help_text ();
    fputs (help, stderr);
    return MILL_EXIT_USAGE;
  }
  /* "help run" is "run --help". */
  if (g_str_equal (name, "help") && arguments[2] != NULL && find_command (arguments[2]) != NULL)
    return find_command (arguments[2])->run ((char *[]){ (char *) "--help", NULL });
  if (g_str_equal (name, "--help") || g_str_equal (name, "-h") || g_str_equal (name, "help")) {
    g_autofree char *help = help_text ();
    return mill_cli_print (help) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
  }
  if (g_str_equal (name, "--version"))
    return mill_cli_print ("threadmill-cli " MILL_VERSION "\n") ? MILL_EXIT_DONE
                                                                : MILL_EXIT_NOT_RUN;

  const MillCliCommand *command = find_command (name);
  if (command == NULL) {
    fprintf (stderr, _ ("threadmill-cli: there is no command “%s”; try --help\n"), name);
    return MILL_EXIT_USAGE;
  }
  return command->run (arguments + 2);
}

MillExit
mill_cli_fail (const GError *error)
{
  fprintf (stderr, "threadmill-cli: %s\n", error->message);
  if (error->domain != MILL_ERROR)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ? MILL_EXIT_USAGE
                                                                     : MILL_EXIT_NOT_RUN;
  switch (error->code) {
  case MILL_ERROR_USAGE:
  case MILL_ERROR_INVALID:
  case MILL_ERROR_VERSION:
  case MILL_ERROR_PERMISSION:
    return MILL_EXIT_USAGE;
  case MILL_ERROR_STOPPED:
    return MILL_EXIT_STOPPED;
  default:
    return MILL_EXIT_NOT_RUN;
  }
}

MillExit
mill_cli_usage_error (const char *command, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fprintf (stderr, _ ("threadmill-cli %s: %s\nTry “threadmill-cli %s --help”.\n"), command, message,
           command);
  return MILL_EXIT_USAGE;
}

/* "threadmill-cli show [OPTION…] RESULT", the summary, the options. */
static GOptionContext *
context_new (const MillCliCommand *command, const GOptionEntry *entries, const char *description)
{
  GOptionContext *context = g_option_context_new (command->arguments);
  g_autofree char *program = g_strdup_printf ("threadmill-cli %s", command->name);
  g_autofree char *summary = g_strdup (_ (command->summary));

  /* The usage line begins with the name of the program. */
  g_set_prgname (program);
  summary[0] = g_ascii_toupper (summary[0]);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_summary (context, summary);
  if (description != NULL)
    g_option_context_set_description (context, _ (description));
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  return context;
}

gboolean
mill_cli_parse (const char *command,
                const GOptionEntry *entries,
                const char *description,
                GStrv arguments,
                guint min_operands,
                guint max_operands,
                GStrv *operands,
                MillExit *status)
{
  const MillCliCommand *info = find_command (command);
  g_assert (info != NULL);
  g_autoptr (GOptionContext) context = context_new (info, entries, description);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;

  for (guint i = 0; arguments[i] != NULL && !g_str_equal (arguments[i], "--"); i++) {
    if (g_str_equal (arguments[i], "--help") || g_str_equal (arguments[i], "-h")) {
      g_autofree char *options = g_option_context_get_help (context, TRUE, NULL);
      g_autofree char *help = g_strconcat (g_strchomp (options), "\n", NULL);
      *status = mill_cli_print (help) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
      return FALSE;
    }
  }
  g_strv_builder_add (builder, command);
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);
  if (!g_option_context_parse_strv (context, &argv, &error)) {
    *status = mill_cli_usage_error (command, "%s", error->message);
    return FALSE;
  }

  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();
  guint n_operands = 0;
  for (guint i = 1; argv[i] != NULL; i++) {
    if (n_operands == 0 && g_str_equal (argv[i], "--"))
      continue;
    g_strv_builder_add (rest, argv[i]);
    n_operands++;
  }
  if (n_operands < min_operands || n_operands > max_operands) {
    *status = mill_cli_usage_error (command, n_operands < min_operands ? _ ("a file is missing")
                                                                       : _ ("too many arguments"));
    return FALSE;
  }
  *operands = g_strv_builder_end (rest);
  return TRUE;
}

static MillResult *
load_published (const char *id, GError **error)
{
  g_auto (GStrv) ids = mill_published_list ();

  if (g_strv_contains ((const char *const *) ids, id))
    return mill_published_load (id, error);
  g_autofree char *shown = mill_text_quote (id);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
               _ ("There is no published result %s; threadmill-cli list published shows them."),
               shown);
  return NULL;
}

MillResult *
mill_cli_load_result (const char *path, GError **error)
{
  if (g_str_has_prefix (path, MILL_CLI_PUBLISHED))
    return load_published (path + strlen (MILL_CLI_PUBLISHED), error);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);

  return mill_result_load (file, NULL, error);
}

gboolean
mill_cli_parse_figure (const char *command, const char *id, MillFigure *figure)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  if (id == NULL || mill_figure_from_id (id, figure))
    return TRUE;
  for (int i = 0; i < MILL_N_FIGURES; i++)
    g_ptr_array_add (ids, (gpointer) mill_figure_info ((MillFigure) i)->id);
  g_ptr_array_add (ids, NULL);
  g_autofree char *all = g_strjoinv (", ", (char **) ids->pdata);
  g_autofree char *shown = mill_text_quote (id);
  mill_cli_usage_error (command, _ ("there is no figure %s; there are: %s"), shown, all);
  return FALSE;
}

char *
mill_cli_row_name (const char *model, MillSweep sweep, double value)
{
  return mill_format_swept (model, sweep == MILL_SWEEP_CONCURRENCY ? NAN : value);
}

gboolean
mill_cli_check_output (const char *option, const char *path, GError **error)
{
  if (g_strcmp0 (path, "-") != 0)
    return TRUE;
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
               _ ("%s “%s”: this does not stand for standard output here; name a file."), option,
               path);
  return FALSE;
}

gboolean
mill_cli_print (const char *text)
{
  gsize length = strlen (text);

  if (fwrite (text, 1, length, stdout) == length && fflush (stdout) == 0)
    return TRUE;
  int reason = errno;
  if (reason == EPIPE)
    return TRUE;
  fprintf (stderr, _ ("threadmill-cli: “%s” was not written: %s\n"), "stdout", g_strerror (reason));
  return FALSE;
}

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * threadmill-server: the built-in test server as a process of its own. It ends when its
 * standard input does, so that it never outlives whoever started it.
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "experiment/mill-json.h"
#include "platform/mill-process.h"
#include "platform/mill-translations.h"
#include "server/mill-server-command.h"
#include "server/mill-server.h"

typedef struct {
  MillServer *server;
  GMainLoop *loop;
} Program;

static gboolean
quit (gpointer data)
{
  Program *program = data;
  g_main_loop_quit (program->loop);
  return G_SOURCE_REMOVE;
}

/* In the thread that reads standard input. */
static void
handle_line (const char *line, gpointer data)
{
  Program *program = data;
  if (line == NULL) {
    /* Not invoked: before the loop runs, that would quit it in vain. */
    g_idle_add (quit, program);
    return;
  }
  g_autofree char *answer = mill_server_command (program->server, line);
  g_print ("%s\n", answer);
}

static gboolean
parse_options (int *argc,
               char ***argv,
               MillServerSettings *settings,
               int *port,
               gint64 *seed,
               gboolean *foreground,
               GError **error)
{
  g_autofree char *distribution = NULL;
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, port,
      N_ ("Port of the loopback interface; 0 takes a free one"), "N" },
    { "delay", 0, 0, G_OPTION_ARG_DOUBLE, &settings->delay_s, N_ ("Every answer waits this long"),
      N_ ("SECONDS") },
    { "jitter", 0, 0, G_OPTION_ARG_DOUBLE, &settings->jitter_s, N_ ("Width of the delay"),
      N_ ("SECONDS") },
    { "distribution", 0, 0, G_OPTION_ARG_STRING, &distribution,
      N_ ("Of the delay: fixed, uniform, log-normal or pauses"), N_ ("NAME") },
    { "body-size", 0, 0, G_OPTION_ARG_INT64, &settings->body_size_bytes,
      N_ ("Size of each answer's body"), N_ ("BYTES") },
    { "error-rate", 0, 0, G_OPTION_ARG_DOUBLE, &settings->error_rate,
      N_ ("Share of answers with status 500"), N_ ("FRACTION") },
    { "drop-rate", 0, 0, G_OPTION_ARG_DOUBLE, &settings->drop_rate,
      N_ ("Share of connections closed without an answer"), N_ ("FRACTION") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, seed, N_ ("Makes the random draws repeatable"), "N" },
    { "foreground", 0, 0, G_OPTION_ARG_NONE, foreground,
      N_ ("Run until interrupted, whatever standard input does"), NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  /* A width without a distribution is uniform, as in an experiment. */
  settings->distribution =
      settings->jitter_s > 0 ? MILL_DISTRIBUTION_UNIFORM : MILL_DISTRIBUTION_FIXED;
  const char *wrong = NULL;
  if (distribution != NULL &&
      !mill_distribution_from_string (distribution, &settings->distribution))
    wrong = "--distribution";
  else if (*port < 0 || *port > G_MAXUINT16)
    wrong = "--port";
  else if (!(settings->delay_s >= 0 && settings->delay_s <= MILL_SERVER_MAX_DELAY_S))
    wrong = "--delay";
  else if (!(settings->jitter_s >= 0 && settings->jitter_s <= MILL_SERVER_MAX_DELAY_S))
    wrong = "--jitter";
  else if (settings->body_size_bytes < -1 ||
           settings->body_size_bytes > MILL_SERVER_MAX_ANSWER_BYTES)
    wrong = "--body-size";
  else if (!(settings->error_rate >= 0 && settings->error_rate <= 1))
    wrong = "--error-rate";
  else if (!(settings->drop_rate >= 0 && settings->drop_rate <= 1))
    wrong = "--drop-rate";
  if (wrong != NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("%s: this value cannot be; see threadmill-server --help"), wrong);
    return FALSE;
  }
  return TRUE;
}

static void
announce (MillServer *server)
{
  guint16 port = mill_server_get_port (server);
  g_print ("{\"event\":\"listening\",\"port\":%u,\"url\":\"http://127.0.0.1:%u\"}\n", port, port);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  MillServerSettings settings = { .body_size_bytes = -1 };
  int port = 0;
  gint64 seed = 0;
  gboolean foreground = FALSE;

  mill_translations_bind ();
  mill_process_setup_helper ();
  if (!parse_options (&argc, &argv, &settings, &port, &seed, &foreground, &error)) {
    g_printerr ("threadmill-server: %s\n", error->message);
    return 2;
  }
  g_autoptr (MillServer) server =
      mill_server_new ((guint16) port, &settings, (guint64) seed, &error);
  if (server == NULL) {
    g_printerr ("threadmill-server: %s\n", error->message);
    return 3;
  }
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Program program = { server, loop };
  mill_process_on_interrupt (quit, &program);
  announce (server);
  if (!foreground)
    mill_process_watch_stdin (handle_line, &program);
  g_main_loop_run (loop);
  return 0;
}

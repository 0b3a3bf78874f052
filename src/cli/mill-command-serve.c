/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "bench/mill-server-process.h"
#include "cli/mill-cli.h"
#include "experiment/mill-error.h"
#include "experiment/mill-number.h"
#include "platform/mill-process.h"

typedef struct {
  GMainLoop *loop;
  MillServerProcess *server;
  GError *error;    /* why it ended, or NULL */
  gboolean unheard; /* standard output did not take the address */
} Serving;

static void
on_server_end (const GError *error, gpointer data)
{
  Serving *serving = data;

  if (error != NULL && serving->error == NULL)
    serving->error = g_error_copy (error);
  g_main_loop_quit (serving->loop);
}

static void
end (Serving *serving)
{
  mill_server_process_set_end_func (serving->server, NULL, NULL);
  mill_server_process_stop (serving->server);
  g_main_loop_quit (serving->loop);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  Serving *serving = data;

  if (!mill_server_process_start_finish (serving->server, result, &serving->error)) {
    g_main_loop_quit (serving->loop);
    return;
  }
  g_autofree char *text = g_strdup_printf (_ ("Listening on %s (Ctrl+C ends it)\n"),
                                           mill_server_process_get_url (serving->server));
  /* Nobody could ask a server whose address is not known. */
  if (!mill_cli_print (text)) {
    serving->unheard = TRUE;
    end (serving);
  }
}

/* Being told to end is how a server ends: exit status 0, as of other servers, so that a script that
 * stops it goes on. A run that is stopped has not done what it was asked to, hence its 130. */
static gboolean
on_interrupt (gpointer data)
{
  end (data);
  return G_SOURCE_REMOVE;
}

/* The ranges are those of an experiment. */
static gboolean
check_settings (const MillServerSettings *settings, int port, GError **error)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  const MillModelSpec model = { .kind = MILL_MODEL_SYNC, .workers = 1, .in_flight = 1 };

  if (port < 0 || port > 65535) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("the port must lie between 0 (a free one) and 65535, not %d"), port);
    return FALSE;
  }
  experiment->server = *settings;
  g_array_append_val (experiment->models, model);
  return mill_experiment_validate (experiment, error);
}

static MillExit
serve (const MillServerSettings *settings, int port, guint64 seed)
{
  Serving serving = { .loop = g_main_loop_new (NULL, FALSE), .server = mill_server_process_new () };
  MillExit status = MILL_EXIT_DONE;

  mill_process_on_interrupt (on_interrupt, &serving);
  mill_server_process_set_end_func (serving.server, on_server_end, &serving);
  mill_server_process_start_async (serving.server, port, settings, seed, on_started, &serving);
  g_main_loop_run (serving.loop);
  if (serving.error != NULL)
    status = mill_cli_fail (serving.error);
  else if (serving.unheard)
    status = MILL_EXIT_NOT_RUN;
  g_clear_error (&serving.error);
  g_object_unref (serving.server);
  g_main_loop_unref (serving.loop);
  return status;
}

MillExit
mill_command_serve (GStrv arguments)
{
  int port = 0;
  gint64 body_size = -1;
  guint64 seed = 1;
  g_autofree char *seed_text = NULL;
  g_autofree char *distribution = NULL;
  MillServerSettings settings = { .distribution = MILL_DISTRIBUTION_FIXED };
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, N_ ("listen on this port of 127.0.0.1 (a free one)"),
      N_ ("N") },
    { "delay", 0, 0, G_OPTION_ARG_DOUBLE, &settings.delay_s, N_ ("wait before each answer"),
      N_ ("SECONDS") },
    { "jitter", 0, 0, G_OPTION_ARG_DOUBLE, &settings.jitter_s, N_ ("vary the delay by so much"),
      N_ ("SECONDS") },
    { "distribution", 0, 0, G_OPTION_ARG_STRING, &distribution,
      N_ ("of the delay: fixed, uniform, log-normal, pauses"), N_ ("NAME") },
    { "body-size", 0, 0, G_OPTION_ARG_INT64, &body_size, N_ ("size of each answer"), N_ ("BYTES") },
    { "error-rate", 0, 0, G_OPTION_ARG_DOUBLE, &settings.error_rate,
      N_ ("share of answers with status 500"), N_ ("FRACTION") },
    { "drop-rate", 0, 0, G_OPTION_ARG_DOUBLE, &settings.drop_rate,
      N_ ("share of connections closed without an answer"), N_ ("FRACTION") },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed_text, N_ ("start of the random draws"), N_ ("N") },
    { NULL },
  };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) operands = NULL;
  MillExit status;

  if (!mill_cli_parse (
          "serve", entries,
          N_ ("It answers on this machine only, until Ctrl+C ends it (exit status 0). The first\n"
              "line of standard output names its address."),
          arguments, 0, 0, &operands, &status))
    return status;
  if (distribution != NULL && !mill_distribution_from_string (distribution, &settings.distribution))
    return mill_cli_usage_error ("serve", _ ("there is no distribution “%s”"), distribution);
  if (distribution == NULL && settings.jitter_s > 0)
    settings.distribution = MILL_DISTRIBUTION_UNIFORM;
  settings.body_size_bytes = body_size;
  if (seed_text != NULL && !mill_number_parse_uint64 (seed_text, &seed, &error))
    return mill_cli_usage_error ("serve", "--seed: %s", error->message);
  if (!check_settings (&settings, port, &error))
    return mill_cli_usage_error ("serve", "%s", error->message);
  return serve (&settings, port, seed);
}

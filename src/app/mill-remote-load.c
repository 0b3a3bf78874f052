/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-compat.h"
#include "app/mill-remote-load.h"
#include "experiment/mill-url.h"

/* The hosts that the experiment asks, for a question. */
static char *
name_hosts (const MillExperiment *experiment)
{
  g_autofree char *host = mill_url_get_host (experiment->urls[0]);

  for (guint i = 1; experiment->urls[i] != NULL; i++) {
    g_autofree char *other = mill_url_get_host (experiment->urls[i]);
    if (g_strcmp0 (host, other) != 0)
      /* Translators: a host, of several. */
      return g_strdup_printf (_ ("%s and other hosts"), host);
  }
  return g_steal_pointer (&host);
}

void
mill_remote_load_ask_async (GtkWindow *parent,
                            const MillExperiment *experiment,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autofree char *hosts = name_hosts (experiment);
  g_autofree char *heading = g_strdup_printf (_ ("May You Load %s?"), hosts);
  g_autofree char *body = g_strdup_printf (
      _ ("This experiment sends more than %d requests, or more than %d at once, to a computer that "
         "is not this one. Run it only where you are allowed to: it can slow the service down for "
         "others, and look like an attack."),
      MILL_REMOTE_MAX_REQUESTS, MILL_REMOTE_MAX_IN_FLIGHT);

  mill_compat_ask_async (parent, heading, body, _ ("I _May Load It"), MILL_ANSWER_DESTRUCTIVE,
                         callback, data);
}

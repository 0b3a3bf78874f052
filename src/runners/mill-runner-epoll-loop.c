/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <gmodule.h>

#include "experiment/mill-error.h"
#include "platform/mill-process.h"
#include "runners/mill-uv-loop.h"

#define MODULE_NAME "threadmill-epoll-loop"
#define SYMBOL_NAME "mill_uv_loop_run_http"

/* libcurl, libuv and all that libcurl brings take 5 MiB and the start of a process 5 ms. They are
 * loaded for this model alone, so that they are in the figures of no other. */
static MillUvLoopFunc
load (GError **error)
{
  g_autofree char *path = mill_process_find_module (MODULE_NAME, error);
  GModule *module;
  gpointer symbol = NULL;

  if (path == NULL)
    return NULL;

  module = g_module_open (path, G_MODULE_BIND_LOCAL);
  if (module == NULL || !g_module_symbol (module, SYMBOL_NAME, &symbol)) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_FAILED,
                 _ ("The model epoll-loop could not be loaded: %s. Install libcurl and libuv, or "
                    "choose another model."),
                 g_module_error ());
    return NULL;
  }
  /* What it has registered with its libraries lives as long as the process. */
  g_module_make_resident (module);

  return (MillUvLoopFunc) symbol;
}

static gboolean
run_http (MillRun *run, GError **error)
{
  MillUvLoopFunc run_loop = load (error);

  return run_loop != NULL && run_loop (run, 0, mill_run_get_trial (run)->model.in_flight, error);
}

const MillRunner mill_runner_epoll_loop = { run_http, NULL };

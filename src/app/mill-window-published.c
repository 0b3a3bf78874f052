/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-published-bar.h"
#include "app/mill-window-published.h"
#include "experiment/mill-preset.h"

struct _MillWindowPublished {
  MillWindow *window;
  MillResultsPage *results;
  MillSession *session;
  MillResult *awaited; /* what the run is laid over, or NULL */
  gboolean started;    /* the run that began is the awaited one */
};

static void
on_result_changed (MillWindowPublished *self)
{
  mill_published_bar_set_spec (mill_results_page_get_published_bar (self->results),
                               mill_results_page_get_spec (self->results));
}

static void
on_run (MillWindowPublished *self, const char *preset, const MillResult *published)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MillExperiment) experiment = mill_preset_load (preset, &error);

  if (experiment == NULL) {
    mill_window_toast (self->window, error->message, NULL, NULL);
    return;
  }
  if (mill_session_is_running (self->session)) {
    mill_window_toast (self->window, _ ("Another experiment is running"), NULL, NULL);
    return;
  }
  g_clear_pointer (&self->awaited, mill_result_free);
  self->awaited = mill_result_copy (published);
  mill_window_show_experiment (self->window, experiment);
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "run", NULL);
  self->started = mill_session_is_running (self->session);
  if (!self->started)
    g_clear_pointer (&self->awaited, mill_result_free);
}

/* After the window has shown the result alone. What was stopped is not compared by itself. */
static void
on_run_finished (MillWindowPublished *self, MillDocument *document, const GError *error)
{
  const MillResult *measured = mill_session_get_result (self->session);
  g_autoptr (GPtrArray) results = g_ptr_array_new ();

  if (self->awaited != NULL && self->started && measured != NULL && error == NULL &&
      !mill_bench_was_stopped (mill_session_get_bench (self->session))) {
    g_ptr_array_add (results, (gpointer) measured);
    g_ptr_array_add (results, self->awaited);
    mill_window_show_comparison (self->window, results);
  }
  g_clear_pointer (&self->awaited, mill_result_free);
  self->started = FALSE;
}

MillWindowPublished *
mill_window_published_new (MillWindow *window, MillResultsPage *results)
{
  MillWindowPublished *self = g_new0 (MillWindowPublished, 1);

  self->window = window;
  self->results = g_object_ref (results);
  self->session = g_object_ref (mill_window_get_session (window));
  g_signal_connect_swapped (results, "result-changed", G_CALLBACK (on_result_changed), self);
  g_signal_connect_swapped (mill_results_page_get_published_bar (results), "run",
                            G_CALLBACK (on_run), self);
  g_signal_connect_swapped (self->session, "run-finished", G_CALLBACK (on_run_finished), self);
  return self;
}

void
mill_window_published_free (MillWindowPublished *published)
{
  g_signal_handlers_disconnect_by_data (published->session, published);
  g_signal_handlers_disconnect_by_data (mill_results_page_get_published_bar (published->results),
                                        published);
  g_signal_handlers_disconnect_by_data (published->results, published);
  g_clear_pointer (&published->awaited, mill_result_free);
  g_object_unref (published->session);
  g_object_unref (published->results);
  g_free (published);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <math.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-export-private.h"
#include "experiment/mill-permission.h"
#include "experiment/mill-text.h"

/* One line for each engine; its file is mill-export-NAME.c. */
static const struct {
  const char *id;
  MillExportWriter write;
} engines[] = {
  { "k6", mill_export_k6 },
  { "locust", mill_export_locust },
};

GStrv
mill_export_engine_ids (void)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (engines); i++)
    g_strv_builder_add (ids, engines[i].id);
  return g_strv_builder_end (ids);
}

static MillExportWriter
find_writer (const char *engine, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (engines); i++) {
    if (g_str_equal (engines[i].id, engine))
      return engines[i].write;
  }
  g_auto (GStrv) ids = mill_export_engine_ids ();
  g_autofree char *list = g_strjoinv (", ", ids);
  g_autofree char *quoted = mill_text_quote (engine);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("There is no export to %s; there are: %s"),
               quoted, list);
  return NULL;
}

/* The model that was asked for, or the first that has something in flight beside the first. */
static gboolean
choose_model (const MillExperiment *experiment,
              const char *written,
              MillModelSpec *model,
              GError **error)
{
  if (written != NULL)
    return mill_model_spec_parse (written, experiment->workload, model, error);

  *model = g_array_index (experiment->models, MillModelSpec, 0);
  for (guint i = 0; i < experiment->models->len; i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);

    if (mill_model_spec_concurrency (spec, G_MAXINT) > 1) {
      *model = *spec;
      break;
    }
  }
  return TRUE;
}

/* A script does one load: the first value of a sweep. */
static void
apply_sweep (MillExperiment *experiment, MillModelSpec *model, gboolean model_was_asked_for)
{
  double value;

  if (experiment->sweep == MILL_SWEEP_NONE || experiment->sweep_values->len == 0)
    return;
  value = g_array_index (experiment->sweep_values, double, 0);
  switch (experiment->sweep) {
  case MILL_SWEEP_CONCURRENCY:
    if (!model_was_asked_for)
      mill_model_spec_set_concurrency (model, (int) value, NULL);
    break;
  case MILL_SWEEP_REQUESTS:
    experiment->requests = (gint64) value;
    experiment->requests_set = TRUE;
    break;
  case MILL_SWEEP_DELAY:
    experiment->server.delay_s = value;
    break;
  case MILL_SWEEP_BODY_SIZE:
    experiment->server.body_size_bytes = (gint64) value;
    break;
  case MILL_SWEEP_RATE:
    experiment->rate = value;
    break;
  case MILL_SWEEP_NONE:
  default:
    break;
  }
}

static char *
serve_command (const MillExperiment *experiment)
{
  g_auto (GStrv) options = mill_server_settings_to_arguments (&experiment->server);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "threadmill-cli serve --port %d", MILL_EXPORT_PORT);
  for (guint i = 0; options[i] != NULL; i++)
    g_string_append_printf (text, " %s", options[i]);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gint64
mill_export_milliseconds (double seconds)
{
  return MAX (1, (gint64) ceil (seconds * 1000.0 - 1e-6));
}

/* What no engine does like us. */
static void
add_common_notes (const MillExportLoad *load, const MillExperiment *original)
{
  const MillExperiment *experiment = load->experiment;

  mill_export_add_note (load,
                        "The model itself (%s): the engine has its own; only the number in "
                        "flight is kept.",
                        load->model);
  if (original->models->len == 2)
    mill_export_add_note (load, "The other model of the experiment: export it with --model.");
  else if (original->models->len > 2)
    mill_export_add_note (load, "The other %u models of the experiment: export each with --model.",
                          original->models->len - 1);
  if (experiment->sweep != MILL_SWEEP_NONE) {
    g_autofree char *value =
        g_strdup_printf ("%.9g", g_array_index (experiment->sweep_values, double, 0));
    mill_export_add_note (load, "The sweep of %s: this is its first value, %s.",
                          mill_sweep_to_string (experiment->sweep), value);
  }
  if (experiment->repetitions > 1)
    mill_export_add_note (load, "The %d repetitions: run the script as often.",
                          experiment->repetitions);
  if (experiment->warmup > 0)
    mill_export_add_note (load, "The warm-up of %" PRId64 " requests: left out.",
                          experiment->warmup);
}

static void
load_clear (MillExportLoad *load)
{
  g_free (load->model);
  g_free (load->serve_command);
  g_ptr_array_unref (load->thresholds);
  g_ptr_array_unref (load->notes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MillExportLoad, load_clear)

static void
choose_thresholds (MillExportLoad *load, GPtrArray *thresholds)
{
  for (guint i = 0; thresholds != NULL && i < thresholds->len; i++) {
    const MillThreshold *threshold = g_ptr_array_index (thresholds, i);

    if (threshold->model == NULL || g_str_equal (threshold->model, load->model))
      g_ptr_array_add (load->thresholds, (gpointer) threshold);
    else
      mill_export_add_bound_note (load, threshold, "it is of another model");
  }
}

/* An open loop needs an end in time: that of its requests. */
static void
choose_bounds (MillExportLoad *load)
{
  const MillExperiment *experiment = load->experiment;

  load->rate = experiment->rate;
  if (mill_experiment_has_request_bound (experiment))
    load->requests = experiment->requests;
  if (experiment->duration_s > 0)
    load->duration_ms = mill_export_milliseconds (experiment->duration_s);
}

char *
mill_export_script (const char *engine,
                    const MillExperiment *experiment,
                    const char *model,
                    GPtrArray *thresholds,
                    GError **error)
{
  MillExportWriter writer = find_writer (engine, error);
  g_autoptr (MillExperiment) one = NULL;
  g_auto (MillExportLoad)
      load = { .thresholds = g_ptr_array_new (), .notes = g_ptr_array_new_with_free_func (g_free) };
  MillModelSpec spec;

  if (writer == NULL || !mill_experiment_validate (experiment, error))
    return NULL;
  if (experiment->workload != MILL_WORKLOAD_HTTP) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("This experiment computes and sends no requests; %s only sends requests."),
                 engine);
    return NULL;
  }
  if (!choose_model (experiment, model, &spec, error))
    return NULL;
  one = mill_experiment_copy (experiment);
  apply_sweep (one, &spec, model != NULL);
  load.experiment = one;
  load.model = mill_model_spec_to_string (&spec, one->workload);
  choose_bounds (&load);
  load.in_flight =
      mill_model_spec_concurrency (&spec, load.requests > 0 ? load.requests : MILL_MAX_REQUESTS);
  if (one->urls == NULL)
    load.serve_command = serve_command (one);
  load.needs_permission = !mill_experiment_check_permission (experiment, NULL);
  add_common_notes (&load, experiment);
  choose_thresholds (&load, thresholds);
  return writer (&load);
}

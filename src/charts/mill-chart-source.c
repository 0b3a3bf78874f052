/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-frame.h"
#include "result/mill-merge.h"

#include <math.h>

/* Longer names of results would leave no room for their models'. */
#define MAX_NAME 18

/* As it was asked for, without zeros at the end: "0.1". */
static char *
number_text (const MillNumberFormat *numbers, double value)
{
  return mill_quantity_given_to_string (numbers, value, MILL_UNIT_COUNT);
}

static char *
seconds_text (const MillNumberFormat *numbers, double value_s)
{
  g_autofree char *number = number_text (numbers, value_s);

  return g_strdup_printf (_ ("%s\u00a0s"), number);
}

static char *
bytes_text (const MillNumberFormat *numbers, double value)
{
  return mill_quantity_given_to_string (numbers, value, MILL_UNIT_BYTES);
}

/* A parameter as `to_text` writes it, and where it was swept, the least and the most: "10 to
 * 5,000". */
static char *
parameter_text (const MillNumberFormat *numbers,
                const MillExperiment *experiment,
                MillSweep parameter,
                double value,
                char *(*to_text) (const MillNumberFormat *numbers, double value))
{
  double least, most;

  if (!mill_experiment_get_sweep_range (experiment, parameter, &least, &most))
    return to_text (numbers, value);
  g_autofree char *from = to_text (numbers, least);
  g_autofree char *to = to_text (numbers, most);
  /* Translators: the least and the most value that was measured: “10 to 5,000 requests”. */
  return least < most ? g_strdup_printf (C_ ("range", "%s to %s"), from, to)
                      : g_steal_pointer (&from);
}

/* "80 URLs encoded, 3 rounds". */
static char *
computed_text (const MillExperiment *experiment, const char *count)
{
  g_autofree char *items = g_strdup_printf (
      ngettext ("%s URL encoded", "%s URLs encoded", (gulong) experiment->requests), count);

  return experiment->rounds > 1 ? g_strdup_printf (ngettext ("%s, %d round", "%s, %d rounds",
                                                             (gulong) experiment->rounds),
                                                   items, experiment->rounds)
                                : g_steal_pointer (&items);
}

/* "80 requests", "requests for 5 s". */
static char *
requests_text (const MillNumberFormat *numbers, const MillExperiment *experiment, const char *count)
{
  g_autofree char *duration = number_text (numbers, experiment->duration_s);

  if (experiment->sweep != MILL_SWEEP_REQUESTS && !mill_experiment_has_request_bound (experiment))
    return g_strdup_printf (_ ("requests for %s s"), duration);
  return g_strdup_printf (ngettext ("%s request", "%s requests", (gulong) experiment->requests),
                          count);
}

/* "80 requests × 0.1 s ± 0.02 s", "10 to 5,000 requests × 1 s", "100,000 URLs encoded". */
static char *
work_text (const MillChartSpec *spec, const MillExperiment *experiment)
{
  const MillNumberFormat *numbers = &mill_chart_spec_get_options (spec)->numbers;
  g_autofree char *count = parameter_text (numbers, experiment, MILL_SWEEP_REQUESTS,
                                           (double) experiment->requests, number_text);

  if (experiment->workload == MILL_WORKLOAD_CPU)
    return computed_text (experiment, count);

  g_autofree char *requests = requests_text (numbers, experiment, count);
  g_autofree char *delay = parameter_text (numbers, experiment, MILL_SWEEP_DELAY,
                                           experiment->server.delay_s, seconds_text);
  gboolean foreign = experiment->urls && experiment->urls[0];
  GString *text = g_string_new (NULL);
  if (foreign && experiment->urls[1])
    g_string_append_printf (text, _ ("%s to a list of URLs"), requests);
  else if (foreign)
    /* Translators: requests, and the URL they go to. */
    g_string_append_printf (text, C_ ("target", "%s to %s"), requests, experiment->urls[0]);
  else
    g_string_append_printf (text, "%s × %s", requests, delay);
  if (!foreign && experiment->server.jitter_s > 0.0) {
    g_autofree char *jitter = seconds_text (numbers, experiment->server.jitter_s);

    g_string_append_printf (text, " ± %s", jitter);
  }
  if (!foreign &&
      (experiment->server.body_size_bytes >= 0 || experiment->sweep == MILL_SWEEP_BODY_SIZE)) {
    g_autofree char *size =
        parameter_text (numbers, experiment, MILL_SWEEP_BODY_SIZE,
                        (double) experiment->server.body_size_bytes, bytes_text);

    /* Translators: the size of each answer: “, answers of 10 MB”. */
    g_string_append_printf (text, _ (", answers of %s"), size);
  }
  if (experiment->rate > 0 || experiment->sweep == MILL_SWEEP_RATE) {
    g_autofree char *rate =
        parameter_text (numbers, experiment, MILL_SWEEP_RATE, experiment->rate, number_text);

    g_string_append_printf (text, _ (", %s per second"), rate);
  }
  return g_string_free (text, FALSE);
}

/* The most repetitions of a model that were measured whole. */
static int
count_complete (const MillResult *result)
{
  int most = 0;

  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);

    most = MAX (most, model->complete);
  }
  return most;
}

/* "5 repetitions", and of a run that was stopped "2 of 5 repetitions"; NULL where there was one,
 * as asked. */
static char *
repetitions_text (const MillResult *result)
{
  int asked = result->experiment->repetitions;
  int complete = count_complete (result);

  if (complete == 0 && result->trials->len > 0)
    return g_strdup (_ ("no complete trial"));
  if (result->trials->len > 0 && complete < asked)
    return g_strdup_printf (
        ngettext ("%d of %d repetition", "%d of %d repetitions", (gulong) asked), complete, asked);
  return asked > 1
             ? g_strdup_printf (ngettext ("%d repetition", "%d repetitions", (gulong) asked), asked)
             : NULL;
}

/* "sync: 40 requests": of models that did fewer, which were projected. */
static void
append_projected (GPtrArray *parts, const MillChartSpec *spec, const MillResult *result)
{
  const MillNumberFormat *numbers = &mill_chart_spec_get_options (spec)->numbers;
  const MillExperiment *experiment = result->experiment;

  for (guint i = 0; i < experiment->projections->len; i++) {
    const MillProjection *projection = g_ptr_array_index (experiment->projections, i);

    if (projection->requests >= experiment->requests && experiment->sweep != MILL_SWEEP_REQUESTS)
      continue;
    gulong n = (gulong) projection->requests;
    g_autofree char *count = number_text (numbers, (double) projection->requests);
    g_autofree char *work = g_strdup_printf (experiment->workload == MILL_WORKLOAD_CPU
                                                 ? ngettext ("%s URL", "%s URLs", n)
                                                 : ngettext ("%s request", "%s requests", n),
                                             count);

    g_ptr_array_add (parts, g_strdup_printf ("%s: %s", projection->model, work));
  }
}

static void
append_measured (GPtrArray *parts, const MillChartSpec *spec, const MillResult *result)
{
  const MillExperiment *experiment = result->experiment;
  gint64 cores = mill_result_get_environment_int (result, "cores");
  const char *cpu_model = mill_result_get_environment_text (result, "cpu_model");
  guint n_machines = mill_result_count_machines (result);

  if (experiment) {
    g_ptr_array_add (parts, work_text (spec, experiment));
    /* The work is what each did; the figures are those of all. */
    if (n_machines > 1)
      g_ptr_array_add (
          parts, g_strdup_printf (ngettext ("on %u machine", "on each of %u machines", n_machines),
                                  n_machines));
    append_projected (parts, spec, result);
    char *repetitions = repetitions_text (result);
    if (repetitions)
      g_ptr_array_add (parts, repetitions);
  }
  if (cpu_model)
    g_ptr_array_add (parts, g_strdup (cpu_model));
  if (cores > 0)
    g_ptr_array_add (
        parts, g_strdup_printf (ngettext ("%d core", "%d cores", (gulong) cores), (int) cores));
  if (result->program_version)
    g_ptr_array_add (parts, g_strdup_printf (_ ("Threadmill %s"), result->program_version));
  if (result->started && strlen (result->started) >= 16 && mill_chart_spec_get_n_results (spec) > 1)
    /* What was measured twice on one day differs by the minute. */
    g_ptr_array_add (parts, g_strdup_printf ("%.10s %.5s", result->started, result->started + 11));
  else if (result->started && strlen (result->started) >= 10)
    g_ptr_array_add (parts, g_strndup (result->started, 10));
}

/* Whether the measured results have names that fit beside a model's and differ. */
static gboolean
have_short_names (const MillChartSpec *spec)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < mill_chart_spec_get_n_results (spec); i++) {
    const MillResult *result = mill_chart_spec_get_result (spec, i);

    if (result->published)
      continue;
    if (!result->name || g_utf8_strlen (result->name, -1) > MAX_NAME ||
        !g_hash_table_add (names, result->name))
      return FALSE;
  }
  return TRUE;
}

char *
mill_chart_result_name (const MillChartSpec *spec, const MillResult *result)
{
  guint n_measured = 0;
  guint place = 0;

  for (guint i = 0; i < mill_chart_spec_get_n_results (spec); i++) {
    const MillResult *other = mill_chart_spec_get_result (spec, i);

    if (other == result)
      place = n_measured;
    n_measured += !other->published;
  }
  if (result->published || n_measured < 2)
    return NULL;
  if (have_short_names (spec))
    return g_strdup (result->name);
  return place < 26 ? g_strdup_printf ("%c", 'A' + place) : g_strdup_printf ("%u", place + 1);
}

char *
mill_chart_source_line (const MillChartSpec *spec)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < mill_chart_spec_get_n_results (spec); i++) {
    const MillResult *result = mill_chart_spec_get_result (spec, i);
    g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

    if (result->published)
      g_ptr_array_add (parts, g_strdup_printf (_ ("published: %s"),
                                               result->source ? result->source : result->name));
    else
      append_measured (parts, spec, result);
    g_ptr_array_add (parts, NULL);
    g_autofree char *text = g_strjoinv (", ", (char **) parts->pdata);
    g_autofree char *name = mill_chart_result_name (spec, result);
    if (name) {
      g_autofree char *named = g_strdup_printf ("%s: %s", name, text);
      g_strv_builder_add (texts, named);
    } else {
      g_strv_builder_add (texts, text);
    }
  }
  g_auto (GStrv) list = g_strv_builder_end (texts);
  return g_strjoinv ("; ", list);
}

/* The least and the most repetitions of any measured model, and whether any has an interval. */
static void
count_repetitions (const MillChartSpec *spec, int *least, int *most, gboolean *interval)
{
  *least = G_MAXINT;
  *most = 0;
  *interval = FALSE;
  for (guint i = 0; i < mill_chart_spec_get_n_results (spec); i++) {
    const MillResult *result = mill_chart_spec_get_result (spec, i);

    for (guint m = 0; !result->published && m < result->models->len; m++) {
      const MillModelResult *model = g_ptr_array_index (result->models, m);
      const MillEstimate *time = &model->figures[MILL_FIGURE_WALL_TIME];

      if (time->n > 0)
        *least = MIN (*least, time->n);
      *most = MAX (*most, time->n);
      *interval |= isfinite (time->low);
    }
  }
}

char *
mill_chart_repetitions_text (const MillChartSpec *spec)
{
  int least, most;
  gboolean interval;

  count_repetitions (spec, &least, &most, &interval);
  if (most <= 1)
    return g_strdup (most == 1 ? _ ("one repetition") : "");
  if (least < most)
    return g_strdup_printf (interval
                                ? _ ("median of %d to %d repetitions, 95 %% interval where there "
                                     "are enough")
                                : _ ("median of %d to %d repetitions"),
                            least, most);
  if (interval)
    return g_strdup_printf (ngettext ("median of %d repetition with 95 %% interval",
                                      "median of %d repetitions with 95 %% interval",
                                      (gulong) most),
                            most);
  return g_strdup_printf (
      ngettext ("median of %d repetition", "median of %d repetitions", (gulong) most), most);
}

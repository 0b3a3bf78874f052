/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "result/mill-checks.h"
#include "result/mill-comparison.h"
#include "result/mill-summary.h"

/* A mean over fewer points of the time series says nothing. */
#define MIN_SAMPLES_IN_FLIGHT 10

static const char *const own_codes[] = {
  "littles-law", "order",     "counts",      "failures", "server-bottleneck",
  "work",        "sent-late", "few-samples", "noise",    "noise-floor",
};

static double
mean_in_flight (const MillTrialResult *trial)
{
  double sum = 0;
  guint n = 0;

  /* The first and the last lie partly outside the measurement. */
  for (guint i = 1; i + 1 < trial->samples->len; i++) {
    const MillSample *sample = &g_array_index (trial->samples, MillSample, i);

    if (sample->in_flight >= 0) {
      sum += (double) sample->in_flight;
      n++;
    }
  }
  return n < MIN_SAMPLES_IN_FLIGHT ? NAN : sum / n;
}

gboolean
mill_check_littles_law (const MillTrialResult *trial, double *expected, double *computed)
{
  double mean_ms = isnan (trial->latency_uncorrected_ms.mean) ? trial->latency_ms.mean
                                                              : trial->latency_uncorrected_ms.mean;
  double product = trial->throughput_rps * mean_ms / 1000.0;
  double highest = trial->max_in_flight < 0 ? NAN : (double) trial->max_in_flight;
  double sampled =
      trial->requests_failed == 0 && trial->parts == NULL ? mean_in_flight (trial) : NAN;
  /* The machines of a merged trial need not have ended together; each was checked by itself. */
  gboolean above = trial->parts == NULL && product > highest * (1.0 + MILL_LITTLE_TOLERANCE);
  gboolean apart = fabs (product - sampled) > MAX (1.0, MILL_LITTLE_TOLERANCE * 2 * sampled);

  if (expected != NULL)
    *expected = above || isnan (sampled) ? highest : sampled;
  if (computed != NULL)
    *computed = product;
  return !above && !apart;
}

gboolean
mill_check_order (const MillLatency *latency)
{
  const double ascending[] = { latency->min, latency->p50,  latency->p75, latency->p90,
                               latency->p99, latency->p999, latency->max };
  double before = -INFINITY;

  for (guint i = 0; i < G_N_ELEMENTS (ascending); i++) {
    if (isnan (ascending[i]))
      continue;
    if (ascending[i] < before)
      return FALSE;
    before = ascending[i];
  }
  return !(latency->mean < latency->min * (1 - 1e-9)) &&
         !(latency->mean > latency->max * (1 + 1e-9));
}

static void
check_littles_law (MillResult *result, const char *label, const GPtrArray *trials)
{
  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);
    double expected, computed;

    if (trial->status != MILL_TRIAL_COMPLETE ||
        mill_check_littles_law (trial, &expected, &computed))
      continue;
    mill_result_add_warning (result, "littles-law", label,
                             _ ("Throughput times mean latency gives %.1f requests in flight, but "
                                "%.1f were counted (repetition %d): one of the three figures is "
                                "wrong."),
                             computed, expected, trial->repetition);
    return;
  }
}

static void
check_order (MillResult *result, const char *label, const GPtrArray *trials)
{
  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);

    if (mill_check_order (&trial->latency_ms) && mill_check_order (&trial->latency_uncorrected_ms))
      continue;
    mill_result_add_warning (result, "order", label,
                             _ ("The latency percentiles of repetition %d do not ascend."),
                             trial->repetition);
    return;
  }
}

static void
check_counts (MillResult *result, const char *label, const GPtrArray *trials)
{
  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);
    gint64 failed = 0;
    gint64 done = trial->requests_ok + trial->requests_failed;

    if (trial->requests_ok < 0 || trial->requests_failed < 0)
      continue;
    for (int j = 0; j < MILL_N_OUTCOMES; j++)
      failed += trial->errors[j];
    if (failed != trial->requests_failed) {
      mill_result_add_warning (result, "counts", label,
                               _ ("%" PRId64 " requests failed, but the reasons add up "
                                  "to %" PRId64 " (repetition %d)."),
                               trial->requests_failed, failed, trial->repetition);
      return;
    }
    if (trial->status == MILL_TRIAL_COMPLETE && result->experiment->duration_s <= 0 &&
        trial->requests_planned >= 0 && done != trial->requests_planned) {
      mill_result_add_warning (result, "counts", label,
                               _ ("%" PRId64 " requests were to be made, %" PRId64
                                  " are accounted for (repetition %d)."),
                               trial->requests_planned, done, trial->repetition);
      return;
    }
  }
}

static void
check_failures (MillResult *result, const char *label, const GPtrArray *trials)
{
  gint64 counts[MILL_N_OUTCOMES] = { 0 };
  gint64 failed = 0;
  gint64 all = 0;
  int worst = MILL_OUTCOME_OTHER;

  if (result->experiment->server.error_rate > 0 || result->experiment->server.drop_rate > 0)
    return;
  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);

    failed += MAX (trial->requests_failed, 0);
    all += MAX (trial->requests_failed, 0) + MAX (trial->requests_ok, 0);
    for (int j = 0; j < MILL_N_OUTCOMES; j++) {
      counts[j] += trial->errors[j];
      worst = counts[j] > counts[worst] ? j : worst;
    }
  }
  if (failed > 0 && counts[worst] == failed)
    mill_result_add_warning (result, "failures", label,
                             _ ("%" PRId64 " of %" PRId64 " requests failed, all of them by: %s."),
                             failed, all, mill_outcome_to_string ((MillOutcome) worst));
  else if (failed > 0)
    mill_result_add_warning (result, "failures", label,
                             _ ("%" PRId64 " of %" PRId64 " requests failed, most of them by: %s."),
                             failed, all, mill_outcome_to_string ((MillOutcome) worst));
}

static void
check_server (MillResult *result, const char *label, const GPtrArray *trials)
{
  double highest = 0;

  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);

    highest = fmax (highest, trial->cpu_server_percent);
  }
  if (highest > MILL_SERVER_BUSY_PERCENT)
    mill_result_add_warning (result, "server-bottleneck", label,
                             _ ("The server used %.0f %% of a core: it may be what was measured, "
                                "not the model. A longer delay or a smaller body frees it."),
                             highest);
}

static void
check_late (MillResult *result, const char *label, const GPtrArray *trials)
{
  double worst = 0;

  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);
    gint64 done = trial->requests_ok + trial->requests_failed;

    /* Late by a millisecond or two moves nothing where the answers take much longer. */
    if (trial->sent_late > 0 && done > 0 &&
        trial->latency_ms.mean >
            trial->latency_uncorrected_ms.mean * (1.0 + MILL_LATE_LATENCY_TOLERANCE))
      worst = MAX (worst, (double) trial->sent_late / (double) done);
  }
  if (worst > MILL_LATE_TOLERANCE)
    mill_result_add_warning (result, "sent-late", label,
                             _ ("%.0f %% of the requests could not be sent when they were due: the "
                                "model does not keep up with this rate."),
                             worst * 100.0);
}

static gboolean
samples_are_few (const GPtrArray *trials)
{
  for (guint i = 0; i < trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (trials, i);

    if (trial->status == MILL_TRIAL_COMPLETE && !isnan (trial->latency_ms.mean) &&
        isnan (trial->latency_ms.p90))
      return TRUE;
  }
  return FALSE;
}

/* What is known of the machine that makes times vary. */
static char *
describe_machine (const MillResult *result)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObject *environment;
  gint64 cores;
  double load;

  if (result->environment == NULL || !JSON_NODE_HOLDS_OBJECT (result->environment))
    return g_strdup ("");
  environment = json_node_get_object (result->environment);
  load = json_object_get_double_member_with_default (environment, "load_average", 0);
  cores = json_object_get_int_member_with_default (environment, "cores", 1);
  if (load > 0.5 * (double) cores)
    g_string_append_printf (text,
                            ngettext (" Before the run, %.1f programs shared its %d core.",
                                      " Before the run, %.1f programs shared its %d cores.",
                                      (gulong) cores),
                            load, (int) cores);
  if (json_object_get_boolean_member_with_default (environment, "on_battery", FALSE))
    g_string_append (text, _ (" It ran on battery."));
  if (g_strcmp0 (json_object_get_string_member_with_default (environment, "governor", NULL),
                 "powersave") == 0)
    g_string_append (text, _ (" Its processor saves power (governor powersave)."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
check_noise (MillResult *result)
{
  const MillModelResult *worst = NULL;
  double widest = MILL_NOISE_TOLERANCE;

  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);
    const MillEstimate *time = &model->figures[MILL_FIGURE_WALL_TIME];
    double width = (time->high - time->low) / time->median;

    if (width > widest) {
      widest = width;
      worst = model;
    }
  }
  if (worst == NULL)
    return;

  g_autofree char *label = mill_model_result_to_label (worst);
  g_autofree char *machine = describe_machine (result);

  mill_result_add_warning (result, "noise", label,
                           _ ("The repetitions vary: the interval of the time is %.0f %% of its "
                              "median wide.%s"),
                           widest * 100.0, machine);
}

static void
check_noise_floor (MillResult *result)
{
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);
    double floor;

    if (model->copy != 1 || !isnan (model->sweep_value))
      continue;
    floor = mill_noise_floor (result, model->model, MILL_FIGURE_WALL_TIME);
    if (floor > 1.0 + MILL_NOISE_TOLERANCE / 2)
      mill_result_add_warning (result, "noise-floor", model->model,
                               _ ("Compared with itself it differs by %.0f %%: smaller "
                                  "differences between models may be this machine's noise."),
                               (floor - 1.0) * 100.0);
  }
}

/* The bytes of an answer, or NAN. */
static double
bytes_per_answer (const MillTrialResult *trial)
{
  if (trial->requests_ok <= 0 || trial->requests_failed != 0 || trial->bytes_downloaded < 0)
    return NAN;
  return (double) trial->bytes_downloaded / (double) trial->requests_ok;
}

/* What two trials of the same work did differently, or NULL. */
static char *
compare_work (const MillTrialResult *a, const MillTrialResult *b)
{
  double a_bytes = bytes_per_answer (a);
  double b_bytes = bytes_per_answer (b);

  if (a->requests_asked != b->requests_asked)
    return g_strdup_printf (_ ("%s did %" PRId64 " requests, %s %" PRId64 "."), a->model,
                            a->requests_asked, b->model, b->requests_asked);
  if (fabs (a_bytes - b_bytes) > MILL_BYTES_TOLERANCE * MAX (a_bytes, b_bytes))
    return g_strdup_printf (_ ("An answer had %.0f bytes for %s, %.0f for %s."), a_bytes, a->model,
                            b_bytes, b->model);
  if (a->requests_planned == b->requests_planned && a->requests_failed == 0 &&
      b->requests_failed == 0 && a->checksum != NULL && b->checksum != NULL &&
      (!g_str_equal (a->checksum, b->checksum) || a->checksum_bytes != b->checksum_bytes))
    return g_strdup_printf (_ ("%s and %s reached different checksums."), a->model, b->model);
  return NULL;
}

/* The first complete trial of the same sweep value, which the others are compared with. */
static const MillTrialResult *
find_first (const MillResult *result, double sweep_value)
{
  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);

    if (trial->status == MILL_TRIAL_COMPLETE &&
        mill_sweep_value_equal (trial->sweep_value, sweep_value))
      return trial;
  }
  return NULL;
}

static void
check_work (MillResult *result)
{
  if (result->experiment->duration_s > 0)
    return;
  for (guint i = 0; i < result->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (result->trials, i);
    const MillTrialResult *first = find_first (result, trial->sweep_value);
    g_autofree char *difference = NULL;

    if (trial->status != MILL_TRIAL_COMPLETE || first == NULL)
      continue;
    difference = compare_work (first, trial);
    if (difference != NULL) {
      mill_result_add_warning (result, "work", NULL, _ ("The models did not do the same work: %s"),
                               difference);
      return;
    }
  }
}

static void
drop_own_warnings (MillResult *result)
{
  for (guint i = result->warnings->len; i-- > 0;) {
    const MillWarning *warning = g_ptr_array_index (result->warnings, i);

    for (guint j = 0; j < G_N_ELEMENTS (own_codes); j++) {
      if (g_strcmp0 (warning->code, own_codes[j]) == 0) {
        g_ptr_array_remove_index (result->warnings, i);
        break;
      }
    }
  }
}

void
mill_checks_run (MillResult *result)
{
  gboolean few = FALSE;

  drop_own_warnings (result);
  check_work (result);
  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);
    g_autoptr (GPtrArray) trials = mill_result_get_trials (result, model);
    g_autofree char *label = mill_model_result_to_label (model);

    check_failures (result, label, trials);
    check_server (result, label, trials);
    check_littles_law (result, label, trials);
    check_order (result, label, trials);
    check_counts (result, label, trials);
    check_late (result, label, trials);
    few |= samples_are_few (trials);
  }
  check_noise (result);
  check_noise_floor (result);
  if (few && result->experiment->workload == MILL_WORKLOAD_CPU)
    mill_result_add_warning (result, "few-samples", NULL,
                             _ ("Under 50 URLs carry no p90, under 500 no p99: these are not "
                                "shown. Encode more URLs to see them."));
  else if (few && !mill_experiment_has_request_bound (result->experiment))
    mill_result_add_warning (result, "few-samples", NULL,
                             _ ("Under 50 requests carry no p90, under 500 no p99: these are not "
                                "shown. Measure for a longer time to see them."));
  else if (few)
    mill_result_add_warning (result, "few-samples", NULL,
                             _ ("Under 50 requests carry no p90, under 500 no p99: these are not "
                                "shown. Ask for more requests to see them."));
}

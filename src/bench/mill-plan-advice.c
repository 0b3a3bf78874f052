/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "bench/mill-plan-advice.h"
#include "bench/mill-plan-estimate.h"
#include "experiment/mill-number.h"
#include "experiment/mill-permission.h"
#include "experiment/mill-record.h"

/* Open besides the connections: standard streams, libraries, event descriptors. */
#define OTHER_DESCRIPTORS 32
#define DESCRIPTORS_PER_LOOP 4
/* Besides its connections, what wakes one multi handle of epoll-loop. */
#define DESCRIPTORS_PER_SHARD 2
/* What wakes a thread: the event descriptor of its context. A pool starts all its threads, however
 * few the requests. */
#define DESCRIPTORS_PER_THREAD 1
/* Besides its connection, a thread that waits for an answer holds its cancellable's. */
#define DESCRIPTORS_PER_WAITING_THREAD 1
#define OTHER_THREADS 8
/* Measured while designing: 1,000 blocking threads took 91 MiB, 9,000 requests in flight on
 * one loop 115 MiB. */
#define BYTES_PER_THREAD (95 * 1024.0)
#define BYTES_PER_REQUEST_IN_FLIGHT (13 * 1024.0)
#define BYTES_PER_PROCESS (20 * 1024 * 1024.0)
/* The queue of connections that the built-in server has not accepted yet. */
#define SERVER_BACKLOG 4096
/* A person waits this long for one model without a second thought. */
#define SLOW_MODEL_S 60.0
#define LONG_RUN_S 30.0
#define SLOW_SHARE 0.9
/* What the remedy aims at, for all repetitions of the model together. */
#define REMEDY_S 15.0
#define REMEDY_MIN_REQUESTS 20
/* The smallest two samples of which Mann-Whitney's test can tell anything at 5 %: with 3 and 3
 * the least two-sided p is 0.1, with 4 and 4 it is 0.029. */
#define MIN_REPETITIONS_FOR_VERDICT 4

void
mill_advice_free (gpointer data)
{
  MillAdvice *advice = data;

  g_free (advice->code);
  g_free (advice->model);
  g_free (advice->title);
  g_free (advice->message);
  g_free (advice);
}

/* Adds advice; takes `message`. */
static MillAdvice *
advise (MillPlan *plan,
        MillAdviceLevel level,
        const char *code,
        const char *model,
        const char *title,
        char *message)
{
  MillAdvice *advice = g_new0 (MillAdvice, 1);

  advice->level = level;
  advice->code = g_strdup (code);
  advice->model = g_strdup (model);
  advice->title = g_strdup (title);
  advice->message = message;
  g_ptr_array_add (plan->advice, advice);
  return advice;
}

static int
compare_by_level (gconstpointer a, gconstpointer b)
{
  const MillAdvice *first = *(MillAdvice *const *) a;
  const MillAdvice *second = *(MillAdvice *const *) b;

  return (int) second->level - (int) first->level;
}

gboolean
mill_plan_advise_problems (MillPlan *plan, const MillExperiment *experiment)
{
  g_autoptr (GPtrArray) problems = mill_experiment_problems (experiment);

  for (guint i = 0; i < problems->len; i++) {
    const MillProblem *problem = g_ptr_array_index (problems, i);
    advise (plan, MILL_ADVICE_BLOCKER, "invalid", NULL, _ ("The experiment is not valid"),
            g_strdup (problem->message));
  }
  return problems->len == 0;
}

/* Threads that wait or loop in one process of this trial. */
static int
threads_of (const MillTrial *trial)
{
  switch (trial->model.kind) {
  case MILL_MODEL_THREAD_PER_REQUEST:
  case MILL_MODEL_THREAD_POOL:
  case MILL_MODEL_GIL_THREAD_POOL:
  case MILL_MODEL_HYBRID:
    return mill_model_spec_lanes (&trial->model, trial->requests + trial->warmup);
  default:
    return 1;
  }
}

static gboolean
has_waiting_threads (const MillTrial *trial)
{
  return trial->model.kind == MILL_MODEL_THREAD_PER_REQUEST ||
         trial->model.kind == MILL_MODEL_THREAD_POOL ||
         trial->model.kind == MILL_MODEL_GIL_THREAD_POOL;
}

static void
advise_descriptors (MillPlan *plan,
                    const MillExperiment *experiment,
                    const MillTrial *trial,
                    gint64 concurrency,
                    int threads,
                    const MillLimits *limits)
{
  gint64 allowed = MAX (limits->descriptors, limits->descriptors_hard);
  int processes = trial->model.kind == MILL_MODEL_MULTIPROCESS ? trial->model.workers : 1;
  gint64 loops = trial->model.kind == MILL_MODEL_HYBRID ? trial->model.workers : 1;
  gint64 waiting = has_waiting_threads (trial) ? threads * DESCRIPTORS_PER_THREAD +
                                                     concurrency * DESCRIPTORS_PER_WAITING_THREAD
                                               : 0;
  gint64 shards = trial->model.kind == MILL_MODEL_EPOLL_LOOP
                      ? (concurrency + MILL_SHARD_CONNECTIONS - 1) / MILL_SHARD_CONNECTIONS
                      : 0;
  gint64 client = (concurrency + processes - 1) / processes + loops * DESCRIPTORS_PER_LOOP +
                  shards * DESCRIPTORS_PER_SHARD + waiting;
  gint64 server = experiment->urls == NULL ? concurrency : 0;
  gint64 needed = MAX (client, server) + OTHER_DESCRIPTORS;

  if (limits->descriptors_hard < 0 || needed <= allowed)
    return;
  g_autofree char *needed_text = mill_number_group (needed);
  g_autofree char *allowed_text = mill_number_group (allowed);
  advise (plan, MILL_ADVICE_BLOCKER, "descriptors", trial->model_name, _ ("Too few open files"),
          g_strdup_printf (_ ("%s needs %s open connections and files at once, but this system "
                              "allows a process %s. Take fewer requests in flight, or raise the "
                              "limit (ulimit -Hn)."),
                           trial->model_name, needed_text, allowed_text));
}

static void
advise_ports (MillPlan *plan,
              const MillTrial *trial,
              gint64 requests,
              double trial_s,
              gint64 concurrency,
              const MillLimits *limits)
{
  g_autofree char *ports = mill_number_group (limits->ephemeral_ports);

  if (limits->ephemeral_ports <= 0)
    return;
  if (concurrency > limits->ephemeral_ports) {
    g_autofree char *opened = mill_number_group (concurrency);
    advise (plan, MILL_ADVICE_BLOCKER, "ports", trial->model_name, _ ("Too few local ports"),
            g_strdup_printf (_ ("%s opens %s connections at once, but this system has %s local "
                                "ports for them. Take fewer requests in flight."),
                             trial->model_name, opened, ports));
    return;
  }
  if (trial->keep_alive || limits->port_reuse_s <= 0)
    return;
  /* Each closed connection keeps its port for port_reuse_s. */
  double seconds = MIN (MAX (trial_s, 0.001), limits->port_reuse_s);
  double used = (double) requests / MAX (trial_s, 0.001) * seconds + (double) concurrency;
  if (used <= (double) limits->ephemeral_ports)
    return;
  g_autofree char *used_text = mill_number_group ((gint64) round (used));
  advise (plan, MILL_ADVICE_WARNING, "ports", trial->model_name, _ ("Local ports will run out"),
          g_strdup_printf (
              _ ("Without keep-alive %s opens about %s connections while closed ones keep their "
                 "local port for %.0f s; this system has %s ports. Turn keep-alive on, or take "
                 "fewer requests."),
              trial->model_name, used_text, limits->port_reuse_s, ports));
}

static void
advise_threads (MillPlan *plan, const MillTrial *trial, int threads, const MillLimits *limits)
{
  if (limits->threads <= 0 || threads + OTHER_THREADS <= limits->threads)
    return;
  g_autofree char *needed = mill_number_group (threads);
  g_autofree char *allowed = mill_number_group (limits->threads);
  advise (
      plan, MILL_ADVICE_BLOCKER, "threads", trial->model_name, _ ("Too many threads"),
      g_strdup_printf (_ ("%s needs %s threads, but this system allows %s. Take fewer threads."),
                       trial->model_name, needed, allowed));
}

static void
advise_memory (MillPlan *plan,
               const MillExperiment *experiment,
               const MillTrial *trial,
               gint64 requests,
               gint64 concurrency,
               int threads,
               const MillLimits *limits)
{
  gboolean many_threads = threads > 1 && trial->model.kind != MILL_MODEL_HYBRID;
  double per_request =
      MAX (BYTES_PER_REQUEST_IN_FLIGHT, (double) MAX (experiment->server.body_size_bytes, 0));
  double needed = BYTES_PER_PROCESS + (double) concurrency * per_request +
                  (double) requests * sizeof (MillRecord) +
                  (many_threads ? threads * BYTES_PER_THREAD : 0);

  if (trial->model.kind == MILL_MODEL_MULTIPROCESS)
    needed += trial->model.workers * BYTES_PER_PROCESS;
  if (limits->memory_bytes <= 0 || needed < 0.8 * (double) limits->memory_bytes)
    return;
  g_autofree char *needed_text = g_format_size_full ((guint64) needed, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *free_text =
      g_format_size_full ((guint64) limits->memory_bytes, G_FORMAT_SIZE_IEC_UNITS);
  gboolean impossible = needed > (double) limits->memory_bytes;
  advise (
      plan, impossible ? MILL_ADVICE_BLOCKER : MILL_ADVICE_WARNING, "memory", trial->model_name,
      _ ("Memory is short"),
      g_strdup_printf (_ ("%s will need about %s of memory, and %s are free. Take fewer threads, "
                          "requests in flight or smaller bodies."),
                       trial->model_name, needed_text, free_text));
}

static void
advise_backlog (MillPlan *plan,
                const MillExperiment *experiment,
                const MillTrial *trial,
                gint64 concurrency)
{
  if (experiment->urls != NULL || concurrency <= SERVER_BACKLOG)
    return;
  g_autofree char *opened = mill_number_group (concurrency);
  g_autofree char *backlog = mill_number_group (SERVER_BACKLOG);
  advise (plan, MILL_ADVICE_NOTE, "backlog", trial->model_name, _ ("A burst of connections"),
          g_strdup_printf (_ ("%s may open %s connections in one burst; the server's queue holds "
                              "%s. Some may wait a second for a second attempt, and it will "
                              "show."),
                           trial->model_name, opened, backlog));
}

gint64
mill_plan_round_requests (double requests)
{
  double power = pow (10, floor (log10 (MAX (requests, 1))));
  double lead = requests / power;

  return (gint64) (power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1));
}

static void
advise_slow_model (MillPlan *plan,
                   const MillExperiment *experiment,
                   const MillTrial *trial,
                   const MillModelEstimate *estimate,
                   int cores)
{
  gboolean dominates = plan->total_s > LONG_RUN_S && plan->estimates->len > 1 &&
                       estimate->total_s > SLOW_SHARE * plan->total_s;

  if (experiment->duration_s > 0 || experiment->rate > 0 || estimate->projected)
    return;
  if (estimate->total_s <= SLOW_MODEL_S && !dominates)
    return;
  /* Projecting needs several rounds of what is in flight at once. */
  gint64 least = MAX (REMEDY_MIN_REQUESTS,
                      4 * (gint64) mill_model_spec_concurrency (&trial->model, trial->requests));
  double rate = (double) trial->requests / estimate->trial_s;
  gint64 remedy = mill_plan_round_requests (rate * REMEDY_S / experiment->repetitions);
  remedy = MAX (remedy, least);
  if (remedy * 2 > trial->requests)
    return;

  double remedy_s =
      mill_estimate_trial_s (experiment, trial, remedy, cores) * experiment->repetitions;
  g_autofree char *long_text = mill_plan_describe_duration (estimate->total_s);
  g_autofree char *short_text = mill_plan_describe_duration (remedy_s);
  g_autofree char *measured = mill_number_group (remedy);
  g_autofree char *all = mill_number_group (trial->requests);
  MillAdvice *advice = advise (
      plan, MILL_ADVICE_WARNING, "slow-model", trial->model_name, _ ("One model takes very long"),
      g_strdup_printf (_ ("%s will take about %s. Measure %s of its %s requests instead (about "
                          "%s) and project the rest; a projected value is marked everywhere."),
                       trial->model_name, long_text, measured, all, short_text));
  advice->remedy_requests = remedy;
}

static void
advise_repetitions (MillPlan *plan, const MillExperiment *experiment)
{
  if (experiment->models->len < 2 || experiment->repetitions >= MIN_REPETITIONS_FOR_VERDICT)
    return;
  advise (
      plan, MILL_ADVICE_NOTE, "repetitions", NULL, _ ("Too few repetitions for a verdict"),
      g_strdup_printf (ngettext ("%d repetition shows the figures, but not whether models differ "
                                 "by more than chance: that takes at least %d.",
                                 "%d repetitions show the figures, but not whether models "
                                 "differ by more than chance: that takes at least %d.",
                                 (unsigned long) experiment->repetitions),
                       experiment->repetitions, MIN_REPETITIONS_FOR_VERDICT));
}

static void
advise_trial (MillPlan *plan,
              const MillExperiment *experiment,
              const MillTrial *trial,
              const MillModelEstimate *estimate,
              const MillLimits *limits)
{
  gint64 concurrency = mill_model_spec_concurrency (&trial->model, trial->requests);
  gint64 requests = mill_estimate_requests (experiment, trial, limits->cores);
  int threads = threads_of (trial);

  advise_threads (plan, trial, threads, limits);
  if (trial->workload == MILL_WORKLOAD_HTTP) {
    advise_descriptors (plan, experiment, trial, concurrency, threads, limits);
    advise_ports (plan, trial, requests, estimate->trial_s, concurrency, limits);
    advise_memory (plan, experiment, trial, requests, concurrency, threads, limits);
    advise_backlog (plan, experiment, trial, concurrency);
  }
  advise_slow_model (plan, experiment, trial, estimate, limits->cores);
}

void
mill_plan_advise (MillPlan *plan,
                  const MillExperiment *experiment,
                  GPtrArray *round,
                  const MillLimits *limits)
{
  g_autoptr (GError) error = NULL;

  if (!mill_experiment_check_permission (experiment, &error))
    advise (plan, MILL_ADVICE_BLOCKER, "remote-load", NULL, _ ("A load needs permission"),
            g_strdup (error->message));
  for (guint i = 0; i < round->len; i++)
    advise_trial (plan, experiment, g_ptr_array_index (round, i),
                  g_ptr_array_index (plan->estimates, i), limits);
  advise_repetitions (plan, experiment);
  g_ptr_array_sort (plan->advice, compare_by_level);
}

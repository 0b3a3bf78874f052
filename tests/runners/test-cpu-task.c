/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "runners/mill-cpu-task.h"
#include "runners/mill-run.h"

/* The expected figures come from this Python 3 program, which shares nothing with ours but the
 * definition of the URLs (SplitMix64, the alphabet) and of the result:
 *
 *   import hashlib
 *   M = 2**64 - 1
 *   A = ("abcdefghijklmnopqrstuvwxyz0123456789-_~./?=&"
 *        "\u00e9\u00fc\u00df\u00f1\u00f8\u044f\u0436\u0434\u03bb\u03c0"
 *        "\u4e16\u754c\u6771\u4eac\u8a9e\u0939\u0928\U0001f600\U0001f680\U0001f30d")
 *   def rnd(s):
 *       s = (s + 0x9e3779b97f4a7c15) & M
 *       z = ((s ^ s >> 30) * 0xbf58476d1ce4e5b9) & M
 *       z = ((z ^ z >> 27) * 0x94d049bb133111eb) & M
 *       return s, z ^ z >> 31
 *   def url(seed, i):
 *       s, z = rnd(seed); s = (z + i) & M
 *       s, z = rnd(s); n = 293 + z % 64; u = ""
 *       while len(u) < n:
 *           s, z = rnd(s); u += "".join(A[z >> 6 * k & 63] for k in range(10))
 *       return "https://example.org/" + u[:n]
 *   def task(seed, n, rounds, first=0):
 *       total = digest = 0
 *       for i in range(first, first + n):
 *           total += rounds * sum(len(c.encode()) for c in url(seed, i))
 *           h = hashlib.sha256(url(seed, i).encode() * rounds).digest()
 *           digest ^= int.from_bytes(h[:8], "big")
 *       return total, digest
 */
typedef struct {
  guint64 seed;
  gint64 first;
  gint64 requests;
  int rounds;
  guint64 total;
  guint64 digest;
} Expected;

static const Expected expected[] = {
  { 1, 0, 1, 1, 513, G_GUINT64_CONSTANT (0xe8b452861831315b) },
  { 1, 0, 83, 1, 42484, G_GUINT64_CONSTANT (0x9496e142898127f6) },
  { 1, 0, 83, 2, 84968, G_GUINT64_CONSTANT (0x8dfef8970b182ace) },
  { 7, 0, 83, 1, 42514, G_GUINT64_CONSTANT (0x4483cf80f2320172) },
  { 1, 5, 83, 1, 42500, G_GUINT64_CONSTANT (0x888e89d2c9c323fe) },
  { 1, 0, 2000, 1, 1023544, G_GUINT64_CONSTANT (0x38151a22dc3c9619) },
};

static void
test_known_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (MillCpuTask) task = mill_cpu_task_new (expected[i].seed, expected[i].rounds);
    guint64 total = 0;
    guint64 digest = 0;
    MillCpuResult result;

    /* Backwards: the order must not matter. */
    for (gint64 j = expected[i].requests - 1; j >= 0; j--) {
      g_assert_true (mill_cpu_task_run (task, expected[i].first + j, NULL, NULL, &result));
      total += result.bytes;
      digest ^= result.digest;
    }
    g_assert_cmpuint (total, ==, expected[i].total);
    g_assert_cmphex (digest, ==, expected[i].digest);
  }
}

static void
test_urls (void)
{
  gunichar url[MILL_CPU_URL_MAX_CHARACTERS];
  gboolean seen[5] = { FALSE };
  double bytes = 0;

  for (gint64 i = 0; i < 1000; i++) {
    int length = mill_cpu_task_make_url (42, i, url);
    g_autofree char *text = g_ucs4_to_utf8 (url, length, NULL, NULL, NULL);

    g_assert_cmpint (length, <=, MILL_CPU_URL_MAX_CHARACTERS);
    g_assert_true (g_utf8_validate (text, -1, NULL));
    g_assert_true (g_str_has_prefix (text, "https://example.org/"));
    bytes += (double) strlen (text);
    for (int j = 0; j < length; j++)
      seen[g_unichar_to_utf8 (url[j], NULL)] = TRUE;
  }
  /* 100,000 of them make about 51 MB; characters of every length are among them. */
  g_assert_cmpfloat_with_epsilon (bytes / 1000, 512, 5);
  for (int width = 1; width <= 4; width++)
    g_assert_true (seen[width]);
}

static gboolean
stop_at_third (gpointer data)
{
  int *calls = data;

  return ++*calls < 3;
}

static void
test_stops_between_rounds (void)
{
  g_autoptr (MillCpuTask) task = mill_cpu_task_new (1, 1000000);
  MillCpuResult result;
  int calls = 0;

  g_assert_false (mill_cpu_task_run (task, 0, stop_at_third, &calls, &result));
  g_assert_cmpint (calls, ==, 3);
  g_assert_cmpuint (result.bytes, ==, 0);
  g_assert_cmphex (result.digest, ==, 0);
}

typedef struct {
  MillModelKind kind;
  int workers;
} Model;

static const Model models[] = {
  { MILL_MODEL_SYNC, 1 },
  { MILL_MODEL_THREAD_PER_REQUEST, 1 },
  { MILL_MODEL_THREAD_PER_REQUEST, 4 },
  { MILL_MODEL_THREAD_PER_REQUEST, 100 },
  { MILL_MODEL_THREAD_POOL, 1 },
  { MILL_MODEL_THREAD_POOL, 4 },
  { MILL_MODEL_THREAD_POOL, 100 },
  { MILL_MODEL_GIL_THREAD_POOL, 1 },
  { MILL_MODEL_GIL_THREAD_POOL, 4 },
  { MILL_MODEL_GIL_THREAD_POOL, 100 },
  { MILL_MODEL_MAIN_LOOP, 1 },
  { MILL_MODEL_HYBRID, 1 },
  { MILL_MODEL_HYBRID, 4 },
};

static MillTrial
make_trial (const Model *model, gint64 requests, int rounds)
{
  return (MillTrial){
    .model = { .kind = model->kind, .workers = model->workers, .in_flight = 1 },
    .workload = MILL_WORKLOAD_CPU,
    .repetition = 1,
    .order = 1,
    .rounds = rounds,
    .requests = requests,
    .requests_asked = requests,
    .seed = 1,
  };
}

/* Runs a trial as the worker does; returns its counts. */
static MillCounters
run_trial (const MillTrial *trial)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (MillRun) run = mill_run_new (trial, &error);
  MillCounters counters;
  MillRecord *records;
  gint64 n_records;

  g_assert_no_error (error);
  mill_runner_for (trial->model.kind)->run_cpu (run, &error);
  g_assert_no_error (error);
  mill_run_get_counters (run, &counters);
  records = mill_run_get_records (run, &n_records);
  g_assert_cmpint (mill_run_get_in_flight (run), ==, 0);
  g_assert_cmpint (mill_run_get_max_in_flight (run), <=, trial->model.workers);
  g_assert_cmpint (n_records, ==, trial->requests);
  for (gint64 i = 0; i < n_records; i++) {
    g_assert_cmpint (mill_record_load_outcome (&records[i]), ==, MILL_OUTCOME_OK);
    g_assert_cmpuint (records[i].lane, <, mill_run_get_lanes (run));
    g_assert_cmpuint (records[i].started_us, <=, records[i].done_us);
  }
  return counters;
}

/* The same result under every model, the remainder of 83 over 4 included. */
static void
test_same_under_every_model (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (expected); j++) {
      MillTrial trial = make_trial (&models[i], expected[j].requests, expected[j].rounds);
      MillCounters counters;

      trial.seed = expected[j].seed;
      trial.first_request = expected[j].first;
      counters = run_trial (&trial);
      g_assert_cmpint (counters.outcomes[MILL_OUTCOME_OK], ==, expected[j].requests);
      g_assert_cmpuint (counters.checksum_bytes, ==, expected[j].total);
      g_assert_cmphex (counters.checksum, ==, expected[j].digest);
    }
  }
}

/* Warm-up changes neither the count nor the total nor the digest. */
static void
test_warm_up (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    MillTrial trial = make_trial (&models[i], 83, 1);
    MillCounters counters;

    trial.warmup = 10;
    counters = run_trial (&trial);
    g_assert_cmpint (counters.done, ==, 83);
    g_assert_cmpuint (counters.checksum_bytes, ==, expected[1].total);
    g_assert_cmphex (counters.checksum, ==, expected[1].digest);
  }
}

static gpointer
stop_soon (gpointer data)
{
  MillRun *run = data;

  while (mill_run_get_in_flight (run) == 0)
    g_usleep (1000);
  g_usleep (20 * G_TIME_SPAN_MILLISECOND);
  mill_run_stop (run);
  return NULL;
}

/* One URL would take minutes: the work itself is left, and it does not count. */
static void
test_stop (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    MillTrial trial = make_trial (&models[i], 83, 50 * 1000 * 1000);
    g_autoptr (GError) error = NULL;
    g_autoptr (MillRun) run = mill_run_new (&trial, &error);
    GThread *stopper;
    MillCounters counters;

    g_assert_no_error (error);
    stopper = g_thread_new ("stopper", stop_soon, run);
    mill_runner_for (trial.model.kind)->run_cpu (run, &error);
    g_assert_no_error (error);
    g_thread_join (stopper);
    mill_run_get_counters (run, &counters);
    g_assert_cmpint (counters.outcomes[MILL_OUTCOME_OK], ==, 0);
    g_assert_cmpint (counters.outcomes[MILL_OUTCOME_CANCELLED], >, 0);
    g_assert_cmpint (counters.outcomes[MILL_OUTCOME_CANCELLED], <=, models[i].workers);
    g_assert_cmpuint (counters.checksum_bytes, ==, 0);
    g_assert_cmpint (mill_run_get_in_flight (run), ==, 0);
  }
}

/* By duration: ends by itself, everything that was taken was done, and no more. */
static void
test_duration (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++) {
    MillTrial trial = make_trial (&models[i], 1000000, 1);
    g_autoptr (GError) error = NULL;
    g_autoptr (MillRun) run = NULL;
    MillCounters counters;
    gint64 n_records;

    trial.duration_s = 0.05;
    run = mill_run_new (&trial, &error);
    g_assert_no_error (error);
    mill_runner_for (trial.model.kind)->run_cpu (run, &error);
    g_assert_no_error (error);
    mill_run_get_counters (run, &counters);
    mill_run_get_records (run, &n_records);
    g_assert_cmpint (counters.outcomes[MILL_OUTCOME_OK], >, 0);
    g_assert_cmpint (counters.outcomes[MILL_OUTCOME_OK], <, 1000000);
    g_assert_cmpint (counters.outcomes[MILL_OUTCOME_OK], ==, n_records);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* A worker process has one pool; here a pool must not get the threads of the last one, whose
   * hand-over a race detector cannot see. */
  g_thread_pool_set_max_unused_threads (0);
  g_test_add_func ("/cpu-task/known-values", test_known_values);
  g_test_add_func ("/cpu-task/urls", test_urls);
  g_test_add_func ("/cpu-task/stops-between-rounds", test_stops_between_rounds);
  g_test_add_func ("/cpu-task/same-under-every-model", test_same_under_every_model);
  g_test_add_func ("/cpu-task/warm-up", test_warm_up);
  g_test_add_func ("/cpu-task/stop", test_stop);
  g_test_add_func ("/cpu-task/duration", test_duration);
  return g_test_run ();
}

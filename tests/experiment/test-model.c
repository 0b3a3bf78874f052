/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-model.h"

static MillModelSpec
parse (const char *text, MillWorkloadKind workload)
{
  MillModelSpec spec;
  g_autoptr (GError) error = NULL;

  mill_model_spec_parse (text, workload, &spec, &error);
  g_assert_no_error (error);
  return spec;
}

static void
test_written_and_read (void)
{
  static const struct {
    const char *text;
    MillWorkloadKind workload;
    MillModelSpec spec;
  } cases[] = {
    { "sync", MILL_WORKLOAD_HTTP, { MILL_MODEL_SYNC, 1, 1, 0 } },
    { "thread-per-request:7", MILL_WORKLOAD_HTTP, { MILL_MODEL_THREAD_PER_REQUEST, 7, 1, 0 } },
    { "thread-pool:20", MILL_WORKLOAD_HTTP, { MILL_MODEL_THREAD_POOL, 20, 1, 0 } },
    { "gil-thread-pool:20000", MILL_WORKLOAD_HTTP, { MILL_MODEL_GIL_THREAD_POOL, 20000, 1, 0 } },
    { "main-loop:1000", MILL_WORKLOAD_HTTP, { MILL_MODEL_MAIN_LOOP, 1, 1000, 0 } },
    { "main-loop:0", MILL_WORKLOAD_HTTP, { MILL_MODEL_MAIN_LOOP, 1, 0, 0 } },
    { "main-loop-batched:1000/10000",
      MILL_WORKLOAD_HTTP,
      { MILL_MODEL_MAIN_LOOP_BATCHED, 1, 1000, 10000 } },
    { "hybrid:10x100", MILL_WORKLOAD_HTTP, { MILL_MODEL_HYBRID, 10, 100, 0 } },
    { "multiprocess:4x250", MILL_WORKLOAD_HTTP, { MILL_MODEL_MULTIPROCESS, 4, 250, 0 } },
    { "epoll-loop:50", MILL_WORKLOAD_HTTP, { MILL_MODEL_EPOLL_LOOP, 1, 50, 0 } },
    { "sync", MILL_WORKLOAD_CPU, { MILL_MODEL_SYNC, 1, 1, 0 } },
    { "main-loop", MILL_WORKLOAD_CPU, { MILL_MODEL_MAIN_LOOP, 1, 1, 0 } },
    { "hybrid:4", MILL_WORKLOAD_CPU, { MILL_MODEL_HYBRID, 4, 0, 0 } },
    { "multiprocess:2", MILL_WORKLOAD_CPU, { MILL_MODEL_MULTIPROCESS, 2, 0, 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MillModelSpec spec = parse (cases[i].text, cases[i].workload);
    g_autofree char *written = mill_model_spec_to_string (&spec, cases[i].workload);

    g_assert_true (mill_model_spec_equal (&spec, &cases[i].spec));
    g_assert_cmpstr (written, ==, cases[i].text);
    g_assert_true (mill_model_spec_check (&spec, cases[i].workload, NULL));
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    MillWorkloadKind workload;
    const char *expected;
  } cases[] = {
    { "", MILL_WORKLOAD_HTTP, "is no model" },
    { "thread-pol:20", MILL_WORKLOAD_HTTP, "did you mean “thread-pool”" },
    { "mainloop:5", MILL_WORKLOAD_HTTP, "did you mean “main-loop”" },
    { "Sync", MILL_WORKLOAD_HTTP, "did you mean “sync”" },
    { "something-else-entirely:1", MILL_WORKLOAD_HTTP, "list models" },
    { "sync:1", MILL_WORKLOAD_HTTP, "takes no number" },
    { "sync:", MILL_WORKLOAD_HTTP, "takes no number" },
    { "thread-pool", MILL_WORKLOAD_HTTP, "thread-pool:N, for example thread-pool:20" },
    { "thread-pool:", MILL_WORKLOAD_HTTP, "thread-pool:N" },
    { "thread-pool:x", MILL_WORKLOAD_HTTP, "thread-pool:N" },
    { "thread-pool:20 ", MILL_WORKLOAD_HTTP, "thread-pool:N" },
    { "thread-pool:+20", MILL_WORKLOAD_HTTP, "thread-pool:N" },
    { "thread-pool:-1", MILL_WORKLOAD_HTTP, "thread-pool:N" },
    { "thread-pool:0x10", MILL_WORKLOAD_HTTP, "thread-pool:N" },
    { "thread-pool:20x5", MILL_WORKLOAD_HTTP, "thread-pool:N" },
    { "thread-pool:0", MILL_WORKLOAD_HTTP, "from 1 to 20,000" },
    { "thread-pool:20001", MILL_WORKLOAD_HTTP, "from 1 to 20,000" },
    { "thread-pool:99999999999999999999999999", MILL_WORKLOAD_HTTP, "from 1 to 20,000" },
    { "main-loop", MILL_WORKLOAD_HTTP, "main-loop:C, for example main-loop:80" },
    { "main-loop:100001", MILL_WORKLOAD_HTTP, "from 0 to 100,000" },
    { "main-loop:5", MILL_WORKLOAD_CPU, "takes no number here" },
    { "main-loop-batched:5", MILL_WORKLOAD_HTTP, "main-loop-batched:C/B" },
    { "main-loop-batched:5/0", MILL_WORKLOAD_HTTP, "from 1 to 10,000,000" },
    { "main-loop-batched:5x5", MILL_WORKLOAD_HTTP, "main-loop-batched:C/B" },
    { "main-loop-batched:5/5", MILL_WORKLOAD_CPU, "does not run CPU-bound work" },
    { "epoll-loop:5", MILL_WORKLOAD_CPU, "does not run CPU-bound work" },
    { "hybrid:4", MILL_WORKLOAD_HTTP, "hybrid:TxC, for example hybrid:4x20" },
    { "hybrid:4x", MILL_WORKLOAD_HTTP, "hybrid:TxC" },
    { "hybrid:x20", MILL_WORKLOAD_HTTP, "hybrid:TxC" },
    { "hybrid:4x20x2", MILL_WORKLOAD_HTTP, "hybrid:TxC" },
    { "hybrid:4X20", MILL_WORKLOAD_HTTP, "hybrid:TxC" },
    { "hybrid:4x0", MILL_WORKLOAD_HTTP, "from 1 to" },
    { "hybrid:0x4", MILL_WORKLOAD_HTTP, "from 1 to" },
    { "hybrid:1000x1000", MILL_WORKLOAD_HTTP, "at most 100,000" },
    { "hybrid:4x20", MILL_WORKLOAD_CPU, "hybrid:T, for example hybrid:4" },
    { "multiprocess:4", MILL_WORKLOAD_HTTP, "multiprocess:PxC, for example multiprocess:4x20" },
    { "multiprocess:257x1", MILL_WORKLOAD_HTTP, "from 1 to 256" },
    { "\xff\xff", MILL_WORKLOAD_HTTP, "is no model" },
    { "sync\nthread-pool:5", MILL_WORKLOAD_HTTP, "is no model" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MillModelSpec spec = { .kind = MILL_MODEL_HYBRID, .workers = 77 };
    g_autoptr (GError) error = NULL;

    g_assert_false (mill_model_spec_parse (cases[i].text, cases[i].workload, &spec, &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_null (strchr (error->message, '\n'));
    if (strstr (error->message, cases[i].expected) == NULL)
      g_test_fail_printf ("%s: “%s” does not say “%s”", cases[i].text, error->message,
                          cases[i].expected);
    g_assert_cmpint (spec.workers, ==, 77);
  }
}

static void
test_list (void)
{
  g_autoptr (GArray) list =
      mill_model_list_parse (" sync , thread-pool:20,sync ", MILL_WORKLOAD_HTTP, NULL);
  g_autoptr (GString) many = g_string_new ("sync");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (list->len, ==, 3);
  g_assert_cmpint (g_array_index (list, MillModelSpec, 1).workers, ==, 20);
  g_assert_cmpint (g_array_index (list, MillModelSpec, 2).kind, ==, MILL_MODEL_SYNC);

  for (int i = 0; i < MILL_MAX_MODELS; i++)
    g_string_append (many, ",sync");
  g_assert_null (mill_model_list_parse (many->str, MILL_WORKLOAD_HTTP, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_null (mill_model_list_parse ("", MILL_WORKLOAD_HTTP, NULL));
  g_assert_null (mill_model_list_parse ("sync,", MILL_WORKLOAD_HTTP, NULL));
}

static void
test_concurrency (void)
{
  static const struct {
    const char *text;
    gint64 requests;
    int concurrency;
    int lanes;
  } cases[] = {
    { "sync", 80, 1, 1 },
    { "thread-pool:20", 80, 20, 20 },
    { "thread-pool:100", 80, 80, 100 },
    { "thread-per-request:20", 80, 20, 20 },
    { "thread-per-request:100", 80, 80, 80 },
    { "main-loop:80", 1000, 80, 1 },
    { "main-loop:0", 1000, 1000, 1 },
    { "main-loop-batched:100/1000", 10000, 100, 1 },
    { "main-loop-batched:1000/100", 10000, 100, 1 },
    { "main-loop-batched:0/100", 10000, 100, 1 },
    { "hybrid:4x20", 1000, 80, 4 },
    { "multiprocess:3x7", 1000, 21, 3 },
    { "epoll-loop:0", 123456, 123456, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MillModelSpec spec = parse (cases[i].text, MILL_WORKLOAD_HTTP);
    g_assert_cmpint (mill_model_spec_concurrency (&spec, cases[i].requests), ==,
                     cases[i].concurrency);
    g_assert_cmpint (mill_model_spec_lanes (&spec, cases[i].requests), ==, cases[i].lanes);
  }
}

static void
test_set_concurrency (void)
{
  static const struct {
    const char *text;
    MillWorkloadKind workload;
    int concurrency;
    const char *expected; /* NULL: refused */
  } cases[] = {
    { "sync", MILL_WORKLOAD_HTTP, 1, NULL },
    { "thread-pool:20", MILL_WORKLOAD_HTTP, 1000, "thread-pool:1000" },
    { "thread-pool:20", MILL_WORKLOAD_HTTP, 20001, NULL },
    { "thread-pool:20", MILL_WORKLOAD_HTTP, 0, NULL },
    { "main-loop:5", MILL_WORKLOAD_HTTP, 1000, "main-loop:1000" },
    { "main-loop:5", MILL_WORKLOAD_HTTP, 0, NULL },
    { "main-loop-batched:5/100", MILL_WORKLOAD_HTTP, 100, "main-loop-batched:100/100" },
    { "main-loop-batched:5/100", MILL_WORKLOAD_HTTP, 101, NULL },
    { "hybrid:4x20", MILL_WORKLOAD_HTTP, 100, "hybrid:4x25" },
    { "hybrid:4x20", MILL_WORKLOAD_HTTP, 10, NULL },
    { "hybrid:4x20", MILL_WORKLOAD_HTTP, 2, NULL },
    { "multiprocess:2x50", MILL_WORKLOAD_HTTP, 8, "multiprocess:2x4" },
    { "hybrid:4", MILL_WORKLOAD_CPU, 8, "hybrid:8" },
    { "multiprocess:2", MILL_WORKLOAD_CPU, 257, NULL },
    { "main-loop", MILL_WORKLOAD_CPU, 1, "main-loop" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MillModelSpec spec = parse (cases[i].text, cases[i].workload);
    g_autoptr (GError) error = NULL;
    gboolean set = mill_model_spec_set_concurrency (&spec, cases[i].concurrency, &error);
    g_autofree char *written = mill_model_spec_to_string (&spec, cases[i].workload);

    if (cases[i].expected == NULL) {
      g_assert_false (set);
      g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
    }
    g_assert_cmpstr (written, ==, cases[i].expected != NULL ? cases[i].expected : cases[i].text);
  }
}

static void
test_facts (void)
{
  for (int i = 0; i < MILL_N_MODELS; i++) {
    const MillModelInfo *info = mill_model_info ((MillModelKind) i);
    const MillModelInfo *family = mill_model_info (info->family);

    g_assert_cmpint (info->kind, ==, i);
    g_assert_cmpint (family->family, ==, family->kind);
    g_assert_cmpuint (strlen (info->summary), >, 10);
    g_assert_cmpint (info->http, !=, MILL_PARAMETERS_UNSUPPORTED);
    for (int j = 0; j < i; j++)
      g_assert_cmpstr (info->id, !=, mill_model_info ((MillModelKind) j)->id);
  }
  g_assert_true (mill_model_is_available (MILL_MODEL_SYNC));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/written-and-read", test_written_and_read);
  g_test_add_func ("/model/refused", test_refused);
  g_test_add_func ("/model/list", test_list);
  g_test_add_func ("/model/concurrency", test_concurrency);
  g_test_add_func ("/model/set-concurrency", test_set_concurrency);
  g_test_add_func ("/model/facts", test_facts);
  return g_test_run ();
}

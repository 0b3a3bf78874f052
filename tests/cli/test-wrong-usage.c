/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cli-fixture.h"

/* A wrong command line, and what standard error must say. */
typedef struct {
  const char *arguments[10];
  const char *message;
} Wrong;

/* "FOLDER" stands for the folder of the test. */
static const Wrong wrongs[] = {
  { { "frobnicate" }, "frobnicate" },
  { { "run", "--models", "nope" }, "nope" },
  { { "run", "--models", "thread-pool:0" }, "thread-pool:0" },
  { { "run", "--models", "hybrid:4" }, "hybrid:TxC" },
  { { "run", "--models", "sync", "--requests", "-5" }, "--requests" },
  { { "run", "--models", "sync", "--requests", "1000000000000" }, "10,000,000" },
  { { "run", "--models", "sync", "--delay", "-1" }, "--delay" },
  { { "run", "--models", "sync", "--error-rate", "2" }, "error" },
  { { "run", "--models", "sync", "--timeout", "nan" }, "--timeout" },
  { { "run", "--models", "sync", "--url", "localhost/" }, "http://" },
  { { "run", "--models", "sync", "--url-list", "FOLDER/empty.txt" }, "holds no URL" },
  { { "run", "--models", "sync", "--url-list", "FOLDER/bad.txt" }, "line 2" },
  { { "run", "--models", "sync", "--url-list", "FOLDER/missing.txt" }, "missing.txt" },
  { { "run", "--models", "sync", "--frobnicate" }, "--frobnicate" },
  { { "run", "--models", "sync", "--threshold", "p95" }, "p95" },
  { { "run", "--models", "sync", "--threshold", "main-loop:9.p99<1s" }, "main-loop:9" },
  { { "run", "--models", "sync", "--threshold", "p99<1s" }, "500" },
  { { "run", "--models", "sync", "--threshold", "sync.p99.9<1s", "--repeat", "50" }, "5,000" },
  { { "run", "--models", "sync", "--threshold", "time<1s", "--project", "sync=20" }, "projected" },
  { { "run", "--models", "sync", "--output", "-" }, "--output" },
  { { "run", "--preset", "first", "--experiment", "FOLDER/missing.threadmill" }, "exclude" },
  { { "run", "--models", "sync", "--csv", "FOLDER/a", "--html", "FOLDER/a" }, "--html" },
  { { "run", "--models", "sync", "--chart", "cake=FOLDER/a.png" }, "cake" },
  { { "run", "--models", "sync", "--chart", "time=FOLDER/a.bmp" }, ".png" },
  { { "run", "--models", "sync", "--output", "FOLDER" }, "folder" },
  { { "run", "--models", "sync", "--output", "FOLDER/none/a.threadmill" }, "folder" },
  { { "run", "--models", "sync", "--csv", "FOLDER/none/a.csv" }, "--csv" },
  { { "run", "--preset", "nope" }, "nope" },
  { { "run", "--experiment", "FOLDER/truncated.threadmill" }, "truncated.threadmill" },
  { { "run", "--models", "sync", "--url", "http://example.com/", "--requests", "500" },
    "--allow-remote-load" },
  { { "show", "FOLDER/truncated.threadmill" }, "truncated.threadmill" },
  { { "show", "FOLDER/deep.threadmill" }, "deep.threadmill" },
  { { "show", "FOLDER/missing.threadmill" }, "missing.threadmill" },
  { { "show", "FOLDER" }, "folder" },
  { { "show" }, "show" },
  { { "show", "a", "b" }, "too many" },
  { { "show", "--frobnicate", "a" }, "--frobnicate" },
  { { "validate", "FOLDER/truncated.threadmill" }, "truncated.threadmill" },
  { { "validate", "FOLDER/nonsense.threadmill" }, "nonsense.threadmill" },
  { { "validate", "FOLDER/wrong.threadmill" }, "requests" },
  { { "compare", "--figure", "cake", "a", "b" }, "wall_time_s" },
  { { "merge", "a", "b", "--output", "-" }, "--output" },
  { { "export", "--to", "k6", "first", "--output", "-" }, "--output" },
  { { "show", "published:cake" }, "list published" },
  { { "compare", "FOLDER/missing.threadmill", "FOLDER/missing.threadmill" }, "missing.threadmill" },
  { { "chart", "FOLDER/missing.threadmill", "--kind", "time", "--output", "FOLDER/a.png" },
    "missing.threadmill" },
  { { "chart", "FOLDER/missing.threadmill" }, "--kind" },
  { { "chart", "published:nope", "--kind", "time", "--output", "FOLDER/a.png" }, "nope" },
  { { "chart", "a", "--kind", "time", "--output", "FOLDER/a.png", "--size", "huge" },
    "half-column" },
  { { "chart", "a", "--kind", "scaling", "--output", "FOLDER/a.png", "--figure", "cake" }, "cake" },
  { { "chart", "a", "--kind", "time", "--output", "FOLDER/a.png", "--figure", "wall_time_s" },
    "scaling" },
  { { "serve", "--port", "99999" }, "99999" },
  { { "serve", "--delay", "-1" }, "delay" },
  { { "serve", "--seed", "-1" }, "--seed" },
};

/* Exit status 2, the reason on standard error, nothing on standard output, nothing run. */
static void
test_wrong_usage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_strnfill (5000, '[');
  const struct {
    const char *name;
    const char *text;
  } files[] = {
    { "empty.txt", "\n# nothing\n" },
    { "bad.txt", "http://127.0.0.1:1/\nbad line\n" },
    { "truncated.threadmill", "{ \"format\": { \"name\": \"threadmill-res" },
    { "nonsense.threadmill", "{ \"format\": { \"name\": \"cake\", \"version\": 1 } }" },
    { "wrong.threadmill", "{ \"format\": { \"name\": \"threadmill-experiment\", \"version\": 1 },\n"
                          "  \"models\": [ \"sync\" ], \"requests\": -3 }" },
    { "deep.threadmill", deep },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    g_free (write_file (fixture, files[i].name, files[i].text));
  for (gsize i = 0; i < G_N_ELEMENTS (wrongs); i++) {
    g_auto (GStrv) arguments = g_new0 (char *, 9);
    for (gsize a = 0; a < 8 && wrongs[i].arguments[a] != NULL; a++) {
      g_autoptr (GString) text = g_string_new (wrongs[i].arguments[a]);
      g_string_replace (text, "FOLDER", fixture->folder, 0);
      arguments[a] = g_strdup (text->str);
    }
    g_autoptr (Call) call = call_v (fixture, (const char *const *) arguments);
    g_autofree char *said = g_strjoinv (" ", arguments);
    g_test_message ("%s", said);
    assert_status (call, MILL_EXIT_USAGE);
    assert_contains (call->err, wrongs[i].message);
    g_assert_null (strstr (call->err, "started"));
    g_assert_cmpstr (call->out, ==, "");
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/wrong-usage", test_wrong_usage);
  return g_test_run ();
}

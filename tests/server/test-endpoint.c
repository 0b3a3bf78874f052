/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "server/mill-endpoint.h"
#include "server/mill-server.h"

static void
test_routes (void)
{
  const struct {
    const char *method, *path;
    MillRoute route;
  } cases[] = {
    { "GET", "/", { MILL_ENDPOINT_PING, -1, -1, 200 } },
    { "PUT", "/ping", { MILL_ENDPOINT_PING, -1, -1, 200 } },
    { "GET", "/delay/0.25", { MILL_ENDPOINT_DELAY, 0.25, -1, 200 } },
    { "GET", "/bytes/0", { MILL_ENDPOINT_BYTES, -1, 0, 200 } },
    { "GET", "/bytes/1048576", { MILL_ENDPOINT_BYTES, -1, 1048576, 200 } },
    { "GET", "/status/404", { MILL_ENDPOINT_STATUS, -1, -1, 404 } },
    { "POST", "/json", { MILL_ENDPOINT_JSON, -1, -1, 200 } },
    { "GET", "/json", { MILL_ENDPOINT_BAD_METHOD, -1, -1, 200 } },
    { "GET", "/drop", { MILL_ENDPOINT_DROP, -1, -1, 200 } },
    { "GET", "/stats", { MILL_ENDPOINT_STATS, -1, -1, 200 } },
    { "GET", "/pin", { MILL_ENDPOINT_UNKNOWN, -1, -1, 200 } },
    { "GET", "", { MILL_ENDPOINT_UNKNOWN, -1, -1, 200 } },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    MillRoute route;
    mill_route (cases[i].method, cases[i].path, &route);
    g_assert_cmpint (route.endpoint, ==, cases[i].route.endpoint);
    g_assert_cmpfloat (route.delay_s, ==, cases[i].route.delay_s);
    g_assert_cmpint (route.size_bytes, ==, cases[i].route.size_bytes);
    g_assert_cmpuint (route.status, ==, cases[i].route.status);
  }
}

static void
test_bad_numbers (void)
{
  const char *const paths[] = { "/delay/",     "/delay/-1",     "/delay/nan",
                                "/delay/1e9",  "/delay/0x10g",  "/delay/ 1",
                                "/bytes/",     "/bytes/-1",     "/bytes/1.5",
                                "/bytes/1e3",  "/status/199",   "/status/600",
                                "/status/abc", "/status/0x200", "/bytes/99999999999999999999" };
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    MillRoute route;
    mill_route ("GET", paths[i], &route);
    g_assert_cmpint (route.endpoint, ==, MILL_ENDPOINT_BAD_REQUEST);
  }
}

static void
test_json (void)
{
  guint status = 0;
  g_autofree char *object = mill_endpoint_answer_json ("{\"a\":1,\"b\":[]}", 14, &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_nonnull (strstr (object, "\"members\":2"));
  g_assert_nonnull (strstr (object, "\"bytes\":14"));

  g_autofree char *nothing = mill_endpoint_answer_json ("", 0, &status);
  g_assert_cmpuint (status, ==, 400);
  g_autofree char *cut = mill_endpoint_answer_json ("{\"a\":", 5, &status);
  g_assert_cmpuint (status, ==, 400);
  g_assert_nonnull (strstr (cut, "\"ok\":false"));

  /* A hundred thousand open brackets must not exhaust the stack. */
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *refused = mill_endpoint_answer_json (deep, 100000, &status);
  g_assert_cmpuint (status, ==, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoint/routes", test_routes);
  g_test_add_func ("/endpoint/bad-numbers", test_bad_numbers);
  g_test_add_func ("/endpoint/json", test_json);
  return g_test_run ();
}

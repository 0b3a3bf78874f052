/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * HTTPS and HTTP/2 against a server that is not ours: nginx with a certificate made for the
 * test. The command line is driven as a user would drive it.
 */
#include "config.h"

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "nginx.h"

#define REQUESTS "40"
#ifdef HAVE_EPOLL_LOOP
#define EPOLL_LOOP ",epoll-loop:10"
#define N_MODELS 6
#else
#define EPOLL_LOOP ""
#define N_MODELS 5
#endif

/* nginx with a certificate. */
typedef struct {
  Nginx *nginx;
  char *url;
  char *certificate;
} Server;

static void
make_certificate (const char *certificate, const char *key)
{
  g_autoptr (GError) error = NULL;
  const char *const arguments[] = {
    "openssl", "req", "-x509", "-newkey",       "rsa:2048", "-nodes",
    "-days",   "2",   "-subj", "/CN=localhost", "-addext",  "subjectAltName=DNS:localhost",
    "-keyout", key,   "-out",  certificate,     NULL
  };
  g_autoptr (GSubprocess) process = g_subprocess_newv (
      arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_assert_no_error (error);
  g_autofree char *output = NULL;
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_test_message ("openssl: %s", output);
  g_assert_true (g_subprocess_get_successful (process));
}

static Server *
server_new (void)
{
  Server *server = g_new0 (Server, 1);
  server->nginx = nginx_new ();
  server->certificate = g_build_filename (server->nginx->folder, "certificate.pem", NULL);
  g_autofree char *key = g_build_filename (server->nginx->folder, "key.pem", NULL);
  make_certificate (server->certificate, key);
  server->url = g_strdup_printf ("https://localhost:%u/", server->nginx->port);
  g_autofree char *http = g_strdup_printf (
      "  log_format protocol '$server_protocol $status'; access_log access.log protocol;\n"
      "  server { listen 127.0.0.1:%u ssl http2; server_name localhost;\n"
      "    ssl_certificate certificate.pem; ssl_certificate_key key.pem;\n"
      "    location / { return 200 'hello'; } }",
      server->nginx->port);
  nginx_start (server->nginx, http);
  return server;
}

static void
server_free (Server *server)
{
  nginx_free (server->nginx);
  g_free (server->url);
  g_free (server->certificate);
  g_free (server);
}

/* Runs the command line against @url; returns the trials of its document. */
static JsonArray *
run_cli (Server *server, const char *url, gboolean trusted, const char *models, int exit_status)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *document = g_build_filename (server->nginx->folder, "result.threadmill", NULL);
  g_autofree char *cli =
      g_test_build_filename (G_TEST_BUILT, "..", "src", "cli", "threadmill-cli", NULL);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *const fixed[] = { cli,    "run",        "--quiet", "--url",    url,     "--models",
                                models, "--requests", REQUESTS,  "--output", document };
  for (guint i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (arguments, (char *) fixed[i]);
  if (trusted) {
    g_ptr_array_add (arguments, (char *) "--ca-file");
    g_ptr_array_add (arguments, server->certificate);
  }
  g_ptr_array_add (arguments, NULL);
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *) arguments->pdata, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, exit_status);

  g_autoptr (JsonParser) parser = json_parser_new ();
  json_parser_load_from_file (parser, document, &error);
  g_assert_no_error (error);
  JsonObject *top = json_node_get_object (json_parser_get_root (parser));
  return json_array_ref (json_object_get_array_member (top, "trials"));
}

/* A trusted certificate: every request is answered, by HTTP/2, under every kind of model. */
static void
test_trusted (void)
{
  Server *server = server_new ();
  g_autoptr (JsonArray) trials = run_cli (server, server->url, TRUE,
                                          "sync,thread-pool:4,main-loop:10,hybrid:2x5,"
                                          "multiprocess:2x5" EPOLL_LOOP,
                                          0);
  guint n = json_array_get_length (trials);
  g_assert_cmpuint (n, ==, N_MODELS);
  for (guint i = 0; i < n; i++) {
    JsonObject *trial = json_array_get_object_element (trials, i);
    g_assert_cmpint (json_object_get_int_member (trial, "requests_ok"), ==, 40);
    g_assert_cmpint (json_object_get_int_member (trial, "requests_failed"), ==, 0);
  }
  g_autofree char *log = NULL;
  g_assert_true (g_file_get_contents (server->nginx->access_log, &log, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (g_strchomp (log), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, N_MODELS * 40);
  for (int i = 0; lines[i] != NULL; i++)
    g_assert_cmpstr (lines[i], ==, "HTTP/2.0 200");
  server_free (server);
}

static void
assert_all_refused (JsonArray *trials)
{
  for (guint i = 0; i < json_array_get_length (trials); i++) {
    JsonObject *trial = json_array_get_object_element (trials, i);
    g_assert_cmpint (json_object_get_int_member (trial, "requests_ok"), ==, 0);
    g_assert_cmpint (json_object_get_int_member (trial, "requests_failed"), ==, 40);
    JsonObject *errors = json_object_get_object_member (trial, "errors");
    g_assert_cmpint (json_object_get_int_member (errors, "tls"), ==, 40);
  }
}

/* A certificate that nobody vouches for is refused, and the reason is named. */
static void
test_untrusted (void)
{
  Server *server = server_new ();
  g_autoptr (JsonArray) loop = run_cli (server, server->url, FALSE, "main-loop:10" EPOLL_LOOP, 1);
  assert_all_refused (loop);
  g_autoptr (JsonArray) sync = run_cli (server, server->url, FALSE, "sync", 1);
  assert_all_refused (sync);
  server_free (server);
}

/* A trusted certificate for another name is refused too. */
static void
test_wrong_name (void)
{
  Server *server = server_new ();
  const char *port = strrchr (server->url, ':');
  g_autofree char *url = g_strconcat ("https://127.0.0.1", port, NULL);
  g_autoptr (JsonArray) trials = run_cli (server, url, TRUE, "main-loop:10" EPOLL_LOOP, 1);
  assert_all_refused (trials);
  server_free (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *openssl = g_find_program_in_path ("openssl");
  if (!nginx_is_installed () || openssl == NULL) {
    g_print ("1..0 # SKIP nginx or openssl is not installed\n");
    return 0;
  }
  g_test_add_func ("/https/trusted", test_trusted);
  g_test_add_func ("/https/untrusted", test_untrusted);
  g_test_add_func ("/https/wrong-name", test_wrong_name);
  return g_test_run ();
}

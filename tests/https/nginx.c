/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "nginx.h"

#include "platform/mill-folder.h"
#include "platform/mill-process.h"

#define SYSTEM_PROGRAM "/usr/sbin/nginx" /* often not in the path of people */

static char *
find_program (void)
{
  char *found = g_find_program_in_path ("nginx");

  if (found == NULL && g_file_test (SYSTEM_PROGRAM, G_FILE_TEST_IS_EXECUTABLE))
    found = g_strdup (SYSTEM_PROGRAM);
  return found;
}

gboolean
nginx_is_installed (void)
{
  g_autofree char *program = find_program ();

  return program != NULL;
}

static guint16
free_port (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, &error);

  g_assert_no_error (error);
  g_socket_listener_close (listener);
  return port;
}

Nginx *
nginx_new (void)
{
  g_autoptr (GError) error = NULL;
  Nginx *nginx = g_new0 (Nginx, 1);

  nginx->folder = g_dir_make_tmp ("threadmill-nginx-XXXXXX", &error);
  g_assert_no_error (error);
  nginx->access_log = g_build_filename (nginx->folder, "access.log", NULL);
  nginx->port = free_port ();
  return nginx;
}

/* Waits until somebody accepts on @port; at most ten seconds. */
static gboolean
wait_for_port (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  for (int i = 0; i < 200; i++) {
    g_autoptr (GSocketConnection) connection =
        g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
    if (connection != NULL)
      return TRUE;
    g_usleep (50 * 1000);
  }
  return FALSE;
}

void
nginx_start (Nginx *nginx, const char *http)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = find_program ();
  g_autofree char *path = g_build_filename (nginx->folder, "nginx.conf", NULL);
  g_autofree char *configuration = g_strdup_printf (
      "daemon off; master_process off; pid nginx.pid; error_log error.log;\n"
      "events { worker_connections 1024; }\n"
      "http {\n"
      "  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
      "  uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
      "%s\n}\n",
      http);

  g_file_set_contents (path, configuration, -1, &error);
  g_assert_no_error (error);
  const char *const arguments[] = { program, "-p", nginx->folder, "-c", path, NULL };
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);

  /* A sanitizer's library is not for programs of the system. */
  g_subprocess_launcher_unsetenv (launcher, "LD_PRELOAD");
  nginx->process = mill_process_spawn (launcher, arguments, &error);
  g_assert_no_error (error);
  g_assert_true (wait_for_port (nginx->port));
}

void
nginx_free (Nginx *nginx)
{
  if (nginx->process != NULL) {
    g_subprocess_force_exit (nginx->process);
    g_subprocess_wait (nginx->process, NULL, NULL);
  }
  g_clear_object (&nginx->process);
  mill_folder_remove (nginx->folder);
  g_free (nginx->folder);
  g_free (nginx->access_log);
  g_free (nginx);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-process.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "platform/mill-limits.h"

char *
mill_process_self_path (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

gint64
mill_process_id (void)
{
  return getpid ();
}

gboolean
mill_process_is_alive (gint64 id)
{
  /* Signal 0 only asks; a process of another user answers that it may not be signalled. */
  return kill ((pid_t) id, 0) == 0 || errno == EPERM;
}

/* Runs between fork and exec: only functions that are safe there. */
static void
setup_child (gpointer data)
{
  pid_t parent = (pid_t) GPOINTER_TO_INT (data);
  setpgid (0, 0);
#ifdef __linux__
  prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
  /* The parent may have gone before the line above. */
  if (getppid () != parent)
    _exit (1);
}

void
mill_process_setup_launcher (GSubprocessLauncher *launcher)
{
  g_subprocess_launcher_set_child_setup (launcher, setup_child, GINT_TO_POINTER ((int) getpid ()),
                                         NULL);
}

void
mill_process_kill_tree (GSubprocess *process)
{
  const char *identifier = g_subprocess_get_identifier (process);
  if (identifier == NULL)
    return;
  pid_t pid = (pid_t) g_ascii_strtoll (identifier, NULL, 10);
  if (pid > 1)
    kill (-pid, SIGKILL);
  g_subprocess_force_exit (process);
}

void
mill_process_setup_helper (void)
{
  signal (SIGPIPE, SIG_IGN);
  mill_limits_raise_descriptors ();
}

guint
mill_process_on_interrupt (GSourceFunc callback, gpointer data)
{
  g_autoptr (GSource) interrupt = g_unix_signal_source_new (SIGINT);
  const int others[] = { SIGTERM, SIGHUP };
  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    g_autoptr (GSource) other = g_unix_signal_source_new (others[i]);
    g_source_set_dummy_callback (other);
    g_source_add_child_source (interrupt, other);
  }
  g_source_set_callback (interrupt, callback, data, NULL);
  return g_source_attach (interrupt, NULL);
}

typedef struct {
  MillLineFunc callback;
  gpointer data;
} StdinWatch;

/* Not by stdio: the thread would hold the lock of stdin, for which exit () waits since glibc 2.41.
 */
static gpointer
read_stdin (gpointer data)
{
  g_autofree StdinWatch *watch = data;
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STDIN_FILENO);
  char *text;
  gsize end;

  g_io_channel_set_encoding (input, NULL, NULL);
  g_io_channel_set_line_term (input, "\n", 1);
  while (g_io_channel_read_line (input, &text, NULL, &end, NULL) == G_IO_STATUS_NORMAL) {
    g_autofree char *line = text;

    line[end] = '\0';
    watch->callback (line, watch->data);
  }
  watch->callback (NULL, watch->data);
  return NULL;
}

void
mill_process_watch_stdin (MillLineFunc callback, gpointer data)
{
  StdinWatch *watch = g_new (StdinWatch, 1);
  *watch = (StdinWatch){ callback, data };
  g_thread_unref (g_thread_new ("standard-input", read_stdin, watch));
}

gboolean
mill_process_stdout_is_terminal (void)
{
  return isatty (STDOUT_FILENO) == 1;
}

gboolean
mill_process_stderr_is_terminal (void)
{
  return isatty (STDERR_FILENO) == 1;
}

int
mill_process_terminal_width (void)
{
  struct winsize size;
  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

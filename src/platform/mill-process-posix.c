/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-process.h"

#include <errno.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "platform/mill-limits.h"
#include "platform/mill-posix.h"

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
  mill_posix_signal_with_parent (SIGKILL);
  /* The parent may have gone before the line above. */
  if (getppid () != parent)
    _exit (1);
}

GSubprocess *
mill_process_spawn (GSubprocessLauncher *launcher, const char *const *arguments, GError **error)
{
  /* What is written to a process that has just gone is an error, not this one's end. */
  signal (SIGPIPE, SIG_IGN);
  g_subprocess_launcher_set_child_setup (launcher, setup_child, GINT_TO_POINTER ((int) getpid ()),
                                         NULL);
  return g_subprocess_launcher_spawnv (launcher, arguments, error);
}

void
mill_process_outlive_parent (void)
{
  /* One that was stopped goes on, and finds the end of its standard input. */
  mill_posix_signal_with_parent (SIGCONT);
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
mill_process_setup_streams (void)
{
  /* They take bytes as they are, and terminals UTF-8. */
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

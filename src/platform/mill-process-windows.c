/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-process.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

/* Where the name of the event that stands for Ctrl+C is made from the process's number, and that
 * of the job that a process and its children are in. */
#define INTERRUPT_EVENT "Local\\threadmill-interrupt-%lu"
#define TREE_JOB "Local\\threadmill-tree-%lu"
#define MAX_NAME 64
/* After a console was closed, a program has five seconds. */
#define CLOSING_MS 5000
#define JOB_DATA "mill-job"
#define KILLED_STATUS 137 /* as where a signal does it: 128 + SIGKILL */

char *
mill_process_self_path (void)
{
  g_autofree gunichar2 *path = NULL;
  DWORD size = MAX_PATH, length;
  do {
    size *= 2;
    g_free (path);
    path = g_new (gunichar2, size);
    length = GetModuleFileNameW (NULL, (LPWSTR) path, size);
  } while (length == size);
  return length == 0 ? NULL : g_utf16_to_utf8 (path, length, NULL, NULL, NULL);
}

gint64
mill_process_id (void)
{
  return GetCurrentProcessId ();
}

gboolean
mill_process_is_alive (gint64 id)
{
  HANDLE process = OpenProcess (SYNCHRONIZE, FALSE, (DWORD) id);
  if (process == NULL)
    return GetLastError () == ERROR_ACCESS_DENIED;
  gboolean alive = WaitForSingleObject (process, 0) == WAIT_TIMEOUT;
  CloseHandle (process);
  return alive;
}

static DWORD
id_of (GSubprocess *process)
{
  const char *identifier = g_subprocess_get_identifier (process);
  return identifier == NULL ? 0 : (DWORD) g_ascii_strtoull (identifier, NULL, 10);
}

static void
close_job (gpointer job)
{
  CloseHandle (job);
}

/* A job ends what is in it when its last handle is closed: that is in this process, so it happens
 * at the latest when this process ends, however it does. What the child starts is in it too. */
static void
put_in_job (GSubprocess *process)
{
  JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {
    .BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE,
  };
  char name[MAX_NAME];
  DWORD id = id_of (process);
  HANDLE child = id == 0 ? NULL : OpenProcess (PROCESS_SET_QUOTA | PROCESS_TERMINATE, FALSE, id);
  if (child == NULL)
    return;
  g_snprintf (name, sizeof name, TREE_JOB, id);
  HANDLE job = CreateJobObjectA (NULL, name);
  if (job != NULL && GetLastError () != ERROR_ALREADY_EXISTS &&
      SetInformationJobObject (job, JobObjectExtendedLimitInformation, &limits, sizeof limits) &&
      AssignProcessToJobObject (job, child))
    g_object_set_data_full (G_OBJECT (process), JOB_DATA, job, close_job);
  else if (job != NULL)
    CloseHandle (job);
  CloseHandle (child);
}

GSubprocess *
mill_process_spawn (GSubprocessLauncher *launcher, const char *const *arguments, GError **error)
{
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, arguments, error);
  if (process != NULL)
    put_in_job (process);
  return process;
}

void
mill_process_outlive_parent (void)
{
  char name[MAX_NAME];
  g_snprintf (name, sizeof name, TREE_JOB, GetCurrentProcessId ());
  /* Not closed: the job is there until the last handle is gone, which is this one now. */
  OpenJobObjectA (JOB_OBJECT_QUERY, FALSE, name);
}

void
mill_process_kill_tree (GSubprocess *process)
{
  HANDLE job = g_object_get_data (G_OBJECT (process), JOB_DATA);
  if (job != NULL)
    TerminateJobObject (job, KILLED_STATUS);
  g_subprocess_force_exit (process);
}

/* What the programs write is UTF-8 with the line ends that they write, whatever the code page of
 * the system is. */
static void
print_utf8 (const char *text)
{
  fputs (text, stdout);
  fflush (stdout);
}

static void
print_error_utf8 (const char *text)
{
  fputs (text, stderr);
  fflush (stderr);
}

static void
restore_code_page (void)
{
  SetConsoleOutputCP (GetOEMCP ());
}

/* Has the terminal understand escape sequences; FALSE where @handle is none. */
static gboolean
setup_terminal (DWORD handle)
{
  HANDLE console = GetStdHandle (handle);
  DWORD mode;
  if (!GetConsoleMode (console, &mode))
    return FALSE;
  SetConsoleMode (console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
  return TRUE;
}

void
mill_process_setup_streams (void)
{
  gboolean output = setup_terminal (STD_OUTPUT_HANDLE);
  gboolean errors = setup_terminal (STD_ERROR_HANDLE);
  _setmode (_fileno (stdin), _O_BINARY);
  _setmode (_fileno (stdout), _O_BINARY);
  _setmode (_fileno (stderr), _O_BINARY);
  g_set_print_handler (print_utf8);
  g_set_printerr_handler (print_error_utf8);
  if (output || errors) {
    /* The terminal keeps what a program sets; one that is not as usual was set by its user. */
    if (GetConsoleOutputCP () == GetOEMCP ())
      atexit (restore_code_page);
    SetConsoleOutputCP (CP_UTF8);
  }
}

void
mill_process_setup_helper (void)
{
  mill_process_setup_streams ();
}

/* An event of the system with a name, so that the handler below, which Windows calls in a thread of
 * its own and without any data, finds it. */
typedef struct {
  GSource source;
  GPollFD event;
} InterruptSource;

static BOOL WINAPI
on_console_control (DWORD type)
{
  char name[MAX_NAME];
  g_snprintf (name, sizeof name, INTERRUPT_EVENT, GetCurrentProcessId ());
  HANDLE event = OpenEventA (EVENT_MODIFY_STATE, FALSE, name);
  if (event == NULL)
    return FALSE;
  SetEvent (event);
  CloseHandle (event);
  /* The process is ended when this function returns, unless it was a key. */
  if (type != CTRL_C_EVENT && type != CTRL_BREAK_EVENT)
    Sleep (CLOSING_MS);
  return TRUE;
}

static gboolean
interrupt_prepare (GSource *source, int *timeout_ms)
{
  *timeout_ms = -1;
  return FALSE;
}

static gboolean
interrupt_check (GSource *source)
{
  return ((InterruptSource *) source)->event.revents != 0;
}

static gboolean
interrupt_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  return callback (data);
}

static void
interrupt_finalize (GSource *source)
{
  CloseHandle ((HANDLE) ((InterruptSource *) source)->event.fd);
}

guint
mill_process_on_interrupt (GSourceFunc callback, gpointer data)
{
  static const GSourceFuncs functions = { .prepare = interrupt_prepare,
                                          .check = interrupt_check,
                                          .dispatch = interrupt_dispatch,
                                          .finalize = interrupt_finalize };
  char name[MAX_NAME];
  g_snprintf (name, sizeof name, INTERRUPT_EVENT, GetCurrentProcessId ());
  g_autoptr (GSource) source = g_source_new ((GSourceFuncs *) &functions, sizeof (InterruptSource));
  InterruptSource *interrupt = (InterruptSource *) source;
  interrupt->event.fd = (gint64) CreateEventA (NULL, FALSE, FALSE, name);
  interrupt->event.events = G_IO_IN;
  g_source_add_poll (source, &interrupt->event);
  g_source_set_callback (source, callback, data, NULL);
  SetConsoleCtrlHandler (on_console_control, TRUE);
  return g_source_attach (source, NULL);
}

gboolean
mill_process_stdout_is_terminal (void)
{
  DWORD mode;
  return GetConsoleMode (GetStdHandle (STD_OUTPUT_HANDLE), &mode) != 0;
}

gboolean
mill_process_stderr_is_terminal (void)
{
  DWORD mode;
  return GetConsoleMode (GetStdHandle (STD_ERROR_HANDLE), &mode) != 0;
}

int
mill_process_terminal_width (void)
{
  CONSOLE_SCREEN_BUFFER_INFO info;
  if (GetConsoleScreenBufferInfo (GetStdHandle (STD_ERROR_HANDLE), &info))
    return info.srWindow.Right - info.srWindow.Left + 1;
  return 80;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * mill_process_find_helper:
 * @name: "threadmill-worker" or "threadmill-server", without suffix
 *
 * Finds a helper program: beside the running program, in the installed libexec folder relative
 * to it, or in the build tree that the running program lies in. The environment has no say.
 *
 * Returns: (transfer full): its path; NULL with G_IO_ERROR_NOT_FOUND that names the places
 */
char *mill_process_find_helper (const char *name, GError **error);

/**
 * mill_process_find_module:
 * @name: "threadmill-epoll-loop", without suffix
 * @error: %G_IO_ERROR_NOT_FOUND
 *
 * Returns: (transfer full): the path of a part of this program that is loaded when it is needed;
 * searched like a helper program, in the build tree in src/runners
 */
char *mill_process_find_module (const char *name, GError **error);

/**
 * mill_process_find_data:
 * @relative_path: below the data folder, "lessons" for example
 *
 * Finds a data file or folder by the same rule.
 *
 * Returns: (transfer full): its path; NULL with G_IO_ERROR_NOT_FOUND
 */
char *mill_process_find_data (const char *relative_path, GError **error);

/**
 * mill_process_find_locales:
 *
 * Returns: (transfer full): the folder of the translations, for bindtextdomain(): of the build
 * tree, beside the program in an installation that was moved, or where it was installed
 */
char *mill_process_find_locales (void);

/**
 * mill_process_self_path:
 *
 * Returns: (transfer full) (nullable): the running program's own file, absolute
 */
char *mill_process_self_path (void);

/**
 * mill_process_id:
 *
 * Returns: the system's number of this process
 */
gint64 mill_process_id (void);

/**
 * mill_process_is_alive:
 *
 * Returns: whether a process of that number runs, whoever it belongs to
 */
gboolean mill_process_is_alive (gint64 id);

/**
 * mill_process_spawn:
 * @launcher: what the streams of the process are
 * @arguments: the program's path, then its arguments; NULL-terminated
 *
 * Starts a process that dies with this one, in a group of its own, so that a terminal's Ctrl+C
 * reaches only this process and mill_process_kill_tree() ends all of a group.
 * To be called in a thread that lives as long as the child: the system sees a thread's end as
 * the parent's.
 *
 * Returns: (transfer full): the process, or NULL
 */
GSubprocess *
mill_process_spawn (GSubprocessLauncher *launcher, const char *const *arguments, GError **error);

/**
 * mill_process_outlive_parent:
 *
 * For a process that mill_process_spawn() has started, and that has something to tidy up when its
 * parent is gone: it does not die with it any more, but is to end by itself when its
 * standard input does.
 */
void mill_process_outlive_parent (void);

/**
 * mill_process_kill_tree:
 *
 * Ends a process and those that it started, at once. Does nothing when it has ended already.
 */
void mill_process_kill_tree (GSubprocess *process);

/**
 * mill_process_setup_streams:
 *
 * What a program that writes does first: its standard streams take UTF-8 byte by byte, and a
 * terminal shows it and understands escape sequences, also where that is not the system's habit.
 */
void mill_process_setup_streams (void);

/**
 * mill_process_setup_helper:
 *
 * What a helper program does first: its streams are set up, a closed pipe becomes an error instead
 * of its end, and it may open as many descriptors as the system lets it.
 */
void mill_process_setup_helper (void);

/**
 * mill_process_on_interrupt:
 *
 * Calls @callback in the default main context when the user interrupts the program (Ctrl+C) or
 * the system politely asks it to end.
 *
 * Returns: the source's identifier, for g_source_remove()
 */
guint mill_process_on_interrupt (GSourceFunc callback, gpointer data);

/* A line without its end, or NULL at the end of the file. */
typedef void (*MillLineFunc) (const char *line, gpointer data);

/**
 * mill_process_watch_stdin:
 *
 * Reads lines from standard input in a thread of its own and calls @callback there. The last
 * call has no line: whoever started this program has closed the pipe, or is gone.
 */
void mill_process_watch_stdin (MillLineFunc callback, gpointer data);

gboolean mill_process_stdout_is_terminal (void);
gboolean mill_process_stderr_is_terminal (void);

/**
 * mill_process_terminal_width:
 *
 * Returns: how many columns the terminal of standard error has; 80 where it does not say
 */
int mill_process_terminal_width (void);

G_END_DECLS

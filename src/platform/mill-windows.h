/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What several of the Windows modules ask the system; only they use it. */

/**
 * mill_windows_registry_text:
 * @key: below HKEY_LOCAL_MACHINE
 *
 * Returns: (transfer full): the text under that name without white space around it, or NULL
 */
char *mill_windows_registry_text (const char *key, const char *name);

/**
 * mill_windows_registry_number:
 * @key: below HKEY_LOCAL_MACHINE
 *
 * Returns: the number under that name; -1 where there is none
 */
gint64 mill_windows_registry_number (const char *key, const char *name);

/**
 * mill_windows_library_function:
 * @library: one that every process has loaded, "ntdll.dll"
 *
 * Returns: a function that not every release has, or NULL
 */
GCallback mill_windows_library_function (const char *library, const char *name);

/**
 * mill_windows_cores:
 *
 * Returns: how many cores the machine has, in all processor groups
 */
int mill_windows_cores (void);

/**
 * mill_windows_cpu_quota:
 *
 * Returns: how many cores the job (the container) that this process is in may use on average, or
 * -1
 */
double mill_windows_cpu_quota (void);

/**
 * mill_windows_memory_limit:
 *
 * Returns: how many bytes the job that this process is in may take, or -1
 */
gint64 mill_windows_memory_limit (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading what the Linux kernel says in files; only the Linux modules use it. */

/**
 * mill_linux_read:
 *
 * Returns: (transfer full): the file's text without white space at its end, or NULL
 */
char *mill_linux_read (const char *path);

/**
 * mill_linux_number:
 *
 * Returns: the number in the file; -1 where there is none ("max" too)
 */
gint64 mill_linux_number (const char *path);

/**
 * mill_linux_cgroup_number:
 * @v2: the file's name in a version 2 control group
 * @v1: controller and file name in version 1
 *
 * A limit of the container that this process is in.
 *
 * Returns: the number, or -1 where there is no such limit
 */
gint64 mill_linux_cgroup_number (const char *v2, const char *v1);

/**
 * mill_linux_cpu_quota:
 *
 * Returns: how many cores the container may use on average, or -1
 */
double mill_linux_cpu_quota (void);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "platform/mill-machine.h"
#include "platform/mill-usage.h"

G_BEGIN_DECLS

/* What Linux, macOS and FreeBSD answer in the same way; only their modules use it. */

/**
 * mill_posix_limit:
 * @resource: RLIMIT_NOFILE, for example
 * @hard: (out) (optional): what the limit can be raised to
 *
 * Returns: the limit in force; negative: unlimited or unknown
 */
gint64 mill_posix_limit (int resource, gint64 *hard);

/**
 * mill_posix_raise_descriptors:
 * @most: what the system gives one process beside its hard limit; negative: no such bound
 *
 * Returns: the limit in force afterwards; negative: unlimited or unknown
 */
gint64 mill_posix_raise_descriptors (gint64 most);

/**
 * mill_posix_lower:
 *
 * Returns: the lower of two limits, where a negative one is none
 */
gint64 mill_posix_lower (gint64 a, gint64 b);

/**
 * mill_posix_usage:
 * @usage: (out): CPU times and context switches; every other figure is unknown (-1)
 * @peak: (out) (optional): ru_maxrss, whose unit differs from system to system
 *
 * Returns: FALSE where the system told nothing
 */
gboolean mill_posix_usage (MillUsage *usage, gint64 *peak);

/**
 * mill_posix_name_system:
 * @machine: kernel, architecture, cores in the machine and load average are set
 */
void mill_posix_name_system (MillMachine *machine);

/**
 * mill_posix_signal_with_parent:
 * @number: a signal
 *
 * Asks the system to send the calling process this signal when its parent goes. May be called
 * between fork and exec. Where a system has no such thing, a helper program still ends with its
 * standard input.
 */
void mill_posix_signal_with_parent (int number);

G_END_DECLS

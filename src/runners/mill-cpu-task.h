/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest generated URL, in characters and in bytes of UTF-8. */
#define MILL_CPU_URL_MAX_CHARACTERS 384
#define MILL_CPU_URL_MAX_BYTES (MILL_CPU_URL_MAX_CHARACTERS * 4)

/* The character encoding task, the CPU-bound workload: for each generated URL, encode every
 * character to UTF-8 one by one (as Python's `len (c.encode ())` does) and add up the bytes,
 * `rounds` times; and SHA-256 over the same data. A task belongs to one lane. */
typedef struct _MillCpuTask MillCpuTask;

/* What the work on one URL gave. Both are independent of the order of the URLs: the total of
 * a trial is the sum of `bytes`, its digest the exclusive or of `digest`. */
typedef struct {
  guint64 bytes;  /* of UTF-8, all rounds together */
  guint64 digest; /* the first eight bytes of the SHA-256 over all rounds, big-endian */
} MillCpuResult;

/* Called between two rounds. FALSE ends the work on this URL. */
typedef gboolean (*MillCpuCheckFunc) (gpointer data);

MillCpuTask *mill_cpu_task_new (guint64 seed, int rounds);
void mill_cpu_task_free (MillCpuTask *task);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillCpuTask, mill_cpu_task_free)

gboolean mill_cpu_task_run (MillCpuTask *task,
                            gint64 index,
                            MillCpuCheckFunc check,
                            gpointer check_data,
                            MillCpuResult *result);

int mill_cpu_task_make_url (guint64 seed, gint64 index, gunichar *url);

G_END_DECLS

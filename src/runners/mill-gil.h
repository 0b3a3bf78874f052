/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long a waiter waits before it asks the holder to hand over: CPython's switch interval
 * (sys.getswitchinterval (), 5 ms). */
#define MILL_GIL_INTERVAL_US 5000

/* A global interpreter lock that behaves as CPython's: one thread computes at a time. */
typedef struct _MillGil MillGil;

MillGil *mill_gil_new (void);
void mill_gil_free (MillGil *gil);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillGil, mill_gil_free)

void mill_gil_take (MillGil *gil);
void mill_gil_release (MillGil *gil);
void mill_gil_check (MillGil *gil);
guint mill_gil_get_switches (MillGil *gil);

G_END_DECLS

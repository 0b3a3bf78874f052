/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "runners/mill-run.h"

G_BEGIN_DECLS

gboolean mill_cpu_lanes_run_loops (MillRun *run, GError **error);

G_END_DECLS

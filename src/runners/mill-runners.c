/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-run.h"

#define MILL_MODEL(KIND, name, ...) extern const MillRunner mill_runner_##name;
#include "experiment/mill-models.def"
#undef MILL_MODEL

#ifndef HAVE_EPOLL_LOOP
const MillRunner mill_runner_epoll_loop = { NULL, NULL };
#endif

const MillRunner *
mill_runner_for (MillModelKind kind)
{
  static const MillRunner *const runners[MILL_N_MODELS] = {
#define MILL_MODEL(KIND, name, ...) [MILL_MODEL_##KIND] = &mill_runner_##name,
#include "experiment/mill-models.def"
#undef MILL_MODEL
  };

  g_return_val_if_fail (kind < MILL_N_MODELS, NULL);

  return runners[kind];
}

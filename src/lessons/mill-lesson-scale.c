/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "lessons/mill-lesson-private.h"

static gint64
scale_count (gint64 count, double scale, gint64 most)
{
  return CLAMP ((gint64) round ((double) count * scale), 1, most);
}

/* Which values of a sweep grow with the scale, and whether they stay whole numbers. */
static gboolean
sweep_is_scaled (const MillExperiment *experiment, guint what, gboolean *whole)
{
  *whole = experiment->sweep == MILL_SWEEP_REQUESTS;
  switch (experiment->sweep) {
  case MILL_SWEEP_REQUESTS:
    return (what & MILL_LESSON_SCALE_REQUESTS) != 0;
  case MILL_SWEEP_DELAY:
    return (what & MILL_LESSON_SCALE_DELAY) != 0;
  case MILL_SWEEP_RATE:
    return (what & MILL_LESSON_SCALE_RATE) != 0;
  case MILL_SWEEP_NONE:
  case MILL_SWEEP_CONCURRENCY:
  case MILL_SWEEP_BODY_SIZE:
  default:
    return FALSE;
  }
}

/* Two small counts must not become the same: no value may stand twice in a sweep. */
static void
scale_sweep (MillExperiment *experiment, guint what, double scale)
{
  gboolean whole;
  double last = 0;

  if (!sweep_is_scaled (experiment, what, &whole))
    return;
  for (guint i = 0; i < experiment->sweep_values->len; i++) {
    double *value = &g_array_index (experiment->sweep_values, double, i);

    *value *= scale;
    if (whole)
      *value = MAX (round (*value), last + 1);
    last = *value;
  }
}

gboolean
mill_lesson_has_models (const MillExperiment *experiment, MillModelKind *missing)
{
  for (guint i = 0; i < experiment->models->len; i++) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i);

    if (!mill_model_is_available (spec->kind)) {
      *missing = spec->kind;
      return FALSE;
    }
  }
  return TRUE;
}

static void
drop_missing_models (MillExperiment *experiment)
{
  for (guint i = experiment->models->len; i > 0; i--) {
    const MillModelSpec *spec = &g_array_index (experiment->models, MillModelSpec, i - 1);

    if (!mill_model_is_available (spec->kind) && experiment->models->len > 1)
      g_array_remove_index (experiment->models, i - 1);
  }
}

MillExperiment *
mill_lesson_scale_experiment (const MillLessonStep *step, double scale)
{
  MillExperiment *experiment = mill_experiment_copy (step->experiment);
  double factor =
      isfinite (scale) ? CLAMP (scale, MILL_LESSON_MIN_SCALE, MILL_LESSON_MAX_SCALE) : 1;

  scale_sweep (experiment, step->scale, factor);
  if (step->scale & MILL_LESSON_SCALE_REQUESTS) {
    experiment->requests = scale_count (experiment->requests, factor, MILL_MAX_REQUESTS);
    for (guint i = 0; i < experiment->projections->len; i++) {
      MillProjection *projection = g_ptr_array_index (experiment->projections, i);
      projection->requests = scale_count (projection->requests, factor, MILL_MAX_REQUESTS);
    }
  }
  if (step->scale & MILL_LESSON_SCALE_DELAY) {
    experiment->server.delay_s = MIN (experiment->server.delay_s * factor, MILL_MAX_DELAY_S);
    experiment->server.jitter_s = MIN (experiment->server.jitter_s * factor, MILL_MAX_DELAY_S);
  }
  if (step->scale & MILL_LESSON_SCALE_TIMEOUT)
    experiment->timeout_s = MIN (experiment->timeout_s * factor, MILL_MAX_TIMEOUT_S);
  if (step->scale & MILL_LESSON_SCALE_ROUNDS)
    experiment->rounds = (int) scale_count (experiment->rounds, factor, MILL_MAX_ROUNDS);
  if (step->scale & MILL_LESSON_SCALE_DURATION)
    experiment->duration_s = MIN (experiment->duration_s * factor, MILL_MAX_DURATION_S);
  if (step->scale & MILL_LESSON_SCALE_RATE)
    experiment->rate = MIN (experiment->rate * factor, MILL_MAX_RATE);
  drop_missing_models (experiment);
  return experiment;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"
#include "experiment/mill-trial.h"
#include "platform/mill-limits.h"

G_BEGIN_DECLS

typedef enum {
  MILL_ADVICE_NOTE,    /* worth knowing */
  MILL_ADVICE_WARNING, /* runs, but a limit will move the numbers, or takes very long */
  MILL_ADVICE_BLOCKER, /* cannot run like this; the run is refused */
} MillAdviceLevel;

/* Something foreseen, with its remedy. Owned strings. */
typedef struct {
  MillAdviceLevel level;
  /* "invalid", "remote-load", "descriptors", "ports", "threads", "memory", "backlog",
   * "slow-model", "repetitions" */
  char *code;
  char *model;            /* or NULL */
  char *title;            /* one line */
  char *message;          /* what, why, what to do */
  gint64 remedy_requests; /* slow-model: measure so many and project the rest; else 0 */
} MillAdvice;

/* How long one model will take. */
typedef struct {
  char *model;        /* as written, with a swept value put in */
  double sweep_value; /* NAN without a sweep */
  double trial_s;     /* one repetition */
  double total_s;     /* all repetitions */
  gboolean projected;
} MillModelEstimate;

/* What will run, in which order, and how long it takes. */
typedef struct {
  GPtrArray *trials;    /* MillTrial, in order: interleaved repetitions */
  GPtrArray *estimates; /* MillModelEstimate, in the order of the experiment */
  GPtrArray *advice;    /* MillAdvice, the most serious first */
  double total_s;
  double first_round_s; /* until every model has run once */
} MillPlan;

/**
 * mill_plan_new:
 * @experiment: what to run; it need not be valid
 * @limits: (nullable): of this machine; read from the system when %NULL
 *
 * Lays out the trials in the fair order (A B C, A B C: every model once before any runs again,
 * the same order in each round), estimates their time and says what is to be foreseen. An
 * experiment that is not valid gives a plan without trials and a blocker for each problem. The
 * URLs of the trials are those of the experiment: of the built-in server, none yet.
 *
 * Returns: (transfer full): the plan
 */
MillPlan *mill_plan_new (const MillExperiment *experiment, const MillLimits *limits);
void mill_plan_free (MillPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillPlan, mill_plan_free)

/**
 * mill_plan_check:
 * @plan: a plan
 * @error: the first blocker: %MILL_ERROR_USAGE, %MILL_ERROR_PERMISSION or %MILL_ERROR_LIMIT
 *
 * Returns: whether the plan may run
 */
gboolean mill_plan_check (const MillPlan *plan, GError **error);

/**
 * mill_plan_describe_duration:
 * @seconds: a time
 *
 * Returns: (transfer full): the time as a person would say it: "0.8 s", "12 s", "33 min 20 s",
 *   "2 h 5 min"
 */
char *mill_plan_describe_duration (double seconds);

G_END_DECLS

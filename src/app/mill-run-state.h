/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bench/mill-bench.h"
#include "charts/mill-series.h"

G_BEGIN_DECLS

/* What a running experiment has come to, as its page shows it: plain data, fed by the signals of
 * a bench. */

/* Throughput at a moment of a trial. */
typedef struct {
  double time_s;
  double rps;
} MillRunPoint;

/* The throughput over one trial. */
typedef struct {
  GArray *points; /* MillRunPoint; bounded */
  double step_s;  /* between points; grows with the length of the trial */
  int repetition;
  gboolean finished;
} MillRunCurve;

typedef struct {
  char *name;
  MillModelSpec spec;
  MillSeriesStyle style;
  guint n_trials;
  guint n_finished;
  gint64 asked_per_trial; /* requests; -1 where only time bounds them */
  double duration_s;      /* of a trial; 0 where only requests bound it */
  gint64 done;            /* of all trials, the running one included */
  gint64 failed;
  gint64 done_before; /* of the finished trials */
  gint64 failed_before;
  gint64 in_flight;
  double throughput_rps; /* now, or of the last trial; NAN: none yet */
  double trial_s;        /* how long a trial takes, estimated or measured */
  double measured_s;     /* sum of the finished trials */
  double left_s;
  GPtrArray *curves; /* MillRunCurve; the last one is the newest */
} MillRunModel;

typedef struct {
  char *name;
  GPtrArray *models; /* MillRunModel, in the order of the experiment */
  int current;       /* which one runs, or -1 */
  int repetition;    /* of the running trial, from 1 */
  int repetitions;
  double trial_elapsed_s;
  gint64 begun_us;
  double elapsed_s;
  double left_s;
  double fraction; /* 0 to 1; never falls */
  gboolean finished;
} MillRunState;

/**
 * mill_run_state_new:
 * @result: the document as it stands before the first trial
 * @plan: what will run
 *
 * Returns: (transfer full): the state before the first trial
 */
MillRunState *mill_run_state_new (const MillResult *result, const MillPlan *plan);
void mill_run_state_free (MillRunState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillRunState, mill_run_state_free)

/* Gives the models their look in a theme. */
void mill_run_state_set_theme (MillRunState *state, const MillTheme *theme);

void mill_run_state_trial_started (MillRunState *state, const MillTrial *trial);
void mill_run_state_progress (MillRunState *state, const MillProgress *progress);
void mill_run_state_trial_finished (MillRunState *state, const MillTrialResult *trial);
void mill_run_state_finish (MillRunState *state);

/* Computes what is gone and left: before the state is shown. */
void mill_run_state_update (MillRunState *state);

/* (transfer none) (nullable) the model that runs. */
const MillRunModel *mill_run_state_get_current (const MillRunState *state);

/* How much of the running trial of a model is done, 0 to 1; 0 where it does not run. */
double mill_run_state_trial_fraction (const MillRunState *state, const MillRunModel *model);

/* All requests asked of a model, or -1. */
gint64 mill_run_model_get_asked (const MillRunModel *model);

/* (transfer full) a time of the run in whole seconds: "44 s", "2 min 5 s". */
char *mill_run_state_time_text (double seconds);

G_END_DECLS

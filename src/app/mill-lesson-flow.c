/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-lesson-flow.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "app/mill-run-state.h"
#include "bench/mill-plan.h"
#include "charts/mill-chart-kind.h"

/* What became of one step. */
typedef struct {
  GPtrArray *results; /* one MillResult, or NULL; charts share it */
  MillExplanation *explanation;
  char *failure;
  gboolean complete; /* measured to its end */
} Step;

struct _MillLessonFlow {
  GObject parent_instance;

  MillLesson *lesson;
  MillSession *session;
  double scale;
  guint step;
  Step *steps;
  gboolean predicted;
  char *choice;
  MillPrediction prediction;
  int running; /* which step, or -1 */
  MillBench *bench;
  MillRunState *state;
};

G_DEFINE_FINAL_TYPE (MillLessonFlow, mill_lesson_flow, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
changed (MillLessonFlow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
clear_step (Step *step)
{
  g_clear_pointer (&step->results, g_ptr_array_unref);
  g_clear_pointer (&step->explanation, mill_explanation_free);
  g_clear_pointer (&step->failure, g_free);
  step->complete = FALSE;
}

static void
clear_steps (MillLessonFlow *self)
{
  for (guint i = 0; i < mill_lesson_get_n_steps (self->lesson); i++)
    clear_step (&self->steps[i]);
}

static const MillResult *
step_result (MillLessonFlow *self, guint step)
{
  GPtrArray *results = self->steps[step].results;

  return results != NULL ? g_ptr_array_index (results, 0) : NULL;
}

/* Follow-ups compare with the first step, which may have been measured again. */
static void
explain (MillLessonFlow *self, guint step)
{
  const MillResult *result = step_result (self, step);

  g_clear_pointer (&self->steps[step].explanation, mill_explanation_free);
  if (result != NULL)
    self->steps[step].explanation =
        mill_lesson_explain (self->lesson, step, result, step > 0 ? step_result (self, 0) : NULL,
                             step == 0 && self->predicted ? &self->prediction : NULL);
}

static void
drop_bench (MillLessonFlow *self)
{
  if (self->bench != NULL)
    g_signal_handlers_disconnect_by_data (self->bench, self);
  g_clear_object (&self->bench);
  g_clear_pointer (&self->state, mill_run_state_free);
}

static void
on_trial_started (MillLessonFlow *self, const MillTrial *trial)
{
  mill_run_state_trial_started (self->state, trial);
}

static void
on_progress (MillLessonFlow *self, const MillProgress *progress)
{
  mill_run_state_progress (self->state, progress);
  changed (self);
}

static void
on_trial_finished (MillLessonFlow *self, const MillTrialResult *trial)
{
  mill_run_state_trial_finished (self->state, trial);
  changed (self);
}

static void
on_run_started (MillLessonFlow *self, MillBench *bench)
{
  if (self->running < 0 || self->bench != NULL)
    return;
  self->bench = g_object_ref (bench);
  self->state = mill_run_state_new (mill_bench_peek_result (bench), mill_bench_get_plan (bench));
  g_signal_connect_swapped (bench, "trial-started", G_CALLBACK (on_trial_started), self);
  g_signal_connect_swapped (bench, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect_swapped (bench, "trial-finished", G_CALLBACK (on_trial_finished), self);
}

static void
keep_result (MillLessonFlow *self, guint step)
{
  const MillResult *result = mill_session_get_result (self->session);

  if (result == NULL)
    return;
  self->steps[step].results = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  g_ptr_array_add (self->steps[step].results, mill_result_copy (result));
}

static void
on_run_finished (MillLessonFlow *self, MillDocument *document, const GError *error)
{
  guint step = (guint) self->running;
  gboolean stopped = self->bench != NULL && mill_bench_was_stopped (self->bench);

  /* Another run of the same session may end. */
  if (self->running < 0) {
    changed (self);
    return;
  }
  self->running = -1;
  drop_bench (self);
  clear_step (&self->steps[step]);
  keep_result (self, step);
  self->steps[step].complete = !stopped && step_result (self, step) != NULL;
  if (error != NULL)
    self->steps[step].failure = g_strdup (error->message);
  else if (step_result (self, step) == NULL)
    self->steps[step].failure =
        g_strdup (_ ("It was stopped before anything was measured. Run it again when you like."));
  explain (self, step);
  changed (self);
}

/* Whether another one runs decides whether this one can. */
static void
on_running_changed (MillLessonFlow *self)
{
  changed (self);
}

MillLessonFlow *
mill_lesson_flow_new (MillLesson *lesson, MillSession *session, double scale)
{
  MillLessonFlow *self = g_object_new (MILL_TYPE_LESSON_FLOW, NULL);

  self->lesson = mill_lesson_ref (lesson);
  self->session = g_object_ref (session);
  self->scale = CLAMP (scale, MILL_LESSON_MIN_SCALE, MILL_LESSON_MAX_SCALE);
  self->steps = g_new0 (Step, mill_lesson_get_n_steps (lesson));
  g_signal_connect_object (session, "run-started", G_CALLBACK (on_run_started), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "run-finished", G_CALLBACK (on_run_finished), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::running", G_CALLBACK (on_running_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

MillLesson *
mill_lesson_flow_get_lesson (MillLessonFlow *flow)
{
  return flow->lesson;
}

double
mill_lesson_flow_get_scale (MillLessonFlow *flow)
{
  return flow->scale;
}

void
mill_lesson_flow_set_scale (MillLessonFlow *flow, double scale)
{
  scale = CLAMP (scale, MILL_LESSON_MIN_SCALE, MILL_LESSON_MAX_SCALE);
  if (scale == flow->scale || flow->running >= 0)
    return;
  flow->scale = scale;
  clear_steps (flow);
  flow->step = 0;
  changed (flow);
}

guint
mill_lesson_flow_get_step (MillLessonFlow *flow)
{
  return flow->step;
}

void
mill_lesson_flow_set_step (MillLessonFlow *flow, guint step)
{
  if (step == flow->step || step >= mill_lesson_get_n_steps (flow->lesson))
    return;
  flow->step = step;
  changed (flow);
}

MillLessonPhase
mill_lesson_flow_get_phase (MillLessonFlow *flow)
{
  if (flow->running == (int) flow->step)
    return MILL_LESSON_RUNNING;
  if (step_result (flow, flow->step) != NULL)
    return MILL_LESSON_REVEALED;
  return flow->predicted || flow->step > 0 ? MILL_LESSON_PREDICTED : MILL_LESSON_QUESTION;
}

/* Whether a prediction still counts. */
static gboolean
may_predict (MillLessonFlow *self)
{
  return self->running < 0 && step_result (self, 0) == NULL;
}

void
mill_lesson_flow_predict_choice (MillLessonFlow *flow, const char *choice)
{
  if (!may_predict (flow) || (flow->predicted && g_strcmp0 (choice, flow->choice) == 0))
    return;
  g_free (flow->choice);
  flow->choice = g_strdup (choice);
  flow->prediction = (MillPrediction){ flow->choice, NAN };
  flow->predicted = TRUE;
  changed (flow);
}

void
mill_lesson_flow_predict_value (MillLessonFlow *flow, double value)
{
  const MillPredictionSpec *spec = mill_lesson_get_prediction (flow->lesson);

  if (!may_predict (flow) || !isfinite (value))
    return;
  g_clear_pointer (&flow->choice, g_free);
  flow->prediction = (MillPrediction){ NULL, CLAMP (value, spec->min, spec->max) };
  flow->predicted = TRUE;
  changed (flow);
}

const MillPrediction *
mill_lesson_flow_get_prediction (MillLessonFlow *flow)
{
  return flow->predicted ? &flow->prediction : NULL;
}

void
mill_lesson_flow_restart (MillLessonFlow *flow)
{
  if (flow->running >= 0)
    return;
  clear_steps (flow);
  g_clear_pointer (&flow->choice, g_free);
  flow->predicted = FALSE;
  flow->step = 0;
  changed (flow);
}

gboolean
mill_lesson_flow_can_run (MillLessonFlow *flow, char **reason)
{
  const char *skip = mill_lesson_get_skip_reason (flow->lesson);
  g_autoptr (MillExperiment) experiment = NULL;
  g_autoptr (MillPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  char *ignored = NULL;
  char **place = reason != NULL ? reason : &ignored;

  *place = NULL;
  if (skip != NULL) {
    *place = g_strdup (skip);
  } else if (mill_session_is_running (flow->session)) {
    *place = g_strdup (_ ("Another experiment is running: wait for its end, or stop it first."));
  } else {
    experiment = mill_lesson_get_experiment (flow->lesson, flow->step, flow->scale);
    plan = mill_plan_new (experiment, NULL);
    if (!mill_plan_check (plan, &error))
      *place = g_strdup (error->message);
  }
  gboolean can = *place == NULL;
  g_free (ignored);
  return can;
}

char *
mill_lesson_flow_dup_estimate (MillLessonFlow *flow)
{
  return mill_lesson_flow_estimate_step (flow->lesson, flow->step, flow->scale);
}

char *
mill_lesson_flow_estimate_step (const MillLesson *lesson, guint step, double scale)
{
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, step, scale);
  g_autoptr (MillPlan) plan = mill_plan_new (experiment, NULL);
  g_autofree char *duration = mill_plan_describe_duration (plan->total_s);

  /* Translators: %s is a time: "12 s". */
  return g_strdup_printf (_ ("about %s"), duration);
}

gboolean
mill_lesson_flow_run (MillLessonFlow *flow)
{
  g_autoptr (MillExperiment) experiment = NULL;

  if (mill_session_is_running (flow->session) || mill_lesson_get_skip_reason (flow->lesson) != NULL)
    return FALSE;
  experiment = mill_lesson_get_experiment (flow->lesson, flow->step, flow->scale);
  flow->running = (int) flow->step;
  if (!mill_session_start (flow->session, experiment)) {
    flow->running = -1;
    return FALSE;
  }
  changed (flow);
  return TRUE;
}

void
mill_lesson_flow_stop (MillLessonFlow *flow)
{
  if (flow->running >= 0)
    mill_session_stop (flow->session);
}

gboolean
mill_lesson_flow_is_running (MillLessonFlow *flow)
{
  return flow->running >= 0;
}

double
mill_lesson_flow_get_fraction (MillLessonFlow *flow)
{
  if (flow->state == NULL)
    return 0.0;
  mill_run_state_update (flow->state);
  return flow->state->fraction;
}

char *
mill_lesson_flow_dup_progress (MillLessonFlow *flow)
{
  const MillRunModel *current =
      flow->state != NULL ? mill_run_state_get_current (flow->state) : NULL;
  g_autofree char *left = NULL;

  if (current == NULL)
    return g_strdup (_ ("Starting…"));
  left = mill_run_state_time_text (flow->state->left_s);
  /* Translators: a model, the round and how many there are, the time that is left. */
  return g_strdup_printf (_ ("%s, round %d of %d, %s left"), current->name, flow->state->repetition,
                          flow->state->repetitions, left);
}

const MillResult *
mill_lesson_flow_get_result (MillLessonFlow *flow)
{
  return step_result (flow, flow->step);
}

const MillExplanation *
mill_lesson_flow_get_explanation (MillLessonFlow *flow)
{
  return flow->steps[flow->step].explanation;
}

const char *
mill_lesson_flow_get_failure (MillLessonFlow *flow)
{
  return flow->steps[flow->step].failure;
}

gboolean
mill_lesson_flow_is_done (MillLessonFlow *flow)
{
  return flow->steps[0].complete;
}

MillChartSpec *
mill_lesson_flow_dup_chart (MillLessonFlow *flow, gboolean large)
{
  const MillExplanation *explanation = mill_lesson_flow_get_explanation (flow);
  MillChartKind kind = MILL_CHART_TIME;
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  if (mill_lesson_flow_get_result (flow) == NULL)
    return NULL;
  mill_number_format_from_locale (&options.numbers);
  options.large = large;
  mill_chart_kind_from_id (mill_lesson_get_chart (flow->lesson, flow->step), &kind);
  mill_lesson_get_chart_figure (flow->lesson, flow->step, &options.figure);
  if (explanation != NULL && explanation->mark_text != NULL && isfinite (explanation->mark_value)) {
    options.mark.value = explanation->mark_value;
    options.mark.model = g_strdup (explanation->mark_model);
    options.mark.label = g_strdup (explanation->mark_text);
  }
  return mill_chart_spec_new (kind, flow->steps[flow->step].results, &options);
}

static void
mill_lesson_flow_dispose (GObject *object)
{
  MillLessonFlow *self = MILL_LESSON_FLOW (object);

  drop_bench (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (mill_lesson_flow_parent_class)->dispose (object);
}

static void
mill_lesson_flow_finalize (GObject *object)
{
  MillLessonFlow *self = MILL_LESSON_FLOW (object);

  if (self->lesson != NULL)
    clear_steps (self);
  g_free (self->steps);
  g_free (self->choice);
  g_clear_pointer (&self->lesson, mill_lesson_unref);
  G_OBJECT_CLASS (mill_lesson_flow_parent_class)->finalize (object);
}

static void
mill_lesson_flow_class_init (MillLessonFlowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mill_lesson_flow_dispose;
  object_class->finalize = mill_lesson_flow_finalize;
  signals[CHANGED] = g_signal_new ("changed", MILL_TYPE_LESSON_FLOW, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mill_lesson_flow_init (MillLessonFlow *self)
{
  self->running = -1;
}

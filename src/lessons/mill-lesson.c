/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "bench/mill-plan-fit.h"
#include "experiment/mill-error.h"
#include "experiment/mill-text.h"
#include "lessons/mill-lesson-private.h"
#include "lessons/mill-lesson-reader.h"
#include "lessons/mill-template.h"
#include "mill-lesson-resources.h"

#define LESSON_PATH MILL_APP_PATH "/lessons/"

static void
figure_free (gpointer data)
{
  MillLessonFigure *figure = data;

  g_free (figure->name);
  g_free (figure->of.model);
  g_free (figure->over.model);
  g_free (figure->minus.model);
  g_free (figure);
}

static void
condition_free (gpointer data)
{
  MillCondition *condition = data;

  g_free (condition->prediction);
  g_free (condition);
}

static void
outcome_free (gpointer data)
{
  MillLessonOutcome *outcome = data;

  g_free (outcome->id);
  g_ptr_array_unref (outcome->conditions);
  g_free (outcome->headline);
  g_free (outcome->text);
  g_free (outcome->answer);
  g_free (outcome);
}

static void
step_free (gpointer data)
{
  MillLessonStep *step = data;

  g_free (step->title);
  g_free (step->question);
  g_clear_pointer (&step->experiment, mill_experiment_free);
  g_free (step->chart);
  g_ptr_array_unref (step->figures);
  g_ptr_array_unref (step->outcomes);
  g_free (step);
}

static void
choice_free (gpointer data)
{
  MillLessonChoice *choice = data;

  g_free (choice->id);
  g_free (choice->label);
  g_free (choice);
}

MillLesson *
mill_lesson_new_empty (void)
{
  MillLesson *lesson = g_new0 (MillLesson, 1);

  g_atomic_ref_count_init (&lesson->references);
  lesson->steps = g_ptr_array_new_with_free_func (step_free);
  lesson->prediction.choices = g_ptr_array_new_with_free_func (choice_free);
  lesson->prediction_figure = -1;
  return lesson;
}

MillLessonStep *
mill_lesson_step_new (void)
{
  MillLessonStep *step = g_new0 (MillLessonStep, 1);

  step->figures = g_ptr_array_new_with_free_func (figure_free);
  step->outcomes = g_ptr_array_new_with_free_func (outcome_free);
  step->chart_figure = -1;
  return step;
}

MillLessonFigure *
mill_lesson_figure_new (void)
{
  MillLessonFigure *figure = g_new0 (MillLessonFigure, 1);

  figure->per = 1;
  figure->of.sweep_index = -1;
  figure->over.sweep_index = -1;
  figure->minus.sweep_index = -1;
  return figure;
}

MillCondition *
mill_condition_new (void)
{
  MillCondition *condition = g_new0 (MillCondition, 1);

  condition->figure = -1;
  condition->above = NAN;
  condition->below = NAN;
  return condition;
}

MillLessonOutcome *
mill_lesson_outcome_new (void)
{
  MillLessonOutcome *outcome = g_new0 (MillLessonOutcome, 1);

  outcome->conditions = g_ptr_array_new_with_free_func (condition_free);
  return outcome;
}

MillLessonChoice *
mill_lesson_choice_new (void)
{
  MillLessonChoice *choice = g_new0 (MillLessonChoice, 1);

  choice->value = NAN;
  return choice;
}

MillLesson *
mill_lesson_ref (MillLesson *lesson)
{
  g_atomic_ref_count_inc (&lesson->references);
  return lesson;
}

void
mill_lesson_unref (MillLesson *lesson)
{
  if (!g_atomic_ref_count_dec (&lesson->references))
    return;
  g_free (lesson->id);
  g_free (lesson->title);
  g_free (lesson->note);
  g_free (lesson->published);
  g_strfreev (lesson->replay);
  g_free (lesson->skip_reason);
  g_ptr_array_unref (lesson->steps);
  g_free (lesson->prediction.prompt);
  g_free (lesson->prediction.unit);
  g_ptr_array_unref (lesson->prediction.choices);
  g_free (lesson);
}

GStrv
mill_lesson_ids (void)
{
  return g_strsplit (MILL_LESSON_IDS, ",", -1);
}

/* A lesson of the program; NULL where the file has problems, which a test of all of them finds. */
static MillLesson *
load_own (const char *id)
{
  g_autofree char *path = g_strconcat (LESSON_PATH, id, ".json", NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (mill_lessons_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autoptr (GPtrArray) problems = NULL;

  return bytes != NULL ? mill_lesson_read (bytes, TRUE, &problems) : NULL;
}

MillLesson *
mill_lesson_find (const char *id, GError **error)
{
  g_auto (GStrv) ids = mill_lesson_ids ();
  MillLesson *lesson = g_strv_contains ((const char *const *) ids, id) ? load_own (id) : NULL;

  if (lesson == NULL) {
    g_autofree char *list = g_strjoinv (", ", ids);
    g_autofree char *shown = mill_text_quote (id);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("There is no lesson %s; there are: %s"),
                 shown, list);
  }
  return lesson;
}

GPtrArray *
mill_lesson_list (void)
{
  GPtrArray *lessons = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_lesson_unref);
  g_auto (GStrv) ids = mill_lesson_ids ();

  for (guint i = 0; ids[i] != NULL; i++) {
    MillLesson *lesson = load_own (ids[i]);

    if (lesson != NULL)
      g_ptr_array_add (lessons, lesson);
  }
  return lessons;
}

const char *
mill_lesson_get_id (const MillLesson *lesson)
{
  return lesson->id;
}

const char *
mill_lesson_get_title (const MillLesson *lesson)
{
  return lesson->title;
}

const char *
mill_lesson_get_skip_reason (const MillLesson *lesson)
{
  return lesson->skip_reason;
}

const MillLessonStep *
mill_lesson_peek_step (const MillLesson *lesson, guint step)
{
  g_return_val_if_fail (step < lesson->steps->len, NULL);
  return g_ptr_array_index (lesson->steps, step);
}

static char *
expand (const MillLesson *lesson, guint step, const char *text, double scale)
{
  g_autoptr (MillExperiment) experiment = mill_lesson_get_experiment (lesson, step, scale);

  return mill_template_expand (text, experiment, NULL, NULL);
}

char *
mill_lesson_get_question (const MillLesson *lesson, double scale)
{
  return mill_lesson_get_step_question (lesson, 0, scale);
}

char *
mill_lesson_get_teacher_note (const MillLesson *lesson, double scale)
{
  return expand (lesson, 0, lesson->note, scale);
}

double
mill_lesson_get_duration_s (const MillLesson *lesson, double scale)
{
  return lesson->duration_s * CLAMP (scale, MILL_LESSON_MIN_SCALE, MILL_LESSON_MAX_SCALE);
}

const char *
mill_lesson_get_published (const MillLesson *lesson)
{
  return lesson->published;
}

const char *const *
mill_lesson_get_replay_models (const MillLesson *lesson)
{
  return (const char *const *) lesson->replay;
}

guint
mill_lesson_get_n_steps (const MillLesson *lesson)
{
  return lesson->steps->len;
}

const char *
mill_lesson_get_step_title (const MillLesson *lesson, guint step)
{
  return step == 0 ? lesson->title : mill_lesson_peek_step (lesson, step)->title;
}

char *
mill_lesson_get_step_question (const MillLesson *lesson, guint step, double scale)
{
  return expand (lesson, step, mill_lesson_peek_step (lesson, step)->question, scale);
}

MillExperiment *
mill_lesson_get_experiment (const MillLesson *lesson, guint step, double scale)
{
  MillExperiment *experiment =
      mill_lesson_scale_experiment (mill_lesson_peek_step (lesson, step), scale);

  mill_plan_fit_sweep (experiment, NULL, NULL);
  g_free (experiment->name);
  experiment->name = step == 0 ? g_strdup (lesson->title)
                               : g_strdup_printf ("%s: %s", lesson->title,
                                                  mill_lesson_get_step_title (lesson, step));
  return experiment;
}

char *
mill_lesson_get_limit (const MillLesson *lesson, guint step, double scale)
{
  g_autoptr (MillExperiment) experiment =
      mill_lesson_scale_experiment (mill_lesson_peek_step (lesson, step), scale);
  g_autofree char *wanted = mill_template_expand ("{most}", experiment, NULL, NULL);
  g_autofree char *reason = NULL;
  g_autofree char *allowed = NULL;

  if (!mill_plan_fit_sweep (experiment, NULL, &reason))
    return NULL;
  allowed = mill_template_expand ("{most}", experiment, NULL, NULL);
  /* Translators: two numbers, then a sentence about a limit of the machine. */
  return g_strdup_printf (_ ("On this machine %s in place of %s: %s"), allowed, wanted, reason);
}

const char *
mill_lesson_get_chart (const MillLesson *lesson, guint step)
{
  return mill_lesson_peek_step (lesson, step)->chart;
}

gboolean
mill_lesson_get_chart_figure (const MillLesson *lesson, guint step, MillFigure *figure)
{
  int chart_figure = mill_lesson_peek_step (lesson, step)->chart_figure;

  if (chart_figure < 0)
    return FALSE;
  *figure = (MillFigure) chart_figure;
  return TRUE;
}

const MillPredictionSpec *
mill_lesson_get_prediction (const MillLesson *lesson)
{
  return &lesson->prediction;
}

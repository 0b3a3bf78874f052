/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "experiment/mill-experiment.h"
#include "result/mill-figure.h"

G_BEGIN_DECLS

/* A lesson: a question, a prediction, an experiment, a chart and an explanation computed from
 * what was measured, then follow-ups. Each is one JSON document (data/lesson.schema.json,
 * docs/help/classroom.md); those in data/lessons are compiled into the program, and a teacher can
 * write others. A document can name no program to run, no file to write and no file to read, and
 * grants no permission to load a foreign host. */

#define MILL_LESSON_FORMAT "threadmill-lesson"
#define MILL_LESSON_VERSION 1
#define MILL_LESSON_MAX_BYTES (256 * 1024)
/* How far the one setting for a shorter or longer lesson goes. */
#define MILL_LESSON_MIN_SCALE 0.1
#define MILL_LESSON_MAX_SCALE 10.0

/* Read only once loaded, so it may be shared between threads. */
typedef struct _MillLesson MillLesson;

/* What is wrong with a document. */
typedef struct {
  guint line;   /* from 1; 0 where it concerns the file as a whole */
  guint column; /* from 1, in characters; 0 as above */
  char *field;  /* "outcomes[2].text"; "" where it concerns no field */
  char *message;
} MillLessonProblem;

void mill_lesson_problem_free (MillLessonProblem *problem);

/**
 * mill_lesson_problem_to_string:
 * @where: names the document: "lesson.json"
 *
 * Returns: (transfer full): "lesson.json:12: outcomes[2].text: …"
 */
char *mill_lesson_problem_to_string (const MillLessonProblem *problem, const char *where);

/**
 * mill_lesson_load_file:
 * @file: a document, treated as hostile
 * @cancellable: (nullable): to stop
 * @problems: (out) (transfer container) (element-type MillLessonProblem): everything that was
 *   found wrong, by line; empty when the lesson is good
 *
 * Reads and checks a lesson. Text that is no JSON has one problem, the first; else all of them
 * are found in one go. Blocks.
 *
 * Returns: (transfer full) (nullable): the lesson, or %NULL where there are problems
 */
MillLesson *mill_lesson_load_file (GFile *file, GCancellable *cancellable, GPtrArray **problems);

/**
 * mill_lesson_load_bytes:
 * @bytes: the document
 * @problems: (out): as in mill_lesson_load_file()
 *
 * Returns: (transfer full) (nullable): the lesson
 */
MillLesson *mill_lesson_load_bytes (GBytes *bytes, GPtrArray **problems);

/**
 * mill_lesson_ids:
 *
 * Returns: (transfer full): the ids of the lessons in the program, in the order of the course
 */
GStrv mill_lesson_ids (void);

/**
 * mill_lesson_find:
 * @id: of a lesson in the program
 * @error: %MILL_ERROR_USAGE where there is none, naming those that there are
 *
 * Returns: (transfer full) (nullable): the lesson, translated
 */
MillLesson *mill_lesson_find (const char *id, GError **error);

/**
 * mill_lesson_list:
 *
 * Returns: (transfer full) (element-type MillLesson): the lessons in the program, in the order of
 *   the course; the array unrefs them
 */
GPtrArray *mill_lesson_list (void);

MillLesson *mill_lesson_ref (MillLesson *lesson);
void mill_lesson_unref (MillLesson *lesson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillLesson, mill_lesson_unref)

/* "waiting-together": lower case, digits and hyphens. */
const char *mill_lesson_get_id (const MillLesson *lesson);
/* Two to five words, in the user's language where the lesson is the program's. */
const char *mill_lesson_get_title (const MillLesson *lesson);

/**
 * mill_lesson_get_skip_reason:
 *
 * Returns: (nullable): why the lesson cannot be run with this program ("built without
 *   epoll-loop"), in the user's language; %NULL where it can
 */
const char *mill_lesson_get_skip_reason (const MillLesson *lesson);

/**
 * mill_lesson_get_question:
 * @scale: 0.1 to 10; clamped
 *
 * Returns: (transfer full): one or two short sentences, with the numbers of that scale
 */
char *mill_lesson_get_question (const MillLesson *lesson, double scale);

/**
 * mill_lesson_get_teacher_note:
 * @scale: as above
 *
 * Returns: (transfer full): what the teacher should know: what to point at, what may surprise
 */
char *mill_lesson_get_teacher_note (const MillLesson *lesson, double scale);

/* About how long the first step takes on two cores, in seconds; mill_plan_estimate() knows it
 * more exactly. */
double mill_lesson_get_duration_s (const MillLesson *lesson, double scale);

/* The id of published figures that belong to this lesson, for mill_published_load(), or NULL. */
const char *mill_lesson_get_published (const MillLesson *lesson);

/* The models whose replay belongs to this lesson, one or two; NULL where it needs none. */
const char *const *mill_lesson_get_replay_models (const MillLesson *lesson);

/* Steps. Step 0 is the lesson itself, the others are its follow-ups. */

guint mill_lesson_get_n_steps (const MillLesson *lesson);

/**
 * mill_lesson_get_step_title:
 *
 * Returns: the title of a follow-up: "Without keep-alive"; of step 0, the lesson's
 */
const char *mill_lesson_get_step_title (const MillLesson *lesson, guint step);

/**
 * mill_lesson_get_step_question:
 *
 * Returns: (transfer full): what a follow-up asks; of step 0, the lesson's question
 */
char *mill_lesson_get_step_question (const MillLesson *lesson, guint step, double scale);

/**
 * mill_lesson_get_experiment:
 * @scale: as above
 *
 * What to run. Its name is the title. Models that this program was built without are left out
 * where others remain, and a sweep that goes beyond the limits of this machine ends at the largest
 * number that it allows.
 *
 * Returns: (transfer full): an experiment, valid unless there is a skip reason
 */
MillExperiment *mill_lesson_get_experiment (const MillLesson *lesson, guint step, double scale);

/**
 * mill_lesson_get_limit:
 * @scale: as above
 *
 * Returns: (transfer full) (nullable): where the sweep was made smaller for this machine, a
 *   sentence that says so and why; %NULL where it was not
 */
char *mill_lesson_get_limit (const MillLesson *lesson, guint step, double scale);

/* The id of the kind of chart that shows the answer: "time", as in mill_chart_kind_from_id(). */
const char *mill_lesson_get_chart (const MillLesson *lesson, guint step);

/**
 * mill_lesson_get_chart_figure:
 * @figure: (out): which figure the `scaling` chart shows
 *
 * Returns: %FALSE where the lesson leaves it to the chart; @figure is then untouched
 */
gboolean mill_lesson_get_chart_figure (const MillLesson *lesson, guint step, MillFigure *figure);

/* The prediction, which belongs to step 0. */

typedef enum {
  MILL_PREDICTION_CHOICE,
  MILL_PREDICTION_NUMBER,
} MillPredictionKind;

typedef struct {
  char *id;
  char *label;  /* "20 ×" */
  double value; /* of the predicted figure; NAN where the choice is no number */
} MillLessonChoice;

/* What is to be predicted. Plain data of the lesson. */
typedef struct {
  MillPredictionKind kind;
  char *prompt;       /* "How many times faster?" */
  GPtrArray *choices; /* MillLessonChoice, two to six; empty for a number */
  /* of a number */
  char *unit; /* "s", "×", "MiB", "": as it stands behind the number */
  double min, max;
  double tolerance; /* right where measured / (1 + tolerance) to measured x (1 + tolerance) */
} MillPredictionSpec;

const MillPredictionSpec *mill_lesson_get_prediction (const MillLesson *lesson);

G_END_DECLS

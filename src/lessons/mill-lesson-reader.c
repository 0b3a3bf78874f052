/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-json-scan.h"
#include "experiment/mill-json.h"
#include "experiment/mill-text.h"
#include "lessons/mill-lesson-experiment.h"
#include "lessons/mill-lesson-fields.h"
#include "lessons/mill-lesson-private.h"
#include "lessons/mill-lesson-reader.h"
#include "lessons/mill-lesson-rules.h"
#include "lessons/mill-template.h"
#include "result/mill-published.h"

#define MAX_TITLE_BYTES 80
#define MAX_CHOICES 6
#define MAX_FOLLOW_UPS 6
#define DEFAULT_TOLERANCE 0.5

static const char *const known_members[] = {
  "$schema",    "format",     "id",         "title",  "question",     "prediction",
  "experiment", "scale",      "duration_s", "chart",  "chart_figure", "figures",
  "outcomes",   "follow_ups", "note",       "replay", "published",    NULL,
};
static const char *const known_follow_up_members[] = {
  "title", "question", "experiment", "scale", "chart", "chart_figure", "figures", "outcomes", NULL,
};
static const char *const known_prediction_members[] = {
  "kind", "prompt", "figure", "choices", "unit", "min", "max", "tolerance", NULL,
};
static const char *const known_choice_members[] = { "id", "label", "value", NULL };
/* In the order of the bits of MillLessonScale. */
static const char *const scale_names[] = {
  "requests", "delay", "timeout", "rounds", "duration", "rate", NULL,
};
static const char *const chart_ids[] = {
#define MILL_CHART_KIND(KIND, name, id, label) id,
#include "charts/mill-chart-kinds.def"
#undef MILL_CHART_KIND
  NULL,
};

void
mill_lesson_problem_free (MillLessonProblem *problem)
{
  g_free (problem->field);
  g_free (problem->message);
  g_free (problem);
}

char *
mill_lesson_problem_to_string (const MillLessonProblem *problem, const char *where)
{
  const char *separator = *problem->field != '\0' ? ": " : "";

  if (problem->line == 0)
    return g_strdup_printf ("%s: %s", where, problem->message);
  return g_strdup_printf ("%s:%u: %s%s%s", where, problem->line, problem->field, separator,
                          problem->message);
}

static void
add_problem (GPtrArray *problems, guint line, guint column, char *message)
{
  MillLessonProblem *problem = g_new0 (MillLessonProblem, 1);

  problem->line = line;
  problem->column = column;
  problem->field = g_strdup ("");
  problem->message = message;
  g_ptr_array_add (problems, problem);
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const MillLessonProblem *first = *(const MillLessonProblem *const *) a;
  const MillLessonProblem *second = *(const MillLessonProblem *const *) b;

  if (first->line != second->line)
    return first->line < second->line ? -1 : 1;
  return first->column < second->column ? -1 : first->column > second->column;
}

/* A text with the numbers of the experiment, known before the run. */
static char *
read_early_text (const MillFields *fields, const char *member)
{
  char *text = mill_fields_string (fields, member, MILL_FIELD_REQUIRED, MILL_LESSON_MAX_TEXT_BYTES);
  g_autofree char *problem = NULL;

  if (text == NULL)
    return g_strdup ("");
  problem = mill_template_check (text, NULL);
  if (problem != NULL)
    mill_fields_complain (fields, member, "%s", problem);
  return mill_fields_translate (fields, text);
}

static char *
read_title (const MillFields *fields)
{
  char *title = mill_fields_text (fields, "title", MILL_FIELD_REQUIRED);

  if (title == NULL)
    return g_strdup ("");
  if (strlen (title) > MAX_TITLE_BYTES || strchr (title, '\n') != NULL)
    mill_fields_complain (fields, "title", _ ("“%s” must be one line of at most %d bytes"), "title",
                          MAX_TITLE_BYTES);
  return title;
}

static void
read_format (const MillFields *document)
{
  g_auto (MillFields) format = mill_fields_object (document, "format", MILL_FIELD_REQUIRED);
  g_autofree char *name = NULL;
  double version;

  if (format.object == NULL)
    return;
  name = mill_fields_string (&format, "name", MILL_FIELD_REQUIRED, MAX_TITLE_BYTES);
  version = mill_fields_number (&format, "version", MILL_FIELD_REQUIRED, 1, 1e9, 0);
  if (name != NULL && !g_str_equal (name, MILL_LESSON_FORMAT))
    mill_fields_complain (&format, "name", _ ("a lesson has the format “%s”"), MILL_LESSON_FORMAT);
  if (version > MILL_LESSON_VERSION)
    mill_fields_complain (&format, "version",
                          _ ("this lesson was written for a newer Threadmill (format %.0f, this "
                             "program reads up to %d)"),
                          version, MILL_LESSON_VERSION);
}

static guint
read_scale (const MillFields *fields, guint inherited)
{
  g_auto (GStrv) names = NULL;
  guint scale = 0;

  if (!mill_fields_has (fields, "scale"))
    return inherited;
  names = mill_fields_strings (fields, "scale", G_N_ELEMENTS (scale_names) - 1);
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    guint bit = 0;

    while (scale_names[bit] != NULL && !g_str_equal (scale_names[bit], names[i]))
      bit++;
    if (scale_names[bit] != NULL) {
      scale |= 1u << bit;
      continue;
    }
    g_autofree char *shown = mill_text_quote (names[i]);
    g_autofree char *list = g_strjoinv (", ", (GStrv) scale_names);
    mill_fields_complain (fields, "scale", _ ("%s cannot be scaled; what can be: %s"), shown, list);
  }
  return scale;
}

static void
read_chart (const MillFields *fields, MillLessonStep *step, const MillLessonStep *first)
{
  g_autofree char *figure_id = NULL;
  MillFigure figure;

  step->chart = mill_fields_string (
      fields, "chart", first == NULL ? MILL_FIELD_REQUIRED : MILL_FIELD_OPTIONAL, MAX_TITLE_BYTES);
  if (step->chart != NULL && !g_strv_contains (chart_ids, step->chart)) {
    g_autofree char *shown = mill_text_quote (step->chart);
    g_autofree char *list = g_strjoinv (", ", (GStrv) chart_ids);
    mill_fields_complain (fields, "chart", _ ("there is no chart %s; there are: %s"), shown, list);
  }
  figure_id = mill_fields_string (fields, "chart_figure", MILL_FIELD_OPTIONAL, MAX_TITLE_BYTES);
  if (figure_id != NULL && !mill_figure_from_id (figure_id, &figure))
    mill_fields_complain (fields, "chart_figure", _ ("a scaling chart has no such figure"));
  else if (figure_id != NULL)
    step->chart_figure = (int) figure;
  if (step->chart == NULL && first != NULL) {
    step->chart = g_strdup (first->chart);
    if (step->chart_figure < 0)
      step->chart_figure = first->chart_figure;
  }
}

/* What the lesson and its follow-ups have in common, but for the outcomes. */
static MillLessonStep *
read_step (const MillFields *fields, const MillLessonStep *first)
{
  MillLessonStep *step = mill_lesson_step_new ();

  step->title = read_title (fields);
  step->question = read_early_text (fields, "question");
  if (first == NULL || first->experiment != NULL)
    step->experiment =
        mill_lesson_read_experiment (fields, first != NULL ? first->experiment : NULL);
  step->scale = read_scale (fields, first != NULL ? first->scale : 0);
  read_chart (fields, step, first);
  mill_lesson_read_figures (fields, step, first);
  return step;
}

static void
read_choices (const MillFields *fields, MillLesson *lesson)
{
  JsonArray *array = mill_fields_array (fields, "choices", MILL_FIELD_REQUIRED, 2, MAX_CHOICES);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_auto (MillFields) element = mill_fields_element (fields, "choices", array, i);
    MillLessonChoice *choice;

    if (element.object == NULL)
      continue;
    mill_fields_known (&element, known_choice_members);
    choice = mill_lesson_choice_new ();
    choice->id = mill_fields_id (&element, "id", MILL_FIELD_REQUIRED);
    choice->label = mill_fields_text (&element, "label", MILL_FIELD_REQUIRED);
    choice->value = mill_fields_number (&element, "value", MILL_FIELD_OPTIONAL, 1e-9, 1e12, NAN);
    for (guint j = 0; j < lesson->prediction.choices->len; j++) {
      const MillLessonChoice *other = g_ptr_array_index (lesson->prediction.choices, j);
      if (choice->id != NULL && g_strcmp0 (choice->id, other->id) == 0)
        mill_fields_complain (&element, "id", _ ("there is a choice “%s” already"), choice->id);
    }
    g_ptr_array_add (lesson->prediction.choices, choice);
  }
}

/* The figure that is predicted; a number needs one, choices may have one. */
static void
read_prediction_figure (const MillFields *fields, MillLesson *lesson, const MillLessonStep *step)
{
  MillFieldNeed need =
      lesson->prediction.kind == MILL_PREDICTION_NUMBER ? MILL_FIELD_REQUIRED : MILL_FIELD_OPTIONAL;
  g_autofree char *name = mill_fields_string (fields, "figure", need, MAX_TITLE_BYTES);

  if (name == NULL)
    return;
  lesson->prediction_figure = mill_lesson_step_find_figure (step, name, strlen (name));
  if (lesson->prediction_figure < 0) {
    g_autofree char *shown = mill_text_quote (name);
    mill_fields_complain (fields, "figure", _ ("there is no figure %s in “figures”"), shown);
  }
}

static void
read_prediction (const MillFields *document, MillLesson *lesson, const MillLessonStep *step)
{
  g_auto (MillFields) fields = mill_fields_object (document, "prediction", MILL_FIELD_REQUIRED);
  MillPredictionSpec *prediction = &lesson->prediction;
  g_autofree char *kind = NULL;

  if (fields.object == NULL)
    return;
  mill_fields_known (&fields, known_prediction_members);
  kind = mill_fields_string (&fields, "kind", MILL_FIELD_REQUIRED, MAX_TITLE_BYTES);
  if (kind != NULL && !g_str_equal (kind, "choice") && !g_str_equal (kind, "number"))
    mill_fields_complain (&fields, "kind", _ ("“kind” takes choice or number"));
  prediction->kind =
      g_strcmp0 (kind, "number") == 0 ? MILL_PREDICTION_NUMBER : MILL_PREDICTION_CHOICE;
  prediction->prompt = mill_fields_text (&fields, "prompt", MILL_FIELD_REQUIRED);
  prediction->unit = mill_fields_text (&fields, "unit", MILL_FIELD_OPTIONAL);
  if (prediction->unit == NULL)
    prediction->unit = g_strdup ("");
  read_prediction_figure (&fields, lesson, step);
  prediction->tolerance =
      mill_fields_number (&fields, "tolerance", MILL_FIELD_OPTIONAL, 0, 100, DEFAULT_TOLERANCE);
  prediction->min = mill_fields_number (&fields, "min", MILL_FIELD_OPTIONAL, 0, 1e12, 0);
  prediction->max = mill_fields_number (&fields, "max", MILL_FIELD_OPTIONAL, 0, 1e12, 1e6);
  if (!(prediction->min < prediction->max))
    mill_fields_complain (&fields, "min", _ ("“min” must be less than “max”"));
  if (g_strcmp0 (kind, "choice") == 0)
    read_choices (&fields, lesson);
}

static void
read_follow_ups (const MillFields *document, MillLesson *lesson)
{
  const MillLessonStep *first = g_ptr_array_index (lesson->steps, 0);
  JsonArray *array =
      mill_fields_array (document, "follow_ups", MILL_FIELD_OPTIONAL, 0, MAX_FOLLOW_UPS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_auto (MillFields) element = mill_fields_element (document, "follow_ups", array, i);
    MillLessonStep *step;

    if (element.object == NULL)
      continue;
    mill_fields_known (&element, known_follow_up_members);
    step = read_step (&element, first);
    mill_lesson_read_outcomes (&element, step, NULL, MILL_FIELD_OPTIONAL);
    g_ptr_array_add (lesson->steps, step);
  }
}

static void
read_replay (const MillFields *document, MillLesson *lesson)
{
  const MillLessonStep *step = g_ptr_array_index (lesson->steps, 0);

  lesson->replay = mill_fields_strings (document, "replay", 2);
  for (guint i = 0; lesson->replay != NULL && lesson->replay[i] != NULL; i++) {
    gboolean found = step->experiment == NULL;

    for (guint m = 0; !found && m < step->experiment->models->len; m++) {
      g_autofree char *model = mill_model_spec_to_string (
          &g_array_index (step->experiment->models, MillModelSpec, m), step->experiment->workload);
      found = g_str_equal (model, lesson->replay[i]);
    }
    if (!found)
      mill_fields_complain (document, "replay",
                            _ ("the experiment does not run what is to be "
                               "replayed"));
  }
  if (lesson->replay != NULL && lesson->replay[0] == NULL)
    g_clear_pointer (&lesson->replay, g_strfreev);
}

static void
read_published (const MillFields *document, MillLesson *lesson)
{
  g_auto (GStrv) ids = mill_published_list ();

  lesson->published =
      mill_fields_string (document, "published", MILL_FIELD_OPTIONAL, MAX_TITLE_BYTES);
  if (lesson->published != NULL &&
      !g_strv_contains ((const char *const *) ids, lesson->published)) {
    g_autofree char *list = g_strjoinv (", ", ids);
    mill_fields_complain (document, "published",
                          _ ("there are no such published figures; there are: %s"), list);
  }
}

static void
find_skip_reason (MillLesson *lesson)
{
  const MillLessonStep *step = g_ptr_array_index (lesson->steps, 0);
  MillModelKind missing;

  if (step->experiment != NULL && !mill_lesson_has_models (step->experiment, &missing))
    lesson->skip_reason =
        g_strdup_printf (_ ("This program was built without %s."), mill_model_info (missing)->id);
}

static MillLesson *
read_document (const MillFields *document)
{
  g_autoptr (MillLesson) lesson = mill_lesson_new_empty ();
  MillLessonStep *step;

  mill_fields_known (document, known_members);
  read_format (document);
  lesson->id = mill_fields_id (document, "id", MILL_FIELD_REQUIRED);
  step = read_step (document, NULL);
  g_ptr_array_add (lesson->steps, step);
  lesson->title = g_strdup (step->title);
  lesson->note = read_early_text (document, "note");
  lesson->duration_s = mill_fields_number (document, "duration_s", MILL_FIELD_REQUIRED, 1, 1e5, 1);
  read_prediction (document, lesson, step);
  mill_lesson_read_outcomes (document, step, &lesson->prediction, MILL_FIELD_REQUIRED);
  read_follow_ups (document, lesson);
  read_replay (document, lesson);
  read_published (document, lesson);
  find_skip_reason (lesson);
  return g_steal_pointer (&lesson);
}

static JsonNode *
parse (const char *text, gsize length, GPtrArray *problems)
{
  g_autofree char *problem = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *node;
  gsize position = 0;

  problem = mill_json_scan (text, length, MILL_JSON_MAX_DEPTH, &position);
  if (problem != NULL) {
    guint line, column;
    mill_json_find_position (text, position, &line, &column);
    add_problem (problems, line, column, g_steal_pointer (&problem));
    return NULL;
  }
  node = mill_json_parse (text, (gssize) length, MILL_LESSON_FORMAT, &error);
  if (node == NULL)
    add_problem (problems, 0, 0, g_strdup (error->message));
  else if (!JSON_NODE_HOLDS_OBJECT (node)) {
    add_problem (problems, 1, 1, g_strdup (_ ("this is no lesson: it is no JSON object")));
    g_clear_pointer (&node, json_node_unref);
  }
  return node;
}

MillLesson *
mill_lesson_read (GBytes *bytes, gboolean translate, GPtrArray **problems)
{
  static const char byte_order_mark[] = "\xef\xbb\xbf";
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (MillJsonLines) lines = NULL;
  g_autoptr (MillLesson) lesson = NULL;

  *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_lesson_problem_free);
  if (length > MILL_LESSON_MAX_BYTES) {
    add_problem (*problems, 0, 0,
                 g_strdup_printf (_ ("a lesson has at most %d KiB"), MILL_LESSON_MAX_BYTES / 1024));
    return NULL;
  }
  if (length >= 3 && memcmp (text, byte_order_mark, 3) == 0) {
    text += 3;
    length -= 3;
  }
  node = parse (length > 0 ? text : "", length, *problems);
  if (node == NULL)
    return NULL;
  lines = mill_json_lines_new (text, length);

  MillFieldReader reader = { lines, *problems, translate };
  MillFields document = { &reader, json_node_get_object (node), (char *) "" };
  lesson = read_document (&document);
  g_ptr_array_sort (*problems, compare_problems);
  return (*problems)->len == 0 ? g_steal_pointer (&lesson) : NULL;
}

MillLesson *
mill_lesson_load_bytes (GBytes *bytes, GPtrArray **problems)
{
  return mill_lesson_read (bytes, FALSE, problems);
}

MillLesson *
mill_lesson_load_file (GFile *file, GCancellable *cancellable, GPtrArray **problems)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = mill_file_read (file, MILL_LESSON_MAX_BYTES, cancellable, &error);

  if (bytes != NULL)
    return mill_lesson_read (bytes, FALSE, problems);
  *problems = g_ptr_array_new_with_free_func ((GDestroyNotify) mill_lesson_problem_free);
  add_problem (*problems, 0, 0, g_strdup (error->message));
  return NULL;
}

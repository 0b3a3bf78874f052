/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-text.h"
#include "lessons/mill-lesson-rules.h"

#define MAX_MODEL_BYTES 80
#define ERRORS_PREFIX "errors."

typedef struct {
  const char *id;
  MillSource source;
} SourceName;

static const SourceName source_names[] = {
  { "failed_share", MILL_SOURCE_FAILED_SHARE },
  { "sent_late", MILL_SOURCE_SENT_LATE },
  { "latency_uncorrected_ms.mean", MILL_SOURCE_UNCORRECTED_MEAN },
  { "latency_uncorrected_ms.p50", MILL_SOURCE_UNCORRECTED_P50 },
  { "latency_uncorrected_ms.p90", MILL_SOURCE_UNCORRECTED_P90 },
  { "latency_uncorrected_ms.p99", MILL_SOURCE_UNCORRECTED_P99 },
  { "latency_uncorrected_ms.max", MILL_SOURCE_UNCORRECTED_MAX },
  { "cores", MILL_SOURCE_CORES },
};

static const char *const known_members[] = {
  "name",      "figure",      "of",    "at",       "from", "over", "over_at",
  "over_from", "over_figure", "minus", "minus_at", "per",  NULL,
};

gboolean
mill_source_from_id (const char *id, MillSourceSpec *source)
{
  if (mill_figure_from_id (id, &source->figure)) {
    source->source = MILL_SOURCE_FIGURE;
    return TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (source_names); i++) {
    if (g_str_equal (id, source_names[i].id)) {
      source->source = source_names[i].source;
      return TRUE;
    }
  }
  if (!g_str_has_prefix (id, ERRORS_PREFIX))
    return FALSE;
  for (int outcome = MILL_OUTCOME_OK + 1; outcome < MILL_N_OUTCOMES; outcome++) {
    if (g_str_equal (id + strlen (ERRORS_PREFIX), mill_outcome_to_string ((MillOutcome) outcome))) {
      source->source = MILL_SOURCE_ERRORS;
      source->outcome = (MillOutcome) outcome;
      return TRUE;
    }
  }
  return FALSE;
}

int
mill_lesson_step_find_figure (const MillLessonStep *step, const char *name, gsize length)
{
  for (guint i = 0; i < step->figures->len; i++) {
    const MillLessonFigure *figure = g_ptr_array_index (step->figures, i);

    if (strlen (figure->name) == length && strncmp (figure->name, name, length) == 0)
      return (int) i;
  }
  return -1;
}

/* The names of the members of one operand. */
typedef struct {
  const char *model;
  const char *at;
  const char *from; /* or NULL */
} OperandMembers;

static gboolean
has_model (const MillExperiment *experiment, const char *model)
{
  for (guint i = 0; i < experiment->models->len; i++) {
    g_autofree char *written = mill_model_spec_to_string (
        &g_array_index (experiment->models, MillModelSpec, i), experiment->workload);

    if (g_str_equal (written, model))
      return TRUE;
  }
  return FALSE;
}

static char *
list_models (const MillExperiment *experiment)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < experiment->models->len; i++) {
    g_autofree char *written = mill_model_spec_to_string (
        &g_array_index (experiment->models, MillModelSpec, i), experiment->workload);

    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", written);
  }
  return g_string_free (list, FALSE);
}

/* The index of a value of the sweep; -1 after a complaint, or without a sweep. */
static int
read_at (const MillFields *fields, const char *member, const MillExperiment *experiment, double at)
{
  if (experiment->sweep == MILL_SWEEP_NONE) {
    if (mill_fields_has (fields, member))
      mill_fields_complain (
          fields, member, _ ("“%s” names a value of a sweep, and the experiment has none"), member);
    return -1;
  }
  for (guint i = 0; i < experiment->sweep_values->len; i++) {
    double value = g_array_index (experiment->sweep_values, double, i);
    if (at >= value && at <= value)
      return (int) i;
  }
  mill_fields_complain (fields, member,
                        _ ("“%s” must be one of the values of the experiment’s sweep"), member);
  return -1;
}

/* Returns FALSE where there is no such operand. */
static gboolean
read_operand (const MillFields *fields,
              const OperandMembers *members,
              const MillLessonStep *step,
              const MillLessonStep *first,
              double default_at,
              MillOperand *operand)
{
  g_autofree char *from = NULL;
  const MillExperiment *experiment = step->experiment;

  operand->model =
      mill_fields_string (fields, members->model, MILL_FIELD_OPTIONAL, MAX_MODEL_BYTES);
  if (operand->model == NULL)
    return FALSE;
  if (members->from != NULL)
    from = mill_fields_string (fields, members->from, MILL_FIELD_OPTIONAL, MAX_MODEL_BYTES);
  operand->from_lesson = from != NULL;
  if (from != NULL && (first == NULL || !g_str_equal (from, "lesson"))) {
    mill_fields_complain (fields, members->from,
                          _ ("“%s” takes “lesson”, in a follow-up, for what the lesson measured"),
                          members->from);
    return TRUE;
  }
  if (operand->from_lesson)
    experiment = first->experiment;
  if (experiment == NULL)
    return TRUE;
  if (!has_model (experiment, operand->model)) {
    g_autofree char *shown = mill_text_quote (operand->model);
    g_autofree char *list = list_models (experiment);
    mill_fields_complain (fields, members->model, _ ("the experiment does not run %s; it runs: %s"),
                          shown, list);
    return TRUE;
  }
  operand->sweep_index = read_at (
      fields, members->at, experiment,
      mill_fields_number (fields, members->at, MILL_FIELD_OPTIONAL, 0, G_MAXINT64, default_at));
  return TRUE;
}

static void
read_operands (const MillFields *fields,
               const MillLessonStep *step,
               const MillLessonStep *first,
               MillLessonFigure *figure)
{
  static const OperandMembers of = { "of", "at", "from" };
  static const OperandMembers over = { "over", "over_at", "over_from" };
  static const OperandMembers minus = { "minus", "minus_at", NULL };
  double at = -1;

  if (mill_fields_has (fields, "at"))
    at = mill_fields_number (fields, "at", MILL_FIELD_OPTIONAL, 0, G_MAXINT64, -1);
  if (!read_operand (fields, &of, step, first, at, &figure->of)) {
    if (!mill_fields_has (fields, "of"))
      mill_fields_complain (fields, "of", _ ("“%s” is missing"), "of");
    return;
  }
  if (read_operand (fields, &over, step, first, at, &figure->over) &&
      read_operand (fields, &minus, step, first, at, &figure->minus))
    mill_fields_complain (fields, "minus", _ ("a figure has “over” or “minus”, not both"));
  else if (figure->over.model == NULL)
    read_operand (fields, &minus, step, first, at, &figure->minus);
}

static void
read_source (const MillFields *fields,
             const char *member,
             MillFieldNeed need,
             MillSourceSpec *source)
{
  g_autofree char *id = mill_fields_string (fields, member, need, MILL_LESSON_MAX_TEXT_BYTES);

  if (id != NULL && !mill_source_from_id (id, source)) {
    g_autofree char *shown = mill_text_quote (id);
    mill_fields_complain (fields, member,
                          _ ("there is no figure %s; there are, for example, wall_time_s, "
                             "latency_ms.p99, memory_mib.max, failed_share, errors.timeout"),
                          shown);
  }
}

/* The names that a text may have in braces must be one word. */
static gboolean
is_name (const char *name)
{
  return name[strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

/* A number, or "sweep". */
static void
read_per (const MillFields *fields, MillLessonFigure *figure)
{
  JsonNode *node = json_object_get_member (fields->object, "per");

  figure->per_sweep = node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
                      g_strcmp0 (json_node_get_string (node), "sweep") == 0;
  if (!figure->per_sweep)
    figure->per = mill_fields_number (fields, "per", MILL_FIELD_OPTIONAL, 1e-9, 1e9, 1);
  else if (figure->of.sweep_index < 0 || figure->minus.sweep_index < 0 ||
           figure->of.sweep_index == figure->minus.sweep_index)
    mill_fields_complain (fields, "per",
                          _ ("“per” takes “sweep” where “at” and “minus_at” are two values of a "
                             "sweep; else a number"));
}

static void
read_figure (const MillFields *fields, MillLessonStep *step, const MillLessonStep *first)
{
  MillLessonFigure *figure = mill_lesson_figure_new ();

  mill_fields_known (fields, known_members);
  figure->name = mill_fields_string (fields, "name", MILL_FIELD_REQUIRED, 32);
  if (figure->name == NULL)
    figure->name = g_strdup ("");
  else if (!is_name (figure->name))
    mill_fields_complain (
        fields, "name", _ ("“%s” takes lower case letters a to z, digits and underscores"), "name");
  else if (mill_lesson_step_find_figure (step, figure->name, strlen (figure->name)) >= 0)
    mill_fields_complain (fields, "name", _ ("there is a figure “%s” already"), figure->name);
  read_source (fields, "figure", MILL_FIELD_REQUIRED, &figure->source);
  figure->over_source = figure->source;
  read_source (fields, "over_figure", MILL_FIELD_OPTIONAL, &figure->over_source);
  if (step->experiment != NULL)
    read_operands (fields, step, first, figure);
  read_per (fields, figure);
  g_ptr_array_add (step->figures, figure);
}

void
mill_lesson_read_figures (const MillFields *fields,
                          MillLessonStep *step,
                          const MillLessonStep *first)
{
  JsonArray *array =
      mill_fields_array (fields, "figures", MILL_FIELD_OPTIONAL, 0, MILL_LESSON_MAX_ITEMS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    g_auto (MillFields) element = mill_fields_element (fields, "figures", array, i);

    if (element.object != NULL)
      read_figure (&element, step, first);
  }
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result-file.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* "Which model for me?": a walk of few questions, then the candidates, what measured results say
 * about them, and the experiment that decides. It recommends a model only where complete,
 * repeated measurements of such work carry it; else it says which experiment would decide. */
typedef struct _MillAdviser MillAdviser;

typedef struct {
  const char *id;
  const char *label;  /* translated: "It waits for others" */
  const char *detail; /* translated, one line, or "" */
} MillAdviserAnswer;

typedef struct {
  const char *id;
  const char *text;   /* translated: "Does the work wait or compute?" */
  const char *detail; /* translated, one line, or "" */
  guint n_answers;
  MillAdviserAnswer answers[4];
} MillAdviserQuestion;

MillAdviser *mill_adviser_new (void);
void mill_adviser_free (MillAdviser *adviser);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillAdviser, mill_adviser_free)

/**
 * mill_adviser_get_question:
 * @question: (out caller-allocates): the question to ask now; its strings are static
 *
 * Returns: %FALSE where nothing more is to be asked and mill_adviser_conclude() answers
 */
gboolean mill_adviser_get_question (const MillAdviser *adviser, MillAdviserQuestion *question);

/**
 * mill_adviser_answer:
 * @answer: the id of an answer to the present question
 *
 * Returns: %FALSE where that is no answer to it
 */
gboolean mill_adviser_answer (MillAdviser *adviser, const char *answer);

/* How many questions were answered. */
guint mill_adviser_get_n_answered (const MillAdviser *adviser);

/**
 * mill_adviser_get_answered:
 * @index: which, below mill_adviser_get_n_answered()
 * @question: (out caller-allocates): what was asked
 *
 * Returns: the answer's id
 */
const char *
mill_adviser_get_answered (const MillAdviser *adviser, guint index, MillAdviserQuestion *question);

/**
 * mill_adviser_back:
 *
 * Takes the last answer back.
 *
 * Returns: %FALSE where there is none
 */
gboolean mill_adviser_back (MillAdviser *adviser);

/* Takes all answers back. */
void mill_adviser_restart (MillAdviser *adviser);

/**
 * mill_adviser_wants:
 * @summary: a document of the history
 *
 * Whether the document may be evidence for what was answered, so that only such documents are
 * loaded whole.
 */
gboolean mill_adviser_wants (const MillAdviser *adviser, const MillResultSummary *summary);

typedef enum {
  MILL_RECOMMENDATION_MEASURED,  /* measured results carry it */
  MILL_RECOMMENDATION_UNDECIDED, /* they do not; `experiment` would decide */
} MillRecommendationState;

/* What one result says. */
typedef struct {
  char *result_id;
  char *result_name;
  char *text;       /* "main-loop:80 took 0.12 s, thread-pool:20 0.41 s: 3.4 times faster." */
  gboolean carries; /* whether it counts; else `text` says why not (partial, too few, projected) */
} MillAdviserEvidence;

typedef struct {
  MillRecommendationState state;
  char *model;                /* what is recommended: "main-loop:80"; NULL where undecided */
  char *title;                /* one line */
  char *reason;               /* a few sentences; claims only what was measured or defined */
  GPtrArray *evidence;        /* MillAdviserEvidence, what carries first */
  MillExperiment *experiment; /* ready to run: decides, or confirms on this machine */
  char *experiment_reason;    /* one line: what it would show */
} MillRecommendation;

/**
 * mill_adviser_conclude:
 * @results: (element-type MillResult): the user's history, each summarised; published results and
 *   others that do not fit are passed over
 *
 * Returns: (transfer full) (nullable): the recommendation; %NULL while a question is open
 */
MillRecommendation *mill_adviser_conclude (const MillAdviser *adviser, const GPtrArray *results);
void mill_recommendation_free (MillRecommendation *recommendation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillRecommendation, mill_recommendation_free)

G_END_DECLS

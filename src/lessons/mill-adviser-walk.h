/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lessons/mill-adviser.h"
#include "result/mill-figure.h"

G_BEGIN_DECLS

/* The walk as data: questions whose answers lead to another question or to a case. */

#define MILL_ADVISER_MAX_KINDS 4

/* What the answers come to: who competes, on what, and how to find out. */
typedef struct {
  const char *id;
  MillWorkloadKind workload;
  gboolean computes; /* http: answers are also worked on (`after` hash or json) */
  MillFigure figure; /* what is judged */
  int min_flight;    /* which concurrency counts as such a load */
  int max_flight;
  MillModelKind kinds[MILL_ADVISER_MAX_KINDS]; /* who competes, the simplest first */
  guint n_kinds;
  const char *models; /* the experiment that decides */
  gint64 requests;
  double delay_s;
  const char *given;    /* untranslated: what follows from the answers by definition; or "" */
  const char *expected; /* untranslated: what textbooks say, for the experiment to test */
} MillAdviserCase;

typedef struct {
  const char *id;
  const char *text;   /* untranslated */
  const char *detail; /* untranslated */
  struct {
    const char *id; /* NULL: no more answers */
    const char *label;
    const char *detail;
    const char *next; /* the id of a question or of a case */
  } answers[4];
} MillAdviserNode;

/* The first question. */
const MillAdviserNode *mill_adviser_walk_start (void);
/* NULL where there is none of that id. */
const MillAdviserNode *mill_adviser_walk_find_node (const char *id);
const MillAdviserCase *mill_adviser_walk_find_case (const char *id);
/* All cases, for tests. */
const MillAdviserCase *mill_adviser_walk_cases (guint *n_cases);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-merge.h"

G_BEGIN_DECLS

/* A machine of a merged result, and the document that it wrote. */
typedef struct {
  char *label;           /* in the merged result */
  char *own_label;       /* in the document it comes from */
  char *document_id;     /* the UUID of the run */
  char *started;         /* ISO 8601, or NULL */
  char *program_version; /* or NULL */
  JsonNode *environment; /* or NULL */
  guint source;          /* which of the documents that are merged */
} MillMergeMachine;

void mill_merge_machine_free (MillMergeMachine *machine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillMergeMachine, mill_merge_machine_free)

/**
 * mill_merge_gather_machines:
 * @results: (element-type MillResult): the documents
 * @labels: what they are called
 * @error: %MILL_ERROR_USAGE: the same document twice, too many; %MILL_ERROR_INVALID: a merged
 *   document whose list of machines is damaged
 *
 * Returns: (transfer full) (element-type MillMergeMachine): all machines, by start and id, so that
 *   the order of @results does not matter; each with a label of its own
 */
GPtrArray *
mill_merge_gather_machines (GPtrArray *results, const char *const *labels, GError **error);

/* The machine that a part of document number `source` names; of a plain document, the only one. */
const MillMergeMachine *
mill_merge_find_machine (const GPtrArray *machines, guint source, const char *own_label);

/* What is known of all machines together: each, and what is the same on all. */
JsonNode *mill_merge_environment (const GPtrArray *machines, double max_skew_s, double skew_s);

/* A trial of one of the documents. */
typedef struct {
  const MillTrialResult *trial;
  guint source;
} MillMergeInput;

/**
 * mill_merge_trials:
 * @inputs: (element-type MillMergeInput): the same trial, of the documents that have it
 * @machines: (element-type MillMergeMachine): all
 * @max_skew_s: how far apart they may have started
 * @skew_s: (inout): raised to how far apart they did
 * @error: %MILL_ERROR_USAGE: they were not measured at the same time
 *
 * Returns: (transfer full) (nullable): the trial of all machines together
 */
MillTrialResult *mill_merge_trials (const GArray *inputs,
                                    const GPtrArray *machines,
                                    double max_skew_s,
                                    double *skew_s,
                                    GError **error);

/* The share of a merged trial's time in which all machines were at work; 1 where that cannot be
 * told. */
double mill_merge_overlap (const MillTrialResult *trial);

/* Adds up the time series and the timelines, on the clock of the merged trial. */
void mill_merge_series (MillTrialResult *merged, const GArray *inputs);

G_END_DECLS

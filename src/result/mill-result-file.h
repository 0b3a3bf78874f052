/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One model in a list of documents. */
typedef struct {
  char *model;
  double sweep_value; /* NAN without a sweep */
  double wall_time_s; /* the median; NAN where there is none */
  gboolean projected;
  gboolean incomparable; /* its time says nothing: requests failed, or the time was given */
  char *corresponds_to;  /* of published results, or NULL */
} MillSummaryModel;

/* What a list of documents shows of one; read from the head of the file alone. */
typedef struct {
  char *id;
  char *name;
  char *notes;
  char *started; /* ISO 8601, UTC; NULL for published results */
  gboolean published;
  char *source;
  char *workload; /* "http" or "cpu" */
  char *preset;   /* or NULL */
  gint64 requests;
  int repetitions;
  int warnings;
  int trials;
  int incomplete_trials; /* partial and failed */
  GPtrArray *models;     /* MillSummaryModel */
} MillResultSummary;

/**
 * mill_result_load_summary:
 * @file: a result document
 *
 * Reads what a list shows, without the trials: mill_result_save() writes the head of a document
 * on the first lines, one member each, and the bulk after them, so 16 KiB of a file are read and
 * parsed whatever its size. A document laid out otherwise (by another program) is read whole.
 *
 * Returns: (transfer full): the summary, or NULL with an error of GIO, MILL_ERROR_INVALID or
 *   MILL_ERROR_VERSION
 */
MillResultSummary *
mill_result_load_summary (GFile *file, GCancellable *cancellable, GError **error);
void mill_result_summary_free (MillResultSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillResultSummary, mill_result_summary_free)

G_END_DECLS

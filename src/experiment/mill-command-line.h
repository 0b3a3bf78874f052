/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"
#include "experiment/mill-threshold.h"

G_BEGIN_DECLS

/* A chart to be written after the run. */
typedef struct {
  char *kind; /* "time"; which kinds there are is known to the charts */
  char *path; /* ends in .png, .svg or .pdf */
} MillChartOutput;

/* The options of `threadmill-cli run` that are about its outcome, not about what runs. Paths
 * are in the encoding of file names. NULL: not asked for. */
typedef struct {
  char *output_path;
  char *csv_path;
  char *markdown_path;
  char *html_path;
  char *trace_path;
  GPtrArray *charts;     /* MillChartOutput */
  GPtrArray *thresholds; /* MillThreshold */
  gboolean events;       /* one JSON line per event on standard output */
  gboolean quiet;        /* no progress */
  gboolean help;         /* --help was given: nothing else was read */
} MillRunOptions;

MillRunOptions *mill_run_options_new (void);
void mill_run_options_free (MillRunOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillRunOptions, mill_run_options_free)

/**
 * mill_experiment_from_arguments:
 * @arguments: what follows `threadmill-cli run`, without both words; not changed
 * @other: gets the options that do not belong to the experiment
 * @error: %MILL_ERROR_USAGE, beginning with the option that is wrong, or what loading an
 *   experiment, a URL list or a body reported
 *
 * Reads a command line. --preset or --experiment gives the base, wherever it stands; the other
 * options override it in their order. The experiment is not validated yet, but options that
 * would have no effect together are refused. Reads the files that are named.
 *
 * Returns: (transfer full) (nullable): what to run; with --help, the defaults
 */
MillExperiment *
mill_experiment_from_arguments (GStrv arguments, MillRunOptions *other, GError **error);

/**
 * mill_run_options_get_help:
 *
 * Returns: (transfer full): the text of `threadmill-cli run --help`
 */
char *mill_run_options_get_help (void);

G_END_DECLS

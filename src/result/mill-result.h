/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "experiment/mill-experiment.h"
#include "experiment/mill-record.h"
#include "experiment/mill-trial.h"
#include "result/mill-figure.h"
#include "result/mill-histogram.h"

G_BEGIN_DECLS

#define MILL_RESULT_FORMAT "threadmill-result"
#define MILL_RESULT_VERSION 1
#define MILL_MAX_TIMELINE 5000
#define MILL_MAX_SAMPLES 600
#define MILL_MAX_DOCUMENT_TIMELINE 50000
#define MILL_MAX_TRIALS 10000

typedef enum {
  MILL_TRIAL_COMPLETE,
  MILL_TRIAL_PARTIAL, /* stopped, or the worker died: what was measured is here */
  MILL_TRIAL_FAILED,
} MillTrialStatus;

/* A request of the timeline. Times in microseconds since the trial began. */
typedef struct {
  guint32 lane;
  gint64 queued_us;
  gint64 started_us;
  gint64 sent_us;
  gint64 first_byte_us;
  gint64 done_us;
  guint8 outcome; /* MillOutcome */
  guint8 new_connection;
} MillTimelineEntry;

/* A point of the time series. */
typedef struct {
  double time_s;
  double cpu_process_percent;
  double cpu_system_percent;
  double memory_mib;
  gint64 in_flight;
  gint64 done;
  gint64 failed;
  int threads;
} MillSample;

typedef struct {
  double min, mean, p50, p75, p90, p99, p999, max, stddev; /* NAN where samples do not carry it */
} MillLatency;

/* A trial as it stands in a result document. Absent figures are NAN (doubles) or -1
 * (integers), never zero. */
typedef struct {
  char *model;
  int repetition;
  int order;
  double sweep_value; /* NAN without a sweep */
  MillTrialStatus status;
  char *reason;            /* why it is partial or failed, or NULL */
  int verified;            /* 1 true, 0 false, -1 there was no witness (a foreign server) */
  char *verification;      /* what differs, or why there was no witness; or NULL */
  gint64 requests_asked;   /* of the experiment */
  gint64 requests_planned; /* to be measured here; fewer than asked where projected */
  gint64 started_us;       /* when the clock of wall_time_s started: Unix time, UTC; -1 unknown */
  double wall_time_s;
  double projected_wall_time_s; /* for all requests asked; NAN where nothing is projected */
  double task_creation_s;
  double cold_start_ms; /* from the start of work to the first answer */
  gint64 requests_ok;
  gint64 requests_failed;
  gint64 errors[MILL_N_OUTCOMES];
  double throughput_rps;
  MillLatency latency_ms;
  MillLatency latency_uncorrected_ms; /* open loop only */
  gint64 sent_late;                   /* open loop: could not be sent in time */
  gint64 bytes_downloaded, bytes_uploaded, bytes_written;
  double download_kib_s, upload_kib_s;
  double cpu_process_avg_percent, cpu_process_max_percent;
  double cpu_system_avg_percent, cpu_system_max_percent;
  double cpu_server_percent; /* the built-in server's, of one core */
  double cpu_user_s, cpu_system_s;
  double memory_avg_mib, memory_max_mib;
  gint64 switches_voluntary, switches_involuntary;
  int threads, processes, cores;
  gint64 connections_opened;
  gint64 max_in_flight;
  char *checksum; /* hexadecimal, of CPU work or hashed bodies; NULL where there is none */
  gint64 checksum_bytes;
  GArray *samples;                      /* MillSample */
  GArray *timeline;                     /* MillTimelineEntry */
  MillHistogram *histogram;             /* latency, never NULL */
  MillHistogram *histogram_uncorrected; /* open loop only, or NULL */
  char *corresponds_to; /* published results: the model of ours that it is, or NULL */
  GPtrArray *parts;     /* merged results: MillTrialResult, what each machine measured, without
                           samples, timeline and histograms; else NULL */
  char *machine;        /* of a part: its label in the environment; else NULL */
} MillTrialResult;

/**
 * mill_trial_result_new:
 *
 * Returns: (transfer full): a trial whose figures are all absent, without samples and timeline
 */
MillTrialResult *mill_trial_result_new (void);
void mill_trial_result_free (MillTrialResult *trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillTrialResult, mill_trial_result_free)

/* (transfer full) a trial of its own. */
MillTrialResult *mill_trial_result_copy (const MillTrialResult *trial);

/**
 * mill_trial_result_get_figure:
 *
 * Returns: the figure in its own unit, NAN where it is absent. The wall time is the measured
 *   one; a projection stands in projected_wall_time_s.
 */
double mill_trial_result_get_figure (const MillTrialResult *trial, MillFigure figure);

/**
 * mill_trial_result_set_figure:
 * @value: in the figure's own unit; NAN makes it absent. Counts are cut to whole numbers;
 *   figures that are computed from others are left alone.
 */
void mill_trial_result_set_figure (MillTrialResult *trial, MillFigure figure, double value);

/* Whether a figure is a whole number, and whether it is stored in a trial (not computed). */
gboolean mill_trial_result_figure_is_count (MillFigure figure);
gboolean mill_trial_result_figure_is_stored (MillFigure figure);

/* Whether this is the one-after-another model that speed-ups refer to. */
gboolean mill_trial_result_is_sync (const MillTrialResult *trial);

/* "complete", "partial", "failed": as in documents. */
const char *mill_trial_status_to_string (MillTrialStatus status);
gboolean mill_trial_status_from_string (const char *text, MillTrialStatus *status);

/* A figure over the repetitions of one model. */
typedef struct {
  double median;    /* NAN: absent */
  double low, high; /* 95 % bootstrap interval; NAN with too few repetitions */
  int n;
  gboolean projected;
  int outliers; /* Tukey's fences; reported, never dropped */
} MillEstimate;

/* A model over its repetitions. */
typedef struct {
  char *model;        /* as in the trials */
  double sweep_value; /* NAN without a sweep */
  int trials;
  MillEstimate figures[MILL_N_FIGURES];
  MillEstimate speedup_vs_sync;
  int complete;         /* trials that the estimates rest on */
  int copy;             /* 0; 1, 2, ... where the experiment names the same model again */
  char *corresponds_to; /* published results: the model of ours that it is, or NULL */
} MillModelResult;

/* The fewest repetitions for which an interval is given: below five, the percentile bootstrap
 * ends at the smallest and largest value, which hold the true median in under 90 % of cases. */
#define MILL_MIN_REPETITIONS_FOR_INTERVAL 5

/**
 * mill_model_result_new:
 * @sweep_value: NAN without a sweep
 *
 * Returns: (transfer full): a model whose estimates are all absent
 */
MillModelResult *mill_model_result_new (const char *model, double sweep_value);
/* Whether requests failed in its median repetition: its time is then that of less work. */
gboolean mill_model_result_has_failures (const MillModelResult *model);
void mill_model_result_free (MillModelResult *model);

/**
 * mill_model_result_to_label:
 *
 * Returns: (transfer full): what a table calls it: the model, numbered where it stands again
 */
char *mill_model_result_to_label (const MillModelResult *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillModelResult, mill_model_result_free)

typedef struct {
  char *code;  /* "server-bottleneck", "littles-law", "limits", ... */
  char *model; /* or NULL */
  char *message;
} MillWarning;

/* A result document. Published results are of the same kind, with `published` set. */
typedef struct {
  char *id; /* UUID */
  char *name;
  char *notes;
  char *program_version;
  char *started; /* ISO 8601, UTC */
  gboolean published;
  char *source;     /* of published figures: who, where */
  char *source_url; /* or NULL */
  MillExperiment *experiment;
  JsonNode *environment; /* as in the document */
  JsonNode *program;
  GPtrArray *warnings; /* MillWarning */
  GPtrArray *trials;   /* MillTrialResult, in the order they ran */
  GPtrArray *models;   /* MillModelResult, in the order of the experiment */
} MillResult;

/**
 * mill_result_new:
 * @experiment: what is run; copied
 *
 * Returns: (transfer full): an empty document with a fresh id, named after the experiment
 */
MillResult *mill_result_new (MillExperiment *experiment);
void mill_result_free (MillResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillResult, mill_result_free)

/**
 * mill_result_copy:
 *
 * Returns: (transfer full): a document of its own, with the same id, that stays as it is while
 *   trials are appended to @result
 */
MillResult *mill_result_copy (const MillResult *result);

/**
 * mill_result_summarise:
 *
 * Computes `models` from `trials`; called after each trial, so that charts can sharpen. Trials
 * are only ever appended: a model without a new trial keeps its estimates as they are. Partial
 * and failed trials count in `trials`, and enter no estimate.
 */
void mill_result_summarise (MillResult *result);

/**
 * mill_result_add_warning:
 * @code: for scripts: "server-bottleneck", "littles-law", ...
 * @model: (nullable): the model that it concerns
 * @format: the message, translated
 *
 * The same warning is not added twice.
 */
void mill_result_add_warning (MillResult *result,
                              const char *code,
                              const char *model,
                              const char *format,
                              ...) G_GNUC_PRINTF (4, 5);

/* A text of the environment; NULL where there is none, or something else. */
const char *mill_result_get_environment_text (const MillResult *result, const char *member);
/* A whole number of the environment; 0 where there is none, or something else. */
gint64 mill_result_get_environment_int (const MillResult *result, const char *member);

/**
 * mill_result_find_model:
 * @sweep_value: NAN without a sweep
 *
 * Returns: (transfer none) (nullable): the model's estimates
 */
const MillModelResult *
mill_result_find_model (const MillResult *result, const char *model, double sweep_value);

/* Whether two values of a sweep are the same; no sweep (NAN) equals no sweep. */
gboolean mill_sweep_value_equal (double a, double b);

/**
 * mill_result_typical_trial:
 * @sweep_value: NAN without a sweep
 *
 * The trial whose wall time is nearest the model's median: what the timeline shows. A partial
 * trial is only given when there is no complete one.
 *
 * Returns: (transfer none) (nullable): NULL without a trial that measured anything
 */
const MillTrialResult *
mill_result_typical_trial (const MillResult *result, const char *model, double sweep_value);

/**
 * mill_result_to_json:
 *
 * Returns: (transfer full): the document; absent figures are absent or null, never NaN. More
 *   than MILL_MAX_DOCUMENT_TIMELINE entries of all trials together are thinned out evenly.
 */
JsonNode *mill_result_to_json (const MillResult *result);

/**
 * mill_result_from_json:
 * @node: a document; treated as hostile
 *
 * Members that this version does not know are skipped.
 *
 * Returns: (transfer full): the result, or NULL with MILL_ERROR_INVALID (which member and what
 *   was expected) or MILL_ERROR_VERSION (the document is of a newer format)
 */
MillResult *mill_result_from_json (JsonNode *node, GError **error);

/**
 * mill_result_to_text:
 *
 * The bytes that mill_result_save() writes: one line for each member of the document and for
 * each trial, numbers with as many digits as they need, so that line tools and people can read
 * it, and so that mill_result_load_summary() finds its lines without reading the rest.
 *
 * Returns: (transfer full): UTF-8
 */
char *mill_result_to_text (const MillResult *result);

/**
 * mill_result_load:
 *
 * Reads a whole document, at most MILL_MAX_DOCUMENT_BYTES.
 *
 * Returns: (transfer full): the result, or NULL with an error of GIO or as in
 *   mill_result_from_json()
 */
MillResult *mill_result_load (GFile *file, GCancellable *cancellable, GError **error);

/**
 * mill_result_save:
 *
 * Writes the document atomically: on an error the old file is still whole.
 */
gboolean
mill_result_save (const MillResult *result, GFile *file, GCancellable *cancellable, GError **error);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "experiment/mill-json.h"
#include "experiment/mill-model.h"

G_BEGIN_DECLS

#define MILL_EXPERIMENT_FORMAT "threadmill-experiment"
#define MILL_EXPERIMENT_VERSION 1

#define MILL_DEFAULT_REQUESTS 80
#define MILL_DEFAULT_TIMEOUT_S 30.0
#define MILL_MAX_REQUESTS 10000000
#define MILL_MAX_REPETITIONS 1000
#define MILL_MAX_TRIALS_PER_RUN 10000
#define MILL_MAX_ROUNDS 1000000
#define MILL_MAX_URLS 100000
#define MILL_MAX_URL_BYTES 8192
#define MILL_MAX_URL_LIST_BYTES (16 * 1024 * 1024)
#define MILL_MAX_BODY_BYTES (16 * 1024 * 1024)
#define MILL_MAX_HEADERS 100
#define MILL_MAX_HEADER_BYTES 8192
#define MILL_MAX_NAME_BYTES 400
#define MILL_MAX_PATH_BYTES 4096
#define MILL_MAX_ANSWER_BYTES (1024 * 1024 * 1024)
#define MILL_MAX_SWEEP_VALUES 100
#define MILL_MAX_DELAY_S 3600.0
#define MILL_MAX_TIMEOUT_S 86400.0
#define MILL_MAX_DURATION_S 86400.0
#define MILL_MAX_RATE 1000000.0
#define MILL_MAX_DOCUMENT_BYTES MILL_JSON_MAX_BYTES
#define MILL_REMOTE_MAX_REQUESTS 400
#define MILL_REMOTE_MAX_IN_FLIGHT 20

/* What a lane does with a response body after it is read. */
typedef enum {
  MILL_AFTER_NOTHING,
  MILL_AFTER_WRITE,
  MILL_AFTER_HASH,
  MILL_AFTER_JSON,
} MillAfter;

/* How the built-in server draws the delay of an answer (mean delay_s, width jitter_s). */
typedef enum {
  MILL_DISTRIBUTION_FIXED,      /* always delay_s; what jitter_s == 0 means */
  MILL_DISTRIBUTION_UNIFORM,    /* delay_s - jitter_s to delay_s + jitter_s */
  MILL_DISTRIBUTION_LOG_NORMAL, /* mean delay_s, standard deviation jitter_s */
  MILL_DISTRIBUTION_PAUSES /* delay_s, but no answer leaves in the last jitter_s of 10 jitter_s */
} MillDistribution;

/* What one sweep may vary. */
typedef enum {
  MILL_SWEEP_NONE,
  MILL_SWEEP_CONCURRENCY,
  MILL_SWEEP_REQUESTS,
  MILL_SWEEP_DELAY,
  MILL_SWEEP_BODY_SIZE,
  MILL_SWEEP_RATE,
} MillSweep;

/* How the built-in server answers. */
typedef struct {
  double delay_s;
  double jitter_s;
  MillDistribution distribution;
  gint64 body_size_bytes; /* -1: the endpoint's own small JSON */
  double error_rate;      /* share of answers with status 500, 0 to 1 */
  double drop_rate;       /* share of connections closed without an answer, 0 to 1 */
} MillServerSettings;

/* Fewer requests for a slow model: `requests` are measured, the rest is projected. */
typedef struct {
  char *model; /* as written, e.g. "sync" */
  gint64 requests;
} MillProjection;

/* What to run: everything that a document, the command line and the form can set.
 * Plain data; strings and arrays are owned. */
typedef struct {
  char *name;   /* NULL: named from what it does */
  char *preset; /* the id of the preset it started from, or NULL */
  MillWorkloadKind workload;
  GArray *models; /* MillModelSpec */

  /* http */
  GStrv urls;                /* NULL: the built-in server; else one or more URLs, in turn */
  MillServerSettings server; /* only for the built-in server */
  char *method;              /* never NULL; "GET" by default */
  GStrv headers;             /* "Name: value", never NULL */
  GBytes *body;              /* NULL: none */
  gboolean keep_alive;
  MillAfter after;
  double timeout_s; /* per request */
  char *ca_file;    /* PEM file of further certificate authorities to trust, or NULL */
  gboolean use_proxy;

  /* cpu */
  int rounds;

  /* measurement */
  gint64 requests;       /* per trial; with duration_s > 0 the most that may be sent */
  gboolean requests_set; /* FALSE: the default, and no bound beside a duration */
  double duration_s;     /* 0: until all requests are done */
  double rate;           /* requests per second of an open loop; 0: closed loop */
  gint64 warmup;         /* requests before the measurement */
  int repetitions;
  guint64 seed;
  MillSweep sweep;
  GArray *sweep_values;       /* double; empty without a sweep */
  GPtrArray *projections;     /* MillProjection*, never NULL */
  gboolean allow_remote_load; /* said by the person who runs it; never in a document */
} MillExperiment;

/**
 * mill_experiment_new:
 *
 * Returns: (transfer full): the defaults of the command line; no model yet, so not valid yet
 */
MillExperiment *mill_experiment_new (void);
MillExperiment *mill_experiment_copy (const MillExperiment *experiment);
void mill_experiment_free (MillExperiment *experiment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillExperiment, mill_experiment_free)

/**
 * mill_experiment_equal:
 *
 * Returns: whether both run the same. The name and the preset are labels and do not count;
 *   neither do settings without effect: of the other workload, of the built-in server beside
 *   URLs, and a number of requests that a duration leaves unused.
 */
gboolean mill_experiment_equal (const MillExperiment *a, const MillExperiment *b);

/**
 * mill_experiment_validate:
 * @experiment: what to run
 * @error: %MILL_ERROR_USAGE: the first of mill_experiment_problems()
 *
 * Returns: whether there are no problems
 */
gboolean mill_experiment_validate (const MillExperiment *experiment, GError **error);

/**
 * mill_experiment_get_sweep_range:
 * @least: (out): the least value of the sweep
 * @most: (out): the largest
 *
 * Returns: %FALSE where @parameter is not swept; @least and @most are then untouched
 */
gboolean mill_experiment_get_sweep_range (const MillExperiment *experiment,
                                          MillSweep parameter,
                                          double *least,
                                          double *most);

/**
 * mill_experiment_describe:
 * @experiment: what to run
 *
 * Returns: (transfer full): one line in words, such as
 *   "80 requests × 0.1 s · sync, thread-pool:20 · 5 repetitions"
 */
char *mill_experiment_describe (const MillExperiment *experiment);

/**
 * mill_experiment_set_projection:
 * @experiment: what to run
 * @model: a model as written
 * @requests: how many of its requests are measured while the rest is projected; 0 measures all
 */
void
mill_experiment_set_projection (MillExperiment *experiment, const char *model, gint64 requests);

/**
 * mill_experiment_get_projection:
 *
 * Returns: how many requests are measured under @model while the rest is projected; 0 for all
 */
gint64 mill_experiment_get_projection (const MillExperiment *experiment, const char *model);

/**
 * mill_experiment_has_request_bound:
 *
 * Returns: whether `requests` bounds a trial; not where a duration alone does
 */
gboolean mill_experiment_has_request_bound (const MillExperiment *experiment);

/* One field's validation, so that a form can say what is wrong where it is wrong. `field`
 * is the JSON name ("requests", "delay_s", "models", "urls", ...). */
typedef struct {
  const char *field;
  char *message;
} MillProblem;

/**
 * mill_experiment_problems:
 * @experiment: what to run
 *
 * Returns: (transfer container) (element-type MillProblem): everything that keeps @experiment
 *   from being run, in the order of the form; empty when it is valid
 */
GPtrArray *mill_experiment_problems (const MillExperiment *experiment);

/**
 * mill_experiment_to_json:
 *
 * Returns: (transfer full): the document, as data/experiment.schema.json describes it
 */
JsonNode *mill_experiment_to_json (const MillExperiment *experiment);

/**
 * mill_experiment_from_json:
 * @node: a document
 * @error: %MILL_ERROR_INVALID where it is none, or a member has a wrong type or range;
 *   %MILL_ERROR_VERSION where its format is newer than this program
 *
 * Reads a document. Unknown members are ignored. What is in range each for itself need not make
 * sense together: mill_experiment_problems() says so, in the form too. The permission to load a
 * foreign host is never taken from a document.
 *
 * Returns: (transfer full) (nullable): the experiment
 */
MillExperiment *mill_experiment_from_json (JsonNode *node, GError **error);

/**
 * mill_experiment_load:
 * @file: an experiment document; of a result document, the experiment in it is taken
 * @cancellable: (nullable): to stop
 * @error: as mill_json_load() and mill_experiment_from_json(), with the name of the file
 *
 * Reads a document. Blocks.
 *
 * Returns: (transfer full) (nullable): the experiment
 */
MillExperiment *mill_experiment_load (GFile *file, GCancellable *cancellable, GError **error);
gboolean mill_experiment_save (const MillExperiment *experiment,
                               GFile *file,
                               GCancellable *cancellable,
                               GError **error);

/**
 * mill_experiment_to_arguments:
 * @experiment: what to run
 * @url_list_path: (nullable): the file that holds the URLs where there are several; %NULL for a
 *   placeholder, "urls.txt"
 *
 * The options after `threadmill-cli run` that run the same (see mill-command-line.h for reading
 * them): the requests and the models, and what differs from the defaults.
 *
 * Returns: (transfer full): the arguments
 */
GStrv mill_experiment_to_arguments (const MillExperiment *experiment, const char *url_list_path);

/**
 * mill_server_settings_to_arguments:
 *
 * Returns: (transfer full): the options of `threadmill-cli run` and `serve` that make the built-in
 *   server answer so
 */
GStrv mill_server_settings_to_arguments (const MillServerSettings *server);

/**
 * mill_experiment_to_command_line:
 *
 * Returns: (transfer full): the whole command, quoted for a shell
 */
char *mill_experiment_to_command_line (const MillExperiment *experiment);

/* Names of the enumerations as they stand in documents and options. Reading leaves the value
 * alone where the name is unknown. The lists end in NULL and are in the order of the values. */
const char *const *mill_workload_names (void);
const char *mill_workload_to_string (MillWorkloadKind workload);
gboolean mill_workload_from_string (const char *text, MillWorkloadKind *workload);
const char *const *mill_after_names (void);
const char *mill_after_to_string (MillAfter after);
gboolean mill_after_from_string (const char *text, MillAfter *after);
const char *const *mill_distribution_names (void);
const char *mill_distribution_to_string (MillDistribution distribution);
gboolean mill_distribution_from_string (const char *text, MillDistribution *distribution);
const char *const *mill_sweep_names (void);
const char *mill_sweep_to_string (MillSweep sweep);
gboolean mill_sweep_from_string (const char *text, MillSweep *sweep);

G_END_DECLS

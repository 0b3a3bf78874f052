/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which workload a trial carries; also decides which parameters a model is written with. */
typedef enum {
  MILL_WORKLOAD_HTTP,
  MILL_WORKLOAD_CPU,
} MillWorkloadKind;

typedef enum {
#define MILL_MODEL(KIND, ...) MILL_MODEL_##KIND,
#include "experiment/mill-models.def"
#undef MILL_MODEL
  MILL_N_MODELS
} MillModelKind;

/* What stands behind the colon of a written model. */
typedef enum {
  MILL_PARAMETERS_UNSUPPORTED, /* the model does not run this workload */
  MILL_PARAMETERS_NONE,        /* sync */
  MILL_PARAMETERS_N,           /* thread-pool:20 (threads or processes) */
  MILL_PARAMETERS_C,           /* main-loop:1000 (in flight; 0 is "all at once") */
  MILL_PARAMETERS_C_PER_B,     /* main-loop-batched:1000/10000 */
  MILL_PARAMETERS_T_BY_C,      /* hybrid:10x100 */
} MillParameters;

/* The largest parameters that are accepted; what the machine carries is the plan's concern. */
#define MILL_MAX_THREADS 20000
#define MILL_MAX_PROCESSES 256
#define MILL_MAX_IN_FLIGHT 100000
/* The connections of one multi handle of epoll-loop. One handle looks at all of its connections
 * for each request; with 8,000 in flight, 64 took the least CPU of 16, 32, 64, 128 and 256. */
#define MILL_SHARD_CONNECTIONS 64
/* The most models of one experiment. */
#define MILL_MAX_MODELS 100

/* The fixed facts of a model. All strings are static; `summary` is untranslated (gettext). */
typedef struct {
  MillModelKind kind;
  const char *id;
  MillParameters http;
  MillParameters cpu;
  MillModelKind family;
  const char *summary;
} MillModelInfo;

/* One model with its parameters: plain data, copied by assignment. */
typedef struct {
  MillModelKind kind;
  int workers;   /* N, T or P: threads or processes; 1 where the model has none */
  int in_flight; /* C: requests in flight per loop; 0 is all at once; 1 for blocking lanes; 0
                    also where the lanes of a hybrid or multiprocess only compute */
  int batch;     /* B: requests per batch; 0 where the model has none */
} MillModelSpec;

/**
 * mill_model_info:
 * @kind: a model
 *
 * Returns: (transfer none): its fixed facts
 */
const MillModelInfo *mill_model_info (MillModelKind kind);

/**
 * mill_model_is_available:
 * @kind: a model
 *
 * Returns: whether this program was built with the model
 */
gboolean mill_model_is_available (MillModelKind kind);

/**
 * mill_model_why_unavailable:
 * @kind: a model
 *
 * Returns: (transfer none) (nullable): why this program was built without the model, translated,
 *   as a part of a sentence; %NULL where it has it
 */
const char *mill_model_why_unavailable (MillModelKind kind);

/**
 * mill_model_parameters:
 * @kind: a model
 * @workload: what it runs
 *
 * Returns: what stands behind the colon when @kind is written for @workload
 */
MillParameters mill_model_parameters (MillModelKind kind, MillWorkloadKind workload);

/**
 * mill_model_spec_parse:
 * @text: one model as written, such as "hybrid:4x20"
 * @workload: what it will run
 * @spec: (out): the model; untouched on failure
 * @error: %MILL_ERROR_USAGE, saying what is wrong with which text and how to write it
 *
 * Reads a model. Every parameter is required, so that a saved command means the same for ever.
 *
 * Returns: whether @text is such a model
 */
gboolean mill_model_spec_parse (const char *text,
                                MillWorkloadKind workload,
                                MillModelSpec *spec,
                                GError **error);

/**
 * mill_model_written_form:
 * @kind: a model
 *
 * Returns: (transfer full): how the model is written for HTTP, with letters for its numbers:
 *   "hybrid:TxC"
 */
char *mill_model_written_form (MillModelKind kind);

/**
 * mill_model_spec_to_string:
 * @spec: a model
 * @workload: what it runs
 *
 * Returns: (transfer full): the model as mill_model_spec_parse() reads it
 */
char *mill_model_spec_to_string (const MillModelSpec *spec, MillWorkloadKind workload);

/**
 * mill_model_spec_check:
 * @spec: a model whose numbers may be anything
 * @workload: what it is to run
 * @error: %MILL_ERROR_USAGE, as for mill_model_spec_parse()
 *
 * Returns: whether its parameters are in their ranges
 */
gboolean
mill_model_spec_check (const MillModelSpec *spec, MillWorkloadKind workload, GError **error);

gboolean mill_model_spec_equal (const MillModelSpec *a, const MillModelSpec *b);

/**
 * mill_model_list_parse:
 * @text: models separated by commas; blanks around the commas are ignored
 * @workload: what they will run
 * @error: %MILL_ERROR_USAGE, naming the model that is wrong
 *
 * Reads the models of an experiment: at least one, at most %MILL_MAX_MODELS.
 *
 * Returns: (transfer full) (element-type MillModelSpec) (nullable): the models in their order
 */
GArray *mill_model_list_parse (const char *text, MillWorkloadKind workload, GError **error);

/**
 * mill_model_spec_concurrency:
 * @spec: a model
 * @requests: how many requests the trial makes
 *
 * How many requests may be in flight at once, all lanes together: 20 for thread-pool:20, 80 for
 * hybrid:4x20, the smaller of C and B for main-loop-batched, all requests for main-loop:0; never
 * more than @requests.
 *
 * Returns: the number, at least 1
 */
int mill_model_spec_concurrency (const MillModelSpec *spec, gint64 requests);

/**
 * mill_model_spec_set_concurrency:
 * @spec: a model; untouched on failure
 * @concurrency: how many requests may be in flight at once, all lanes together
 * @error: %MILL_ERROR_USAGE where the model cannot have so many
 *
 * Puts in a value of a sweep. Threads and plain loops take it as their parameter; hybrid and
 * multiprocess keep their number of loops and divide it among them, which must come out even;
 * the batches of main-loop-batched stay as they are and must be large enough. sync always has
 * one request in flight and refuses.
 *
 * Returns: whether the model can have that concurrency
 */
gboolean mill_model_spec_set_concurrency (MillModelSpec *spec, int concurrency, GError **error);

/**
 * mill_model_spec_lanes:
 * @spec: a model
 * @requests: how many requests the trial makes, those of the warm-up too; thread-per-request
 *   never has more threads than these, the others start all theirs
 *
 * Returns: how many threads, loops or processes do the work at most
 */
int mill_model_spec_lanes (const MillModelSpec *spec, gint64 requests);

G_END_DECLS

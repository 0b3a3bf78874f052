/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-model.h"
#include "experiment/mill-number.h"
#include "experiment/mill-text.h"

static const MillModelInfo models[MILL_N_MODELS] = {
#define MILL_MODEL(KIND, name, id, http, cpu, family, summary)                                     \
  [MILL_MODEL_##KIND] = { MILL_MODEL_##KIND,      id,                                              \
                          MILL_PARAMETERS_##http, MILL_PARAMETERS_##cpu,                           \
                          MILL_MODEL_##family,    summary },
#include "experiment/mill-models.def"
#undef MILL_MODEL
};

const MillModelInfo *
mill_model_info (MillModelKind kind)
{
  g_return_val_if_fail ((guint) kind < MILL_N_MODELS, NULL);
  return &models[kind];
}

gboolean
mill_model_is_available (MillModelKind kind)
{
  if (kind == MILL_MODEL_EPOLL_LOOP) {
#ifdef HAVE_EPOLL_LOOP
    return TRUE;
#else
    return FALSE;
#endif
  }
  return (guint) kind < MILL_N_MODELS;
}

const char *
mill_model_why_unavailable (MillModelKind kind)
{
  if (mill_model_is_available (kind))
    return NULL;
  return _ ("libcurl or libuv was missing when it was built");
}

MillParameters
mill_model_parameters (MillModelKind kind, MillWorkloadKind workload)
{
  const MillModelInfo *info = mill_model_info (kind);

  return workload == MILL_WORKLOAD_CPU ? info->cpu : info->http;
}

/* The number of single-character edits between two short words (Levenshtein, 1965). */
static guint
edit_distance (const char *a, const char *b)
{
  guint row[32];
  gsize a_length = strlen (a);
  gsize b_length = strlen (b);

  if (a_length >= G_N_ELEMENTS (row) || b_length >= G_N_ELEMENTS (row))
    return G_MAXUINT;
  for (guint i = 0; i <= b_length; i++)
    row[i] = i;
  for (guint i = 1; i <= a_length; i++) {
    guint diagonal = row[0];
    row[0] = i;
    for (guint j = 1; j <= b_length; j++) {
      guint above = row[j];
      guint replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = MIN (replaced, MIN (above, row[j - 1]) + 1);
      diagonal = above;
    }
  }
  return row[b_length];
}

static const char *
nearest_model_id (const char *id)
{
  const char *nearest = NULL;
  guint best = MAX (2, (guint) strlen (id) / 2) + 1;

  for (int i = 0; i < MILL_N_MODELS; i++) {
    guint distance = edit_distance (id, models[i].id);
    if (distance < best) {
      best = distance;
      nearest = models[i].id;
    }
  }
  return nearest;
}

static const MillModelInfo *
find_model (const char *id, GError **error)
{
  g_autofree char *shown = mill_text_quote (id);
  const char *nearest;

  for (int i = 0; i < MILL_N_MODELS; i++) {
    if (g_str_equal (models[i].id, id))
      return &models[i];
  }
  nearest = nearest_model_id (id);
  if (nearest != NULL)
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s is no model; did you mean “%s”?"),
                 shown, nearest);
  else
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s is no model; “threadmill-cli list models” shows them"), shown);
  return NULL;
}

/* How a model is written with its parameters, and an example, for messages. */
static char *
written_form (const MillModelInfo *info, MillParameters parameters, gboolean example)
{
  const char *letter = info->kind == MILL_MODEL_MULTIPROCESS ? "P"
                       : info->kind == MILL_MODEL_HYBRID     ? "T"
                                                             : "N";

  switch (parameters) {
  case MILL_PARAMETERS_N:
    return g_strdup_printf ("%s:%s", info->id, !example ? letter : *letter == 'N' ? "20" : "4");
  case MILL_PARAMETERS_C:
    return g_strdup_printf ("%s:%s", info->id, example ? "80" : "C");
  case MILL_PARAMETERS_C_PER_B:
    return g_strdup_printf ("%s:%s", info->id, example ? "1000/10000" : "C/B");
  case MILL_PARAMETERS_T_BY_C:
    return g_strdup_printf ("%s:%s%s", info->id, example ? "4" : letter, example ? "x20" : "xC");
  case MILL_PARAMETERS_NONE:
  case MILL_PARAMETERS_UNSUPPORTED:
  default:
    return g_strdup (info->id);
  }
}

char *
mill_model_written_form (MillModelKind kind)
{
  return written_form (&models[kind], models[kind].http, FALSE);
}

static void
set_form_error (GError **error,
                const char *text,
                const MillModelInfo *info,
                MillParameters parameters)
{
  g_autofree char *form = written_form (info, parameters, FALSE);
  g_autofree char *example = written_form (info, parameters, TRUE);
  g_autofree char *shown = mill_text_quote (text);

  if (parameters == MILL_PARAMETERS_NONE)
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s: write just %s, it takes no number here"), shown, info->id);
  else
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s: write %s, for example %s"), shown,
                 form, example);
}

/* One number in `*cursor`, decimal digits only; saturates. */
static gboolean
take_number (const char **cursor, gint64 *value)
{
  const char *digit = *cursor;

  *value = 0;
  for (; g_ascii_isdigit (*digit); digit++)
    *value = MIN (*value * 10 + g_ascii_digit_value (*digit), G_MAXINT32);
  if (digit == *cursor)
    return FALSE;
  *cursor = digit;
  return TRUE;
}

static gboolean
check_range (
    const char *text, const char *what, gint64 value, gint64 min, gint64 max, GError **error)
{
  if (value >= min && value <= max)
    return TRUE;
  g_autofree char *shown = mill_text_quote (text);
  g_autofree char *low = mill_number_group (min);
  g_autofree char *high = mill_number_group (max);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s: %s must be from %s to %s"), shown, what,
               low, high);
  return FALSE;
}

static gboolean
check_in_all (const char *text, gint64 loops, gint64 in_flight, GError **error)
{
  if (loops * in_flight <= MILL_MAX_IN_FLIGHT)
    return TRUE;
  g_autofree char *shown = mill_text_quote (text);
  g_autofree char *given = mill_number_group (loops * in_flight);
  g_autofree char *most = mill_number_group (MILL_MAX_IN_FLIGHT);
  g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
               _ ("%s: these are %s requests in flight in all; at most %s are possible"), shown,
               given, most);
  return FALSE;
}

static gint64
max_workers (MillModelKind kind)
{
  return kind == MILL_MODEL_MULTIPROCESS ? MILL_MAX_PROCESSES : MILL_MAX_THREADS;
}

static const char *
workers_word (MillModelKind kind)
{
  return kind == MILL_MODEL_MULTIPROCESS ? _ ("the number of processes")
                                         : _ ("the number of threads");
}

static gboolean
check_numbers (const char *text,
               const MillModelInfo *info,
               MillParameters parameters,
               gint64 first,
               gint64 second,
               GError **error)
{
  switch (parameters) {
  case MILL_PARAMETERS_N:
    return check_range (text, workers_word (info->kind), first, 1, max_workers (info->kind), error);
  case MILL_PARAMETERS_C:
    return check_range (text, _ ("C, the requests in flight (0: all at once),"), first, 0,
                        MILL_MAX_IN_FLIGHT, error);
  case MILL_PARAMETERS_C_PER_B:
    return check_range (text, _ ("C, the requests in flight (0: all at once),"), first, 0,
                        MILL_MAX_IN_FLIGHT, error) &&
           check_range (text, _ ("B, the requests per batch,"), second, 1, MILL_MAX_REQUESTS,
                        error);
  case MILL_PARAMETERS_T_BY_C:
    return check_range (text, workers_word (info->kind), first, 1, max_workers (info->kind),
                        error) &&
           check_range (text, _ ("C, the requests in flight of each loop,"), second, 1,
                        MILL_MAX_IN_FLIGHT, error) &&
           check_in_all (text, first, second, error);
  case MILL_PARAMETERS_NONE:
  case MILL_PARAMETERS_UNSUPPORTED:
  default:
    return TRUE;
  }
}

static MillModelSpec
make_spec (MillModelKind kind, MillParameters parameters, int first, int second)
{
  MillModelSpec spec = { .kind = kind, .workers = 1, .in_flight = 1, .batch = 0 };

  switch (parameters) {
  case MILL_PARAMETERS_N:
    spec.workers = first;
    /* Loops that compute have nothing in flight. */
    if (kind == MILL_MODEL_HYBRID || kind == MILL_MODEL_MULTIPROCESS)
      spec.in_flight = 0;
    break;
  case MILL_PARAMETERS_C:
    spec.in_flight = first;
    break;
  case MILL_PARAMETERS_C_PER_B:
    spec.in_flight = first;
    spec.batch = second;
    break;
  case MILL_PARAMETERS_T_BY_C:
    spec.workers = first;
    spec.in_flight = second;
    break;
  case MILL_PARAMETERS_NONE:
  case MILL_PARAMETERS_UNSUPPORTED:
  default:
    break;
  }
  return spec;
}

static char
separator_of (MillParameters parameters)
{
  return parameters == MILL_PARAMETERS_C_PER_B  ? '/'
         : parameters == MILL_PARAMETERS_T_BY_C ? 'x'
                                                : '\0';
}

gboolean
mill_model_spec_parse (const char *text,
                       MillWorkloadKind workload,
                       MillModelSpec *spec,
                       GError **error)
{
  const char *colon = strchr (text, ':');
  g_autofree char *id = colon != NULL ? g_strndup (text, (gsize) (colon - text)) : g_strdup (text);
  const MillModelInfo *info = find_model (id, error);
  MillParameters parameters;
  gint64 first = 0;
  gint64 second = 0;
  gboolean well_formed;

  if (info == NULL)
    return FALSE;
  parameters = workload == MILL_WORKLOAD_CPU ? info->cpu : info->http;
  if (parameters == MILL_PARAMETERS_UNSUPPORTED) {
    g_autofree char *shown = mill_text_quote (text);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s: this model does not run CPU-bound work, it only differs in how it "
                    "waits"),
                 shown);
    return FALSE;
  }
  if (parameters == MILL_PARAMETERS_NONE) {
    well_formed = colon == NULL;
  } else if (colon == NULL) {
    well_formed = FALSE;
  } else {
    const char *cursor = colon + 1;
    char separator = separator_of (parameters);

    well_formed = take_number (&cursor, &first);
    if (well_formed && separator != '\0') {
      well_formed = *cursor == separator;
      cursor += well_formed ? 1 : 0;
      well_formed = well_formed && take_number (&cursor, &second);
    }
    well_formed = well_formed && *cursor == '\0';
  }
  if (!well_formed) {
    set_form_error (error, text, info, parameters);
    return FALSE;
  }
  if (!check_numbers (text, info, parameters, first, second, error))
    return FALSE;
  *spec = make_spec (info->kind, parameters, (int) first, (int) second);
  return TRUE;
}

char *
mill_model_spec_to_string (const MillModelSpec *spec, MillWorkloadKind workload)
{
  const char *id = mill_model_info (spec->kind)->id;

  switch (mill_model_parameters (spec->kind, workload)) {
  case MILL_PARAMETERS_N:
    return g_strdup_printf ("%s:%d", id, spec->workers);
  case MILL_PARAMETERS_C:
    return g_strdup_printf ("%s:%d", id, spec->in_flight);
  case MILL_PARAMETERS_C_PER_B:
    return g_strdup_printf ("%s:%d/%d", id, spec->in_flight, spec->batch);
  case MILL_PARAMETERS_T_BY_C:
    return g_strdup_printf ("%s:%dx%d", id, spec->workers, spec->in_flight);
  case MILL_PARAMETERS_NONE:
  case MILL_PARAMETERS_UNSUPPORTED:
  default:
    return g_strdup (id);
  }
}

gboolean
mill_model_spec_check (const MillModelSpec *spec, MillWorkloadKind workload, GError **error)
{
  g_autofree char *text = mill_model_spec_to_string (spec, workload);
  MillModelSpec parsed;

  return mill_model_spec_parse (text, workload, &parsed, error);
}

gboolean
mill_model_spec_equal (const MillModelSpec *a, const MillModelSpec *b)
{
  return a->kind == b->kind && a->workers == b->workers && a->in_flight == b->in_flight &&
         a->batch == b->batch;
}

GArray *
mill_model_list_parse (const char *text, MillWorkloadKind workload, GError **error)
{
  g_auto (GStrv) items = g_strsplit (text, ",", MILL_MAX_MODELS + 1);
  g_autoptr (GArray) specs = g_array_new (FALSE, FALSE, sizeof (MillModelSpec));

  for (guint i = 0; items[i] != NULL; i++) {
    MillModelSpec spec;

    if (i == MILL_MAX_MODELS) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("there are more than %d models; choose fewer"), MILL_MAX_MODELS);
      return NULL;
    }
    if (!mill_model_spec_parse (g_strstrip (items[i]), workload, &spec, error))
      return NULL;
    g_array_append_val (specs, spec);
  }
  if (specs->len == 0) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE,
                         _ ("no model is named; write for example sync,thread-pool:20"));
    return NULL;
  }
  return g_steal_pointer (&specs);
}

int
mill_model_spec_concurrency (const MillModelSpec *spec, gint64 requests)
{
  gint64 all = CLAMP (requests, 1, G_MAXINT32);
  gint64 in_flight;

  switch (spec->kind) {
  case MILL_MODEL_MAIN_LOOP:
  case MILL_MODEL_EPOLL_LOOP:
    in_flight = spec->in_flight > 0 ? spec->in_flight : all;
    break;
  case MILL_MODEL_MAIN_LOOP_BATCHED:
    in_flight = spec->in_flight > 0 ? MIN (spec->in_flight, spec->batch) : spec->batch;
    break;
  default:
    in_flight = (gint64) spec->workers * MAX (spec->in_flight, 1);
    break;
  }
  return (int) MIN (in_flight, all);
}

gboolean
mill_model_spec_set_concurrency (MillModelSpec *spec, int concurrency, GError **error)
{
  const MillModelInfo *info = mill_model_info (spec->kind);
  MillModelSpec changed = *spec;
  MillWorkloadKind workload = MILL_WORKLOAD_HTTP;
  g_autofree char *text = NULL;

  switch (spec->kind) {
  case MILL_MODEL_THREAD_PER_REQUEST:
  case MILL_MODEL_THREAD_POOL:
  case MILL_MODEL_GIL_THREAD_POOL:
    changed.workers = concurrency;
    break;
  case MILL_MODEL_MAIN_LOOP_BATCHED:
    if (concurrency > spec->batch) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("%s cannot have %d requests in flight: its batches hold %d"), info->id,
                   concurrency, spec->batch);
      return FALSE;
    }
    changed.in_flight = concurrency;
    break;
  case MILL_MODEL_MAIN_LOOP:
  case MILL_MODEL_EPOLL_LOOP:
    changed.in_flight = concurrency;
    break;
  case MILL_MODEL_HYBRID:
  case MILL_MODEL_MULTIPROCESS:
    if (spec->in_flight == 0) {
      workload = MILL_WORKLOAD_CPU;
      changed.workers = concurrency;
      break;
    }
    if (concurrency % spec->workers != 0) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("%s cannot share %d requests in flight evenly among its %d loops"), info->id,
                   concurrency, spec->workers);
      return FALSE;
    }
    changed.in_flight = concurrency / spec->workers;
    break;
  case MILL_MODEL_SYNC:
  case MILL_N_MODELS:
  default:
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("%s always has one request in flight; its concurrency cannot vary"), info->id);
    return FALSE;
  }
  if (concurrency < 1) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("a concurrency of %d is not possible; it is at least 1"), concurrency);
    return FALSE;
  }
  if (!mill_model_spec_check (&changed, workload, error))
    return FALSE;
  *spec = changed;
  return TRUE;
}

int
mill_model_spec_lanes (const MillModelSpec *spec, gint64 requests)
{
  if (spec->kind == MILL_MODEL_THREAD_PER_REQUEST)
    return (int) CLAMP (requests, 1, spec->workers);
  return spec->workers;
}

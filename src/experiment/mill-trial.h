/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/* One trial: one model, one repetition. It is what a worker reads on standard input, as one
 * line of JSON. Owned strings; plain data. */
typedef struct {
  MillModelSpec model;
  char *model_name;   /* as written, with a swept value put in */
  int repetition;     /* from 1 */
  int order;          /* place in the order of the whole run, from 1 */
  double sweep_value; /* NAN without a sweep */

  MillWorkloadKind workload;
  GStrv urls; /* complete URLs; request i goes to urls[i % n]; never empty for http */
  char *method;
  GStrv headers;
  GBytes *body;
  gboolean keep_alive;
  MillAfter after;
  double timeout_s;
  char *ca_file;
  gboolean use_proxy;
  gboolean same_host_only; /* refuse redirects to another host */
  int rounds;

  gint64 requests;       /* to be measured (the cap with a duration) */
  gint64 requests_asked; /* of the experiment; more than `requests` where the rest is projected */
  gint64 first_request;  /* index of the first request; not 0 in a child of multiprocess */
  double duration_s;
  double rate;
  gint64 warmup;
  guint64 seed;

  char *records_path;   /* where the worker writes its MillRecords after the clock stopped */
  char *scratch_path;   /* an existing empty folder for MILL_AFTER_WRITE, or NULL */
  char *folder_path;    /* of the run, removed when whoever started the worker is gone, or NULL */
  gboolean await_start; /* wait for a line {"command":"start"} after `ready` */
  gboolean quiet;       /* no progress events (nobody is watching) */
} MillTrial;

MillTrial *mill_trial_new (const MillExperiment *experiment, const MillModelSpec *model);
MillTrial *mill_trial_copy (const MillTrial *trial);
void mill_trial_free (MillTrial *trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillTrial, mill_trial_free)

JsonNode *mill_trial_to_json (const MillTrial *trial);
MillTrial *mill_trial_from_json (JsonNode *node, GError **error);

G_END_DECLS

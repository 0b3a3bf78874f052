/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-command-line.h"

G_BEGIN_DECLS

/* The options of `threadmill-cli run` one by one. */

typedef struct {
  MillExperiment *experiment;
  MillRunOptions *other;
  gboolean urls_given;    /* the first --url replaces those of the base, further ones add */
  gboolean headers_given; /* the same for --header */
} MillOptionReader;

/* When an option is applied, wherever it stands. */
typedef enum {
  MILL_PHASE_BASE,     /* the preset or document that the others change */
  MILL_PHASE_WORKLOAD, /* decides how models are written */
  MILL_PHASE_REST,
} MillOptionPhase;

/* What an option is about; elsewhere it would have no effect. */
typedef enum {
  MILL_SCOPE_ALL,
  MILL_SCOPE_HTTP,
  MILL_SCOPE_SERVER, /* the built-in server */
  MILL_SCOPE_CPU,
} MillOptionScope;

typedef struct {
  const char *name;
  const char *value_name; /* NULL: a flag */
  MillOptionPhase phase;
  MillOptionScope scope;
  gboolean (*apply) (MillOptionReader *reader, const char *value, GError **error);
  const char *description; /* untranslated */
} MillOption;

const MillOption *mill_command_line_options (gsize *n_options);

G_END_DECLS

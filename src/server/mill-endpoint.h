/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

typedef enum {
  MILL_ENDPOINT_PING,
  MILL_ENDPOINT_DELAY,
  MILL_ENDPOINT_BYTES,
  MILL_ENDPOINT_STATUS,
  MILL_ENDPOINT_JSON,
  MILL_ENDPOINT_DROP,
  MILL_ENDPOINT_STATS,
  MILL_ENDPOINT_UNKNOWN,     /* 404 */
  MILL_ENDPOINT_BAD_REQUEST, /* 400: the path's number cannot be */
  MILL_ENDPOINT_BAD_METHOD,  /* 405 */
} MillEndpoint;

/* What a path asks for, before the settings shape it. */
typedef struct {
  MillEndpoint endpoint;
  double delay_s;    /* /delay/SECONDS; negative: the settings decide */
  gint64 size_bytes; /* /bytes/N; negative: the settings or the endpoint decide */
  guint status;      /* /status/CODE; else 200 */
} MillRoute;

/**
 * mill_route:
 * @method: "GET"
 * @path: without the query
 *
 * Finds what is asked for. A pure function.
 */
void mill_route (const char *method, const char *path, MillRoute *route);

/**
 * mill_endpoint_answer_json:
 * @body: what was posted
 * @length: in bytes
 * @status: (out): 200, or 400 where it is no JSON
 *
 * Parses JSON and says in JSON what it was.
 *
 * Returns: (transfer full): the answer's body
 */
char *mill_endpoint_answer_json (const char *body, gsize length, guint *status);

G_END_DECLS

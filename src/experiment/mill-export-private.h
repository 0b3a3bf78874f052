/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-export.h"

G_BEGIN_DECLS

/* The load of one trial, as every engine needs it. */
typedef struct {
  const MillExperiment *experiment;
  char *model;         /* as written */
  int in_flight;       /* at once, at most */
  gint64 requests;     /* 0: the duration alone ends it */
  gint64 duration_ms;  /* 0: the requests alone end it */
  double rate;         /* requests per second of an open loop; 0: closed loop */
  char *serve_command; /* what starts the target; NULL where there are URLs */
  gboolean needs_permission;
  GPtrArray *thresholds; /* MillThreshold, those for this model */
  GPtrArray *notes;      /* char *: what is different from the experiment */
} MillExportLoad;

typedef char *(*MillExportWriter) (const MillExportLoad *load);

char *mill_export_k6 (const MillExportLoad *load);
char *mill_export_locust (const MillExportLoad *load);

/* The port of the built-in server that scripts expect; BASE_URL in the environment changes it. */
#define MILL_EXPORT_PORT 8080

/* Scripts are code, read by whoever gets them: their comments are not translated. */
void mill_export_add_note (const MillExportLoad *load, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

void mill_export_add_bound_note (const MillExportLoad *load,
                                 const MillThreshold *threshold,
                                 const char *why);

/* "<=", as both languages write it. */
const char *mill_export_operator (MillComparison comparison);

/* The head of the script as comment lines, each after `prefix` ("// "). */
void mill_export_append_head (GString *text, const MillExportLoad *load, const char *prefix);

/* Whole milliseconds, at least 1. */
gint64 mill_export_milliseconds (double seconds);

/* How a language writes values. */
typedef struct {
  /* A string literal in ASCII that the language reads as `value`; also safe inside HTML. */
  char *(*quote) (const char *value);
  const char *indent;
  const char *key_begin; /* around the quoted key of a map */
  const char *key_end;
  const char *none;
  const char *bytes_end; /* after the literal of a text that is sent */
  const char *base64;    /* a function that decodes it */
} MillExportSyntax;

char *mill_export_quote_javascript (const char *value);
char *mill_export_quote_python (const char *value);

/* The lines of a list of strings. */
void mill_export_append_items (GString *text, GStrv items, const MillExportSyntax *syntax);

/* The lines of a map of the headers. Those of the same name are one, as RFC 9110 (5.3) allows,
 * since both engines take a map. */
void mill_export_append_headers (GString *text,
                                 const MillExperiment *experiment,
                                 const MillExportSyntax *syntax);

/* (transfer full) the body of a request as an expression; `body` may be NULL. */
char *mill_export_body (GBytes *body, const MillExportSyntax *syntax);

/* Whether the body is written in base64: it is no text. */
gboolean mill_export_body_is_binary (GBytes *body);

G_END_DECLS

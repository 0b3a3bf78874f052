/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/* Members that experiments and trials write alike. */

/* How a request is made. Borrowed while writing; while reading, owned values are replaced. */
typedef struct {
  char *method;
  GStrv headers;
  GBytes *body;
  gboolean keep_alive;
  MillAfter after;
  double timeout_s;
  char *ca_file;
  gboolean use_proxy;
} MillHttpFields;

void mill_json_set_strings (JsonObject *object, const char *member, GStrv texts);
void mill_json_set_http_fields (JsonObject *object, const MillHttpFields *fields);

/**
 * mill_json_get_http_fields:
 * @object: of an experiment or a trial
 * @fields: (inout): its values stay where a member is missing; replaced ones are freed
 * @error: %MILL_ERROR_INVALID
 *
 * Returns: whether all members have their types and ranges; @fields owns its values either way
 */
gboolean mill_json_get_http_fields (JsonObject *object, MillHttpFields *fields, GError **error);

/* The list "urls", each of acceptable length; like mill_json_get_strings(). */
gboolean mill_json_get_urls (JsonObject *object, GStrv *urls, GError **error);

/**
 * mill_json_get_name:
 * @names: (array zero-terminated=1): the names of the values of an enumeration, in their order
 * @value: (inout): stays where the member is missing
 *
 * Reads a member that holds the name of a value of an enumeration; the error lists the names.
 */
gboolean mill_json_get_name (
    JsonObject *object, const char *member, const char *const *names, int *value, GError **error);

/**
 * mill_base64_to_bytes:
 * @text: Base64 (RFC 4648) with its padding and without line breaks
 *
 * Returns: (transfer full) (nullable): the bytes, or %NULL where @text is something else
 */
GBytes *mill_base64_to_bytes (const char *text);

/* Puts “member: ” in front of an error, and makes it MILL_ERROR_INVALID: what would be wrong
 * usage on the command line is a damaged document here. */
void mill_json_prefix_invalid (GError **error, const char *member);

G_END_DECLS

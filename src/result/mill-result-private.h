/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* What the readers of documents, of their heads and of worker events share. As in mill-json.h, a
 * member that is missing or null leaves the value as it was. */

#define MILL_RESULT_MAX_NAME_BYTES 1024
#define MILL_RESULT_MAX_TEXT_BYTES (64 * 1024)

/* A figure, a count and a small count: at least 0, and at most what can have been measured. */
gboolean
mill_json_get_figure (JsonObject *object, const char *member, double *value, GError **error);
gboolean
mill_json_get_count (JsonObject *object, const char *member, gint64 *value, GError **error);
gboolean mill_json_get_small (JsonObject *object, const char *member, int *value, GError **error);

/* The object at a place of an array, or an error that says which one is none. */
JsonObject *
mill_json_element_object (JsonArray *array, guint index, const char *what, GError **error);
/* The object that holds the last name of "a.b"; NULL without an error where there is none. */
gboolean mill_json_figure_parent (
    JsonObject *object, const char *id, JsonObject **parent, const char **name, GError **error);

/* Whether an object is a result document of a version that can be read here. */
gboolean mill_result_check_format (JsonObject *object, GError **error);
/* Reads one of `trials` into a new trial. */
gboolean mill_trial_result_read (MillTrialResult *trial, JsonObject *object, GError **error);
/* Adds an object of reason → count to `counts`; an unknown reason counts as other. */
gboolean mill_errors_from_json (JsonObject *errors, gint64 counts[MILL_N_OUTCOMES], GError **error);
/* Reads a point of the time series; absent figures are NAN or -1. */
gboolean mill_sample_from_json (JsonObject *object, MillSample *sample, GError **error);

G_END_DECLS

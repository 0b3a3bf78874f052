/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lessons/mill-json-lines.h"
#include "lessons/mill-lesson.h"

G_BEGIN_DECLS

/* Members of a lesson, read one after the other; each fault is noted with its line, and reading
 * goes on, so that one look shows all of them. */
typedef struct {
  const MillJsonLines *lines;
  GPtrArray *problems; /* MillLessonProblem */
  gboolean translate;
} MillFieldReader;

/* An object and where it stands. */
typedef struct {
  MillFieldReader *reader;
  JsonObject *object; /* NULL: it was not there, or no object */
  char *path;
} MillFields;

typedef enum {
  MILL_FIELD_OPTIONAL,
  MILL_FIELD_REQUIRED,
} MillFieldNeed;

void mill_fields_clear (MillFields *fields);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MillFields, mill_fields_clear)

/* Notes a fault in the value at @path. */
void mill_reader_complain (MillFieldReader *reader, const char *path, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
/* Notes a fault in a member. */
void mill_fields_complain (const MillFields *fields, const char *member, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* (transfer full) "outcomes[2].text" */
char *mill_fields_path (const MillFields *fields, const char *member);

/**
 * mill_fields_known:
 * @names: all members that there may be, ending in %NULL
 *
 * Complains about every other member: in a lesson it is a slip, and would be silently without
 * effect.
 */
void mill_fields_known (const MillFields *fields, const char *const *names);

/* Whether the member is there and not null. */
gboolean mill_fields_has (const MillFields *fields, const char *member);

/* (transfer full) (nullable): a text that is not empty. */
char *
mill_fields_string (const MillFields *fields, const char *member, MillFieldNeed need, gsize max);
/* The same, translated where the lesson is the program's own. */
char *mill_fields_text (const MillFields *fields, const char *member, MillFieldNeed need);
/* Takes a text as it was read, once it is checked: a translation is no fault of the document. */
char *mill_fields_translate (const MillFields *fields, char *text);
/* An id: lower case letters, digits and hyphens. */
char *mill_fields_id (const MillFields *fields, const char *member, MillFieldNeed need);
/* @fallback where it is missing or wrong. */
double mill_fields_number (const MillFields *fields,
                           const char *member,
                           MillFieldNeed need,
                           double min,
                           double max,
                           double fallback);
gboolean mill_fields_boolean (const MillFields *fields, const char *member);
/* (transfer full) (nullable) */
GStrv mill_fields_strings (const MillFields *fields, const char *member, guint max_items);

/**
 * mill_fields_array:
 *
 * Returns: (nullable): the list, borrowed
 */
JsonArray *mill_fields_array (
    const MillFields *fields, const char *member, MillFieldNeed need, guint min, guint max);

/* A member that is an object; `object` is NULL where it is missing or wrong. */
MillFields mill_fields_object (const MillFields *fields, const char *member, MillFieldNeed need);
/* An element of a list of objects. */
MillFields
mill_fields_element (const MillFields *fields, const char *member, JsonArray *array, guint index);

G_END_DECLS

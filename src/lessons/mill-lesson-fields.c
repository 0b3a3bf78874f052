/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-json.h"
#include "experiment/mill-text.h"
#include "lessons/mill-lesson-fields.h"
#include "lessons/mill-lesson-private.h"

/* Nobody reads the hundred and first. */
#define MAX_PROBLEMS 100
#define MAX_ID_BYTES 64

void
mill_fields_clear (MillFields *fields)
{
  g_clear_pointer (&fields->path, g_free);
}

static void
complain (MillFieldReader *reader, const char *path, const char *message)
{
  MillLessonProblem *problem;

  if (reader->problems->len >= MAX_PROBLEMS)
    return;
  problem = g_new0 (MillLessonProblem, 1);
  mill_json_lines_find (reader->lines, path, &problem->line, &problem->column);
  problem->field = g_strdup (path);
  problem->message = g_strdup (message);
  g_ptr_array_add (reader->problems, problem);
}

void
mill_reader_complain (MillFieldReader *reader, const char *path, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  complain (reader, path, message);
}

char *
mill_fields_path (const MillFields *fields, const char *member)
{
  return g_strconcat (fields->path, *fields->path != '\0' && *member != '\0' ? "." : "", member,
                      NULL);
}

void
mill_fields_complain (const MillFields *fields, const char *member, const char *format, ...)
{
  g_autofree char *path = mill_fields_path (fields, member);
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  complain (fields->reader, path, message);
}

void
mill_fields_known (const MillFields *fields, const char *const *names)
{
  JsonObjectIter iter;
  const char *name;

  if (fields->object == NULL)
    return;
  json_object_iter_init (&iter, fields->object);
  while (json_object_iter_next (&iter, &name, NULL)) {
    if (g_strv_contains (names, name))
      continue;
    g_autofree char *list = g_strjoinv (", ", (GStrv) names);
    g_autofree char *shown = mill_text_quote (name);
    mill_fields_complain (fields, name, _ ("there is no field %s here; there are: %s"), shown,
                          list);
  }
}

gboolean
mill_fields_has (const MillFields *fields, const char *member)
{
  return fields->object != NULL && json_object_has_member (fields->object, member) &&
         !json_object_get_null_member (fields->object, member);
}

/* Whether to read on: complains where the member is needed and missing. */
static gboolean
wanted (const MillFields *fields, const char *member, MillFieldNeed need)
{
  if (mill_fields_has (fields, member))
    return TRUE;
  if (need == MILL_FIELD_REQUIRED && fields->object != NULL)
    mill_fields_complain (fields, member, _ ("“%s” is missing"), member);
  return FALSE;
}

static gboolean
take_error (const MillFields *fields, const char *member, GError *error)
{
  if (error == NULL)
    return FALSE;
  mill_fields_complain (fields, member, "%s", error->message);
  return TRUE;
}

char *
mill_fields_string (const MillFields *fields, const char *member, MillFieldNeed need, gsize max)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!wanted (fields, member, need))
    return NULL;
  mill_json_get_string (fields->object, member, max, &text, &error);
  if (take_error (fields, member, error))
    return NULL;
  if (*text == '\0') {
    mill_fields_complain (fields, member, _ ("“%s” must not be empty"), member);
    return NULL;
  }
  return g_steal_pointer (&text);
}

char *
mill_fields_translate (const MillFields *fields, char *text)
{
  g_autofree char *original = text;

  return g_strdup (fields->reader->translate && text != NULL ? _ (text) : text);
}

char *
mill_fields_text (const MillFields *fields, const char *member, MillFieldNeed need)
{
  return mill_fields_translate (
      fields, mill_fields_string (fields, member, need, MILL_LESSON_MAX_TEXT_BYTES));
}

char *
mill_fields_id (const MillFields *fields, const char *member, MillFieldNeed need)
{
  char *id = mill_fields_string (fields, member, need, MAX_ID_BYTES);

  if (id != NULL && id[strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0') {
    mill_fields_complain (fields, member,
                          _ ("“%s” takes lower case letters a to z, digits and hyphens"), member);
    g_clear_pointer (&id, g_free);
  }
  return id;
}

double
mill_fields_number (const MillFields *fields,
                    const char *member,
                    MillFieldNeed need,
                    double min,
                    double max,
                    double fallback)
{
  g_autoptr (GError) error = NULL;
  double value = fallback;

  if (!wanted (fields, member, need))
    return fallback;
  mill_json_get_double (fields->object, member, min, max, &value, &error);
  take_error (fields, member, error);
  return value;
}

gboolean
mill_fields_boolean (const MillFields *fields, const char *member)
{
  g_autoptr (GError) error = NULL;
  gboolean value = FALSE;

  if (!wanted (fields, member, MILL_FIELD_OPTIONAL))
    return FALSE;
  mill_json_get_boolean (fields->object, member, &value, &error);
  take_error (fields, member, error);
  return value;
}

GStrv
mill_fields_strings (const MillFields *fields, const char *member, guint max_items)
{
  g_autoptr (GError) error = NULL;
  GStrv texts = NULL;

  if (!wanted (fields, member, MILL_FIELD_OPTIONAL))
    return NULL;
  mill_json_get_strings (fields->object, member, max_items, MILL_LESSON_MAX_TEXT_BYTES, &texts,
                         &error);
  take_error (fields, member, error);
  return texts;
}

JsonArray *
mill_fields_array (
    const MillFields *fields, const char *member, MillFieldNeed need, guint min, guint max)
{
  g_autoptr (GError) error = NULL;
  JsonArray *array = NULL;

  if (!wanted (fields, member, need))
    return NULL;
  mill_json_get_array (fields->object, member, max, &array, &error);
  if (take_error (fields, member, error))
    return NULL;
  if (json_array_get_length (array) < min) {
    mill_fields_complain (
        fields, member,
        ngettext ("“%s” needs at least %u item", "“%s” needs at least %u items", min), member, min);
    return NULL;
  }
  return array;
}

MillFields
mill_fields_object (const MillFields *fields, const char *member, MillFieldNeed need)
{
  MillFields inner = { fields->reader, NULL, mill_fields_path (fields, member) };
  g_autoptr (GError) error = NULL;

  if (!wanted (fields, member, need))
    return inner;
  mill_json_get_object (fields->object, member, &inner.object, &error);
  take_error (fields, member, error);
  return inner;
}

MillFields
mill_fields_element (const MillFields *fields, const char *member, JsonArray *array, guint index)
{
  g_autofree char *path = mill_fields_path (fields, member);
  MillFields inner = { fields->reader, NULL, g_strdup_printf ("%s[%u]", path, index) };
  JsonNode *node = json_array_get_element (array, index);

  if (JSON_NODE_HOLDS_OBJECT (node))
    inner.object = json_node_get_object (node);
  else
    mill_reader_complain (fields->reader, inner.path, _ ("this must be an object"));
  return inner;
}

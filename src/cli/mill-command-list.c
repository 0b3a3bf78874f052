/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "experiment/mill-model.h"
#include "experiment/mill-preset.h"
#include "lessons/mill-lesson.h"
#include "result/mill-published.h"

static void
list_models (GString *text)
{
  for (int kind = 0; kind < MILL_N_MODELS; kind++) {
    const MillModelInfo *info = mill_model_info (kind);
    g_autofree char *form = mill_model_written_form ((MillModelKind) kind);
    g_string_append_printf (text, "%-24s %s", form, _ (info->summary));
    if (!mill_model_is_available ((MillModelKind) kind)) {
      g_string_append (text, " – ");
      g_string_append_printf (text, _ ("not built into this program: %s"),
                              mill_model_why_unavailable ((MillModelKind) kind));
    }
    g_string_append_c (text, '\n');
  }
}

static void
list_charts (GString *text)
{
#define MILL_CHART_KIND(KIND, name, id, label)                                                     \
  g_string_append_printf (text, "%-14s %s\n", id, _ (label));
#include "charts/mill-chart-kinds.def"
#undef MILL_CHART_KIND
}

static gboolean
list_presets (GString *text, GError **error)
{
  g_auto (GStrv) ids = mill_preset_ids ();

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autoptr (MillPreset) preset = mill_preset_find (ids[i], error);
    if (preset == NULL)
      return FALSE;
    g_string_append_printf (text, "%-18s %s\n", preset->id, preset->description);
  }
  return TRUE;
}

static gboolean
list_published (GString *text, GError **error)
{
  g_auto (GStrv) ids = mill_published_list ();

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autofree char *name = g_strconcat (MILL_CLI_PUBLISHED, ids[i], NULL);
    g_autoptr (MillResult) result = mill_published_load (ids[i], error);
    if (result == NULL)
      return FALSE;
    g_string_append_printf (text, "%-36s %s\n", name, result->name);
  }
  return TRUE;
}

static void
list_lessons (GString *text)
{
  g_autoptr (GPtrArray) lessons = mill_lesson_list ();

  for (guint i = 0; i < lessons->len; i++) {
    const MillLesson *lesson = g_ptr_array_index (lessons, i);
    const char *reason = mill_lesson_get_skip_reason (lesson);

    g_string_append_printf (text, "%-20s %s", mill_lesson_get_id (lesson),
                            mill_lesson_get_title (lesson));
    if (reason != NULL)
      g_string_append_printf (text, " (%s)", reason);
    g_string_append_c (text, '\n');
  }
}

MillExit
mill_command_list (GStrv arguments)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) operands = NULL;
  MillExit status;

  if (!mill_cli_parse ("list", NULL, NULL, arguments, 0, 1, &operands, &status))
    return status;
  if (operands[0] == NULL)
    return mill_cli_usage_error ("list", _ ("say what to list: %s"),
                                 "models|presets|charts|published|lessons");
  if (g_str_equal (operands[0], "models"))
    list_models (text);
  else if (g_str_equal (operands[0], "charts"))
    list_charts (text);
  else if (g_str_equal (operands[0], "published")) {
    if (!list_published (text, &error))
      return mill_cli_fail (error);
  } else if (g_str_equal (operands[0], "lessons"))
    list_lessons (text);
  else if (!g_str_equal (operands[0], "presets"))
    return mill_cli_usage_error ("list", _ ("there is no list of “%s”"), operands[0]);
  else if (!list_presets (text, &error))
    return mill_cli_fail (error);
  return mill_cli_print (text->str) ? MILL_EXIT_DONE : MILL_EXIT_NOT_RUN;
}

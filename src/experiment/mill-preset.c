/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "experiment/mill-preset.h"
#include "experiment/mill-text.h"
#include "mill-presets.h"

#define PRESET_PATH MILL_APP_PATH "/presets/"

GStrv
mill_preset_ids (void)
{
  return g_strsplit (MILL_PRESET_IDS, ",", -1);
}

void
mill_preset_free (MillPreset *preset)
{
  g_free (preset->id);
  g_free (preset->name);
  g_free (preset->description);
  g_clear_pointer (&preset->experiment, mill_experiment_free);
  g_free (preset);
}

static GBytes *
find_document (const char *id)
{
  g_auto (GStrv) ids = mill_preset_ids ();
  g_autofree char *path = g_strconcat (PRESET_PATH, id, ".json", NULL);

  if (!g_strv_contains ((const char *const *) ids, id))
    return NULL;
  return g_resource_lookup_data (mill_presets_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

static MillPreset *
read_preset (const char *id, GBytes *document, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (document, &length);
  g_autoptr (JsonNode) node = mill_json_parse (text, (gssize) length, id, error);
  g_autoptr (MillPreset) preset = g_new0 (MillPreset, 1);
  g_autofree char *description = g_strdup ("");

  if (node == NULL)
    return NULL;
  preset->experiment = mill_experiment_from_json (node, error);
  if (preset->experiment == NULL ||
      !mill_json_get_string (json_node_get_object (node), "description", MILL_MAX_NAME_BYTES,
                             &description, error))
    return NULL;
  preset->id = g_strdup (id);
  preset->name = g_strdup (preset->experiment->name != NULL ? _ (preset->experiment->name) : id);
  preset->description = g_strdup (*description != '\0' ? _ (description) : "");
  g_free (preset->experiment->name);
  preset->experiment->name = g_strdup (preset->name);
  g_free (preset->experiment->preset);
  preset->experiment->preset = g_strdup (id);
  return g_steal_pointer (&preset);
}

MillPreset *
mill_preset_find (const char *id, GError **error)
{
  g_autoptr (GBytes) document = find_document (id);

  if (document == NULL) {
    g_auto (GStrv) ids = mill_preset_ids ();
    g_autofree char *list = g_strjoinv (", ", ids);
    g_autofree char *shown = mill_text_quote (id);
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("There is no preset %s; there are: %s"),
                 shown, list);
    return NULL;
  }
  return read_preset (id, document, error);
}

MillExperiment *
mill_preset_load (const char *id, GError **error)
{
  g_autoptr (MillPreset) preset = mill_preset_find (id, error);

  return preset != NULL ? g_steal_pointer (&preset->experiment) : NULL;
}

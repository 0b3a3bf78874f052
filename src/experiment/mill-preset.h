/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

/* Experiments to start from. Each is an experiment document in data/presets, compiled into the
 * program; a new one is one file there and one line in src/experiment/meson.build. */

typedef struct {
  char *id;          /* "first" */
  char *name;        /* "First experiment", translated */
  char *description; /* one line, translated */
  MillExperiment *experiment;
} MillPreset;

/**
 * mill_preset_ids:
 *
 * Returns: (transfer full): the ids of all presets, in the order in which they are offered
 */
GStrv mill_preset_ids (void);

/**
 * mill_preset_find:
 * @id: the id of a preset
 * @error: %MILL_ERROR_USAGE where there is none, naming those that there are
 *
 * Returns: (transfer full) (nullable): the preset
 */
MillPreset *mill_preset_find (const char *id, GError **error);
void mill_preset_free (MillPreset *preset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillPreset, mill_preset_free)

/**
 * mill_preset_load:
 * @id: the id of a preset
 * @error: as mill_preset_find()
 *
 * Returns: (transfer full) (nullable): the experiment of the preset, with its name
 */
MillExperiment *mill_preset_load (const char *id, GError **error);

G_END_DECLS

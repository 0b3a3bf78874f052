/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* Beside published figures: the preset that runs the same work here, and why the two differ. */

typedef struct {
  const char *published; /* as in mill_published_list() */
  const char *preset;    /* as in mill_preset_ids() */
  const char *scaling;   /* translated: how the preset is smaller; "" where it is not */
} MillPublishedGuide;

/**
 * mill_published_guide_find:
 * @published: the id of a published result
 * @guide: (out caller-allocates): its strings are static
 *
 * Returns: %FALSE where there is no such published result
 */
gboolean mill_published_guide_find (const char *published, MillPublishedGuide *guide);

/**
 * mill_published_guide_for_preset:
 * @preset: the id of a preset
 * @guide: (out caller-allocates): as above
 *
 * Returns: %FALSE where the preset belongs to no published result
 */
gboolean mill_published_guide_for_preset (const char *preset, MillPublishedGuide *guide);

/**
 * mill_published_guide_differences:
 * @published: the id of a published result
 * @measured: (nullable): what was measured here, summarised; %NULL before the run
 *
 * Why the published and the measured figures differ: known facts of the publication
 * (interpreter, its lock, libraries, network) beside those of this machine, and what the numbers
 * say. No guess is stated as a cause.
 *
 * Returns: (transfer full): sentences in the user's language, one fact each; empty for an unknown
 *   id
 */
GStrv mill_published_guide_differences (const char *published, const MillResult *measured);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-form-section.h"

G_BEGIN_DECLS

#define MILL_TYPE_MODELS_SECTION (mill_models_section_get_type ())
G_DECLARE_FINAL_TYPE (
    MillModelsSection, mill_models_section, MILL, MODELS_SECTION, AdwPreferencesGroup)

/* The models, in the order in which they run: those of the experiment, then the others, switched
 * off.
 *
 * Properties:
 *   "narrow" (gboolean): for its rows
 */

/* Which parameters the models have. */
void mill_models_section_set_workload (MillModelsSection *section, MillWorkloadKind workload);

/**
 * mill_models_section_project:
 * @model: as written, such as "sync"
 * @requests: how many of its requests are measured while the rest is projected; 0: all
 */
void mill_models_section_project (MillModelsSection *section, const char *model, gint64 requests);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-form-section.h"

G_BEGIN_DECLS

#define MILL_TYPE_MEASURE_SECTION (mill_measure_section_get_type ())
G_DECLARE_FINAL_TYPE (
    MillMeasureSection, mill_measure_section, MILL, MEASURE_SECTION, AdwPreferencesGroup)

/* How much is measured, how often, and what is varied. */

G_END_DECLS

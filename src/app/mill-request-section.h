/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-form-section.h"

G_BEGIN_DECLS

#define MILL_TYPE_REQUEST_SECTION (mill_request_section_get_type ())
G_DECLARE_FINAL_TYPE (
    MillRequestSection, mill_request_section, MILL, REQUEST_SECTION, AdwPreferencesGroup)

/* What each HTTP request is like, and what is done with its answer. Invisible for CPU work: the
 * page binds "visible" by mill_request_section_set_workload(). */
void mill_request_section_set_workload (MillRequestSection *section, MillWorkloadKind workload);

G_END_DECLS

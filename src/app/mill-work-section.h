/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-form-section.h"

G_BEGIN_DECLS

#define MILL_TYPE_WORK_SECTION (mill_work_section_get_type ())
G_DECLARE_FINAL_TYPE (MillWorkSection, mill_work_section, MILL, WORK_SECTION, AdwPreferencesGroup)

/* The workload and its target: the built-in server and how it answers, a URL, or a list. */

/**
 * mill_work_section_load_list:
 * @file: a list of URLs, one a line
 *
 * Takes its URLs as the target, as the button and dropping a file do. Where it cannot be read, the
 * row says why.
 */
void mill_work_section_load_list (MillWorkSection *section, GFile *file);

G_END_DECLS

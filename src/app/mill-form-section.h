/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "experiment/mill-experiment.h"

G_BEGIN_DECLS

#define MILL_TYPE_FORM_SECTION (mill_form_section_get_type ())
G_DECLARE_INTERFACE (MillFormSection, mill_form_section, MILL, FORM_SECTION, GtkWidget)

/* A part of the form: the fields of one concern.
 *
 * load: shows the fields of an experiment.
 * store: writes its fields into an experiment; FALSE when a visible text cannot be read, which
 *   then says so in place and keeps its last value.
 * mark: shows a problem in place; FALSE when the field is not of this section. NULL for all clears.
 *
 * Signal "changed": the person changed a field.
 */
struct _MillFormSectionInterface {
  GTypeInterface parent_interface;

  void (*load) (MillFormSection *section, const MillExperiment *experiment);
  gboolean (*store) (MillFormSection *section, MillExperiment *experiment);
  gboolean (*mark) (MillFormSection *section, const char *field, const char *message);
};

void mill_form_section_load (MillFormSection *section, const MillExperiment *experiment);
gboolean mill_form_section_store (MillFormSection *section, MillExperiment *experiment);
gboolean mill_form_section_mark (MillFormSection *section, const char *field, const char *message);

/* For the sections: a field of theirs changed. As a handler, connect it swapped. */
void mill_form_section_changed (MillFormSection *section);

G_END_DECLS

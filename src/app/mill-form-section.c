/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-form-section.h"

G_DEFINE_INTERFACE (MillFormSection, mill_form_section, GTK_TYPE_WIDGET)

static void
mill_form_section_default_init (MillFormSectionInterface *iface)
{
  g_signal_new ("changed", MILL_TYPE_FORM_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

void
mill_form_section_load (MillFormSection *section, const MillExperiment *experiment)
{
  MILL_FORM_SECTION_GET_IFACE (section)->load (section, experiment);
}

gboolean
mill_form_section_store (MillFormSection *section, MillExperiment *experiment)
{
  return MILL_FORM_SECTION_GET_IFACE (section)->store (section, experiment);
}

gboolean
mill_form_section_mark (MillFormSection *section, const char *field, const char *message)
{
  return MILL_FORM_SECTION_GET_IFACE (section)->mark (section, field, message);
}

void
mill_form_section_changed (MillFormSection *section)
{
  g_signal_emit_by_name (section, "changed");
}

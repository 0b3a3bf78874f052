/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MILL_TYPE_STEP_BAR (mill_step_bar_get_type ())
G_DECLARE_FINAL_TYPE (MillStepBar, mill_step_bar, MILL, STEP_BAR, GtkBox)

/* The steps of a lesson, always visible: those that are done have a tick, the present one its
 * number. */

/* (transfer floating) without steps. */
GtkWidget *mill_step_bar_new (void);

/* Translated, one or two words each. */
void mill_step_bar_set_steps (MillStepBar *bar, const char *const *names);

/* From 0; as many as there are: all are done. */
void mill_step_bar_set_current (MillStepBar *bar, guint current);

/* Only the present step has its name. */
void mill_step_bar_set_narrow (MillStepBar *bar, gboolean narrow);

G_END_DECLS

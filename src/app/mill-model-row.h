/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "experiment/mill-model.h"

G_BEGIN_DECLS

#define MILL_TYPE_MODEL_ROW (mill_model_row_get_type ())
G_DECLARE_FINAL_TYPE (MillModelRow, mill_model_row, MILL, MODEL_ROW, AdwExpanderRow)

/* One model of the form: a switch, one line of explanation and, opened, its parameters.
 *
 * Properties:
 *   "narrow" (gboolean): the parameters of the closed row stand under its title
 *
 * Signals:
 *   "changed": the person changed the switch or a parameter
 *   "add-again" (gpointer, a const MillModelSpec *): the same model with other parameters
 *   "move" (int): by so many places
 *   "remove"
 */

/**
 * mill_model_row_new:
 * @kind: a model; its parameters are those that one would try first
 *
 * Returns: (transfer floating): a row that is switched off
 */
GtkWidget *mill_model_row_new (MillModelKind kind);

MillModelKind mill_model_row_get_kind (MillModelRow *row);

/* Which parameters the row has. */
void mill_model_row_set_workload (MillModelRow *row, MillWorkloadKind workload);

/* Takes the parameters that the workload has; `spec` must be of the row's kind. */
void mill_model_row_set_spec (MillModelRow *row, const MillModelSpec *spec);
void mill_model_row_get_spec (MillModelRow *row, MillModelSpec *spec);

/* Whether it is switched on and runs the workload. */
gboolean mill_model_row_get_active (MillModelRow *row);
void mill_model_row_set_active (MillModelRow *row, gboolean active);

/* How many of its requests are measured while the rest is projected; 0: all. */
gint64 mill_model_row_get_measured (MillModelRow *row);
void mill_model_row_set_measured (MillModelRow *row, gint64 requests);

/* Whether all its visible numbers can be read. */
gboolean mill_model_row_is_readable (MillModelRow *row);

/* Whether there is another row of its kind, so that it may be removed. */
void mill_model_row_set_removable (MillModelRow *row, gboolean removable);

/* What is wrong with the parameters, under the title; NULL: nothing. */
void mill_model_row_set_problem (MillModelRow *row, const char *message);

G_END_DECLS

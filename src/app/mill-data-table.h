/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-scene.h"

G_BEGIN_DECLS

#define MILL_TYPE_DATA_TABLE (mill_data_table_get_type ())
G_DECLARE_FINAL_TYPE (MillDataTable, mill_data_table, MILL, DATA_TABLE, GtkWidget)

/* The data of a chart as a table, for those who do not see it and for those who want the digits;
 * rows are made as they scroll into view. */

/* (transfer floating) an empty table */
GtkWidget *mill_data_table_new (void);

/* The table of a scene, or none; copied. */
void mill_data_table_set_scene (MillDataTable *table, const MillScene *scene);

/* Rows without the header. */
guint mill_data_table_get_n_rows (MillDataTable *table);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "charts/mill-chart-spec.h"

G_BEGIN_DECLS

#define MILL_TYPE_KIND_LIST (mill_kind_list_get_type ())
G_DECLARE_FINAL_TYPE (MillKindList, mill_kind_list, MILL, KIND_LIST, GtkWidget)

/* The kinds of chart, each with a preview from the data that is shown. A kind without meaningful
 * data is insensitive and says why.
 *
 * Signal "kind-selected" (guint kind): the person chose another kind.
 */

/* (transfer floating) a list without data */
GtkWidget *mill_kind_list_new (void);

/**
 * mill_kind_list_set_spec:
 * @spec: (nullable): the data; its kind does not matter. A reference is taken
 */
void mill_kind_list_set_spec (MillKindList *list, MillChartSpec *spec);

/* Selects a kind without telling anybody. */
void mill_kind_list_set_kind (MillKindList *list, MillChartKind kind);
MillChartKind mill_kind_list_get_kind (MillKindList *list);

/* Whether a kind can be chosen, and (transfer none) (nullable) why it cannot. */
gboolean mill_kind_list_is_available (MillKindList *list, MillChartKind kind);
const char *mill_kind_list_get_reason (MillKindList *list, MillChartKind kind);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "charts/mill-chart-spec.h"

G_BEGIN_DECLS

/**
 * mill_report_html:
 * @result: a result document
 * @numbers: (nullable): how numbers are written in the charts; NULL: as in the table, by the
 *   locale
 *
 * One self-contained page: what the data show, every chart that has data (light and dark, wide
 * and narrow: the reader's system chooses), the table, warnings and environment. No script, nothing
 * is loaded from elsewhere; readable on a phone and printable. All names are escaped.
 *
 * Returns: (transfer full): HTML 5
 */
char *mill_report_html (const MillResult *result, const MillNumberFormat *numbers);

/**
 * mill_report_html_save:
 *
 * Writes the page atomically.
 */
gboolean mill_report_html_save (const MillResult *result,
                                GFile *file,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS

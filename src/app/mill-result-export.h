/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/mill-document.h"

G_BEGIN_DECLS

/**
 * mill_result_export:
 * @parent: (nullable): the window; a toast or a dialog of it says how it went
 * @documents: (element-type MillDocument): what is exported; copied
 *
 * Asks for a file for each and writes a copy: the document itself, CSV, Markdown, HTML with the
 * charts, or a trace for Perfetto, by what the name ends in. Choosing none ends the questions.
 */
void mill_result_export (GtkWindow *parent, GPtrArray *documents);

G_END_DECLS

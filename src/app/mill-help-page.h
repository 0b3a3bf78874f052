/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define MILL_TYPE_HELP_PAGE (mill_help_page_get_type ())
G_DECLARE_FINAL_TYPE (MillHelpPage, mill_help_page, MILL, HELP_PAGE, GtkBox)

/* A page of the help, drawn from CommonMark's XML (the document type of cmark): headings,
 * paragraphs, lists, code, quotations, pictures and links.
 *
 * Signal:
 *   "link-activated" (const char *uri): a link to another page ("models.md") or into the Web
 */

/**
 * mill_help_page_new:
 * @xml: what `cmark --to xml` wrote
 * @length: in bytes
 * @pictures: path of the resources that pictures are relative to
 *
 * Returns: (transfer floating): the page; what is no such XML shows its error
 */
GtkWidget *mill_help_page_new (const char *xml, gsize length, const char *pictures);

/* The first heading of the page, or NULL. */
const char *mill_help_page_get_title (MillHelpPage *page);

G_END_DECLS

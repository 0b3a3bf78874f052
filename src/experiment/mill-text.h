/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mill_text_quote:
 * @text: what somebody wrote; may be long, have control characters, or be no UTF-8
 *
 * Returns: (transfer full): @text in quotation marks, fit for a message: valid, on one line, and
 *   cut where it is long
 */
char *mill_text_quote (const char *text);

/**
 * mill_text_columns:
 * @text: valid UTF-8
 *
 * Returns: how many columns of a terminal @text takes: two for each wide character
 */
guint mill_text_columns (const char *text);

G_END_DECLS

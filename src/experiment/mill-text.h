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

G_END_DECLS

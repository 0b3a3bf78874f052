/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * mill_json_write:
 * @node: a value
 * @pretty: whether to use several lines, for a document that a person may read
 *
 * Writes JSON. Numbers take the shortest form that reads back the same; members that are no
 * finite number are left out.
 *
 * Returns: (transfer full): the text, ending in a line break when @pretty
 */
GString *mill_json_write (JsonNode *node, gboolean pretty);

G_END_DECLS

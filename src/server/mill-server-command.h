/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server/mill-server.h"

G_BEGIN_DECLS

/**
 * mill_server_command:
 * @line: one command, a JSON object
 *
 * Carries out a command of whoever started the server:
 *
 *     {"command":"settings","delay_s":0.1,"jitter_s":0,"distribution":"fixed",
 *      "body_size":-1,"error_rate":0,"drop_rate":0,"seed":1}
 *     {"command":"reset"}
 *     {"command":"stats"}
 *
 * A setting that is left out stays as it is.
 *
 * Returns: (transfer full): the answer, one line of JSON: {"event":"ok"}, {"event":"stats", ...}
 *   or {"event":"error","message":"..."}
 */
char *mill_server_command (MillServer *server, const char *line);

G_END_DECLS

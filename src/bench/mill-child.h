/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define MILL_TYPE_CHILD (mill_child_get_type ())
G_DECLARE_FINAL_TYPE (MillChild, mill_child, MILL, CHILD, GObject)

/* One event of a helper program: `event` is its member "event". */
typedef void (*MillChildEventFunc) (MillChild *child,
                                    const char *event,
                                    JsonObject *object,
                                    gpointer data);
/* The program is gone; `error` is NULL when it ended by itself with status 0. */
typedef void (*MillChildEndFunc) (MillChild *child, const GError *error, gpointer data);

/**
 * mill_child_spawn:
 * @helper: a program that mill_process_find_helper() finds
 * @arguments: (nullable): its arguments, without its own name
 * @on_event: called for each line of its standard output
 * @on_end: called once, after the last event
 * @data: for both
 * @error: %MILL_ERROR_FAILED where it was not found or could not be started
 *
 * Starts a helper program that speaks JSON lines on its standard streams and dies with its
 * parent. Both functions are called in the caller's thread-default main context, never before
 * this one has returned. A line that is not JSON, or too long, ends the program.
 *
 * Returns: (transfer full): the running program. Dropping the last reference does not end it:
 * call mill_child_kill() or mill_child_close_input() for that.
 */
MillChild *mill_child_spawn (const char *helper,
                             const char *const *arguments,
                             MillChildEventFunc on_event,
                             MillChildEndFunc on_end,
                             gpointer data,
                             GError **error);

/* Queues one JSON line for its standard input. */
void mill_child_send (MillChild *child, JsonNode *node);
/* The same for {"command": command}. */
void mill_child_send_command (MillChild *child, const char *command);

/* Ends its standard input after what is queued: a helper program stops by itself then. */
void mill_child_close_input (MillChild *child);

/* Ends it and everything that it started, at once. `reason` stands in the error of the end
 * function. */
void mill_child_kill (MillChild *child, const char *reason);

/* No function is called from now on. */
void mill_child_detach (MillChild *child);

gboolean mill_child_has_ended (MillChild *child);

/* The process id as the system writes it, or NULL after its end. */
const char *mill_child_get_identifier (MillChild *child);

G_END_DECLS

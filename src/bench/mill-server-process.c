/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "bench/mill-child.h"
#include "bench/mill-server-process.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"

/* An answer takes under a millisecond; a server that needs so long has stopped. */
#define ANSWER_TIMEOUT_S 10

struct _MillServerProcess {
  GObject parent_instance;

  MillChild *child;
  char *url;
  GQueue waiting; /* GTask: who waits for the next line, in order */
  GSource *timeout;
  MillServerEndFunc on_end;
  gpointer end_data;
};

G_DEFINE_FINAL_TYPE (MillServerProcess, mill_server_process, G_TYPE_OBJECT)

static void
clear_timeout (MillServerProcess *self)
{
  if (self->timeout != NULL)
    g_source_destroy (self->timeout);
  g_clear_pointer (&self->timeout, g_source_unref);
}

static void
mill_server_process_dispose (GObject *object)
{
  MillServerProcess *self = MILL_SERVER_PROCESS (object);

  clear_timeout (self);
  if (self->child != NULL) {
    mill_child_detach (self->child);
    mill_child_kill (self->child, "");
  }
  g_clear_object (&self->child);
  g_clear_pointer (&self->url, g_free);

  G_OBJECT_CLASS (mill_server_process_parent_class)->dispose (object);
}

static void
mill_server_process_class_init (MillServerProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = mill_server_process_dispose;
}

static void
mill_server_process_init (MillServerProcess *self)
{
  g_queue_init (&self->waiting);
}

MillServerProcess *
mill_server_process_new (void)
{
  return g_object_new (MILL_TYPE_SERVER_PROCESS, NULL);
}

static gboolean
on_timeout (gpointer data)
{
  MillServerProcess *self = data;

  mill_child_kill (self->child, _ ("the test server does not answer any more"));
  return G_SOURCE_REMOVE;
}

/* As long as somebody waits, an answer must come within the timeout. */
static void
rearm_timeout (MillServerProcess *self)
{
  clear_timeout (self);
  if (g_queue_is_empty (&self->waiting))
    return;
  self->timeout = g_timeout_source_new_seconds (ANSWER_TIMEOUT_S);
  g_source_set_callback (self->timeout, on_timeout, self, NULL);
  g_source_attach (self->timeout, g_main_context_get_thread_default ());
}

static void
on_event (MillChild *child, const char *event, JsonObject *object, gpointer data)
{
  g_autoptr (MillServerProcess) self = g_object_ref (MILL_SERVER_PROCESS (data));
  g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);

  if (g_str_equal (event, "listening") && self->url == NULL)
    mill_json_get_string (object, "url", 256, &self->url, NULL);
  rearm_timeout (self);
  if (task == NULL)
    return;
  if (g_str_equal (event, "error") || g_str_equal (event, "failed")) {
    g_autofree char *message = NULL;
    mill_json_get_string (object, "message", 4096, &message, NULL);
    g_task_return_new_error (task, MILL_ERROR, MILL_ERROR_FAILED, _ ("The test server says: %s"),
                             message != NULL ? message : event);
    return;
  }
  g_task_return_pointer (task, json_object_ref (object), (GDestroyNotify) json_object_unref);
}

static void
on_end (MillChild *child, const GError *error, gpointer data)
{
  g_autoptr (MillServerProcess) self = g_object_ref (MILL_SERVER_PROCESS (data));

  clear_timeout (self);
  while (!g_queue_is_empty (&self->waiting)) {
    g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);
    g_task_return_new_error (task, MILL_ERROR, MILL_ERROR_FAILED, _ ("The test server ended: %s"),
                             error != NULL ? error->message : _ ("it was asked to"));
  }
  if (self->url != NULL && self->on_end != NULL)
    self->on_end (error, self->end_data);
}

void
mill_server_process_set_end_func (MillServerProcess *self, MillServerEndFunc func, gpointer data)
{
  self->on_end = func;
  self->end_data = data;
}

/* Waits for the next line of the server as the result of `task`. */
static void
wait_for_line (MillServerProcess *self, GTask *task)
{
  g_queue_push_tail (&self->waiting, task);
  rearm_timeout (self);
}

static void
append_option (GPtrArray *arguments, const char *name, const char *format, double value)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ptr_array_add (arguments, g_strdup (name));
  g_ptr_array_add (arguments, g_strdup (g_ascii_formatd (number, sizeof number, format, value)));
}

void
mill_server_process_start_async (MillServerProcess *self,
                                 int port,
                                 const MillServerSettings *settings,
                                 guint64 seed,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  GError *error = NULL;

  g_task_set_source_tag (task, mill_server_process_start_async);
  append_option (arguments, "--port", "%.0f", port);
  append_option (arguments, "--delay", "%.9g", settings->delay_s);
  append_option (arguments, "--jitter", "%.9g", settings->jitter_s);
  g_ptr_array_add (arguments, g_strdup ("--distribution"));
  g_ptr_array_add (arguments, g_strdup (mill_distribution_to_string (settings->distribution)));
  if (settings->body_size_bytes >= 0)
    append_option (arguments, "--body-size", "%.0f", (double) settings->body_size_bytes);
  append_option (arguments, "--error-rate", "%.9g", settings->error_rate);
  append_option (arguments, "--drop-rate", "%.9g", settings->drop_rate);
  /* The server reads 64 bits with a sign, here as in its commands. */
  g_ptr_array_add (arguments, g_strdup_printf ("--seed=%" G_GINT64_FORMAT, (gint64) seed));
  g_ptr_array_add (arguments, NULL);

  self->child = mill_child_spawn ("threadmill-server", (const char *const *) arguments->pdata,
                                  on_event, on_end, self, &error);
  if (self->child == NULL)
    g_task_return_error (task, error);
  else
    wait_for_line (self, g_steal_pointer (&task));
}

gboolean
mill_server_process_start_finish (MillServerProcess *self, GAsyncResult *result, GError **error)
{
  g_autoptr (JsonObject) answer = g_task_propagate_pointer (G_TASK (result), error);

  if (answer == NULL)
    return FALSE;
  if (self->url == NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_FAILED,
                 _ ("The test server did not say where it listens."));
    return FALSE;
  }
  return TRUE;
}

/* Sends a command whose answer ends `task`; fails at once when the server is gone. */
static void
send_command (MillServerProcess *self, GTask *task, JsonBuilder *builder)
{
  g_autoptr (JsonNode) node = json_builder_get_root (builder);

  if (!mill_server_process_is_running (self)) {
    g_task_return_new_error (task, MILL_ERROR, MILL_ERROR_FAILED, _ ("The test server is gone."));
    g_object_unref (task);
    return;
  }
  mill_child_send (self->child, node);
  wait_for_line (self, task);
}

static void
begin_command (JsonBuilder *builder, const char *command)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "command");
  json_builder_add_string_value (builder, command);
}

static void
add_double (JsonBuilder *builder, const char *member, double value)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_double_value (builder, value);
}

static void
on_settings_taken (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GError *error = NULL;
  g_autoptr (JsonObject) answer = g_task_propagate_pointer (G_TASK (result), &error);

  if (answer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  begin_command (builder, "reset");
  json_builder_end_object (builder);
  send_command (MILL_SERVER_PROCESS (source), g_steal_pointer (&task), builder);
}

void
mill_server_process_prepare_async (MillServerProcess *self,
                                   const MillServerSettings *settings,
                                   guint64 seed,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  GTask *settings_task = g_task_new (self, NULL, on_settings_taken, task);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  begin_command (builder, "settings");
  add_double (builder, "delay_s", settings->delay_s);
  add_double (builder, "jitter_s", settings->jitter_s);
  json_builder_set_member_name (builder, "distribution");
  json_builder_add_string_value (builder, mill_distribution_to_string (settings->distribution));
  json_builder_set_member_name (builder, "body_size");
  json_builder_add_int_value (builder, settings->body_size_bytes);
  add_double (builder, "error_rate", settings->error_rate);
  add_double (builder, "drop_rate", settings->drop_rate);
  json_builder_set_member_name (builder, "seed");
  json_builder_add_int_value (builder, (gint64) seed);
  json_builder_end_object (builder);
  send_command (self, settings_task, builder);
}

gboolean
mill_server_process_prepare_finish (MillServerProcess *self, GAsyncResult *result, GError **error)
{
  g_autoptr (JsonObject) answer = g_task_propagate_pointer (G_TASK (result), error);

  return answer != NULL;
}

void
mill_server_process_stats_async (MillServerProcess *self,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  begin_command (builder, "stats");
  json_builder_end_object (builder);
  send_command (self, task, builder);
}

static gboolean
read_count (JsonObject *object, const char *member, gint64 *count, GError **error)
{
  return mill_json_get_int (object, member, 0, G_MAXINT64, count, error);
}

gboolean
mill_server_process_stats_finish (MillServerProcess *self,
                                  GAsyncResult *result,
                                  MillServerStats *stats,
                                  GError **error)
{
  g_autoptr (JsonObject) answer = g_task_propagate_pointer (G_TASK (result), error);

  *stats = (MillServerStats){ 0 };
  return answer != NULL && read_count (answer, "requests", &stats->requests, error) &&
         read_count (answer, "answered", &stats->answered, error) &&
         read_count (answer, "errors", &stats->errors, error) &&
         read_count (answer, "dropped", &stats->dropped, error) &&
         read_count (answer, "connections", &stats->connections, error) &&
         read_count (answer, "in_flight", &stats->in_flight, error) &&
         read_count (answer, "max_in_flight", &stats->max_in_flight, error) &&
         mill_json_get_double (answer, "cpu_s", 0, 1e9, &stats->cpu_s, error);
}

const char *
mill_server_process_get_url (MillServerProcess *self)
{
  return self->url;
}

gboolean
mill_server_process_is_running (MillServerProcess *self)
{
  return self->child != NULL && self->url != NULL && !mill_child_has_ended (self->child);
}

const char *
mill_server_process_get_identifier (MillServerProcess *self)
{
  return self->child != NULL ? mill_child_get_identifier (self->child) : NULL;
}

void
mill_server_process_stop (MillServerProcess *self)
{
  if (self->child != NULL)
    mill_child_close_input (self->child);
}

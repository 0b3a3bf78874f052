/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "bench/mill-child.h"
#include "bench/mill-line-reader.h"
#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "platform/mill-process.h"

/* What is kept of standard error: the end, since that is where the reason stands. */
#define STDERR_TAIL_BYTES 2000
/* Its own children may hold the pipes open after it died: no longer than this. */
#define PIPE_GRACE_MS 200

struct _MillChild {
  GObject parent_instance;

  char *helper;
  GSubprocess *process;
  GCancellable *reading;
  GQueue outgoing; /* GBytes */
  gboolean writing;
  gboolean close_wanted;

  MillChildEventFunc on_event;
  MillChildEndFunc on_end;
  gpointer data;

  GString *stderr_tail;
  char *kill_reason;
  GError *protocol_error;
  int open_streams; /* of standard output and standard error */
  gboolean exited;
  gboolean ended;
  GSource *pipe_grace;
};

G_DEFINE_FINAL_TYPE (MillChild, mill_child, G_TYPE_OBJECT)

static void
mill_child_finalize (GObject *object)
{
  MillChild *self = MILL_CHILD (object);

  if (self->pipe_grace != NULL)
    g_source_destroy (self->pipe_grace);
  g_clear_pointer (&self->pipe_grace, g_source_unref);
  g_queue_clear_full (&self->outgoing, (GDestroyNotify) g_bytes_unref);
  g_clear_object (&self->process);
  g_clear_object (&self->reading);
  g_clear_error (&self->protocol_error);
  g_string_free (self->stderr_tail, TRUE);
  g_free (self->kill_reason);
  g_free (self->helper);

  G_OBJECT_CLASS (mill_child_parent_class)->finalize (object);
}

static void
mill_child_class_init (MillChildClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mill_child_finalize;
}

static void
mill_child_init (MillChild *self)
{
  self->reading = g_cancellable_new ();
  self->stderr_tail = g_string_new (NULL);
  g_queue_init (&self->outgoing);
}

/* The last line of standard error: what the program itself said. */
static char *
last_words (MillChild *self)
{
  g_autofree char *text = g_utf8_make_valid (self->stderr_tail->str, -1);

  g_strstrip (text);
  if (*text == '\0')
    return NULL;
  const char *newline = strrchr (text, '\n');
  return g_strdup (newline != NULL ? newline + 1 : text);
}

/* Why it is gone, in words: signal or exit status, and what it said last. */
static GError *
end_error (MillChild *self)
{
  if (self->kill_reason != NULL)
    return g_error_new_literal (MILL_ERROR, MILL_ERROR_FAILED, self->kill_reason);
  if (self->protocol_error != NULL)
    return g_error_new (MILL_ERROR, MILL_ERROR_FAILED,
                        _ ("%s was ended, because what it wrote cannot be used: %s"), self->helper,
                        self->protocol_error->message);
  if (g_subprocess_get_if_exited (self->process) &&
      g_subprocess_get_exit_status (self->process) == 0)
    return NULL;

  g_autofree char *words = last_words (self);
  g_autofree char *how = g_subprocess_get_if_signaled (self->process)
                             ? g_strdup_printf (_ ("%s was killed by signal %d"), self->helper,
                                                g_subprocess_get_term_sig (self->process))
                             : g_strdup_printf (_ ("%s ended with status %d"), self->helper,
                                                g_subprocess_get_exit_status (self->process));
  return g_error_new (MILL_ERROR, MILL_ERROR_FAILED, words != NULL ? "%s: %s" : "%s", how, words);
}

/* Tells the end once the program is gone and both of its streams were read to their ends. */
static void
maybe_end (MillChild *self)
{
  if (self->ended || !self->exited || self->open_streams > 0)
    return;
  self->ended = TRUE;
  if (self->pipe_grace != NULL)
    g_source_destroy (self->pipe_grace);
  if (self->on_end != NULL) {
    g_autoptr (GError) error = end_error (self);
    self->on_end (self, error, self->data);
  }
}

static gboolean
on_line (const char *line, gsize length, gpointer data)
{
  MillChild *self = data;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *event = NULL;

  if (length == 0 || self->on_event == NULL)
    return TRUE;
  node = mill_json_parse (line, (gssize) length, self->helper, &self->protocol_error);
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    g_set_error (&self->protocol_error, MILL_ERROR, MILL_ERROR_INVALID, _ ("not a JSON object"));
  if (self->protocol_error == NULL &&
      mill_json_get_string (json_node_get_object (node), "event", 64, &event,
                            &self->protocol_error) &&
      event == NULL)
    g_set_error (&self->protocol_error, MILL_ERROR, MILL_ERROR_INVALID,
                 _ ("an event without name"));
  if (self->protocol_error != NULL) {
    mill_process_kill_tree (self->process);
    return FALSE;
  }
  self->on_event (self, event, json_node_get_object (node), self->data);
  return TRUE;
}

static void
on_stdout_end (const GError *error, gpointer data)
{
  g_autoptr (MillChild) self = data;

  if (error != NULL && self->protocol_error == NULL &&
      !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    self->protocol_error = g_error_copy (error);
    if (!self->exited)
      mill_process_kill_tree (self->process);
  }
  self->open_streams--;
  maybe_end (self);
}

static void
on_stderr_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillChild) self = data;
  g_autoptr (GBytes) bytes =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);

  if (bytes == NULL || g_bytes_get_size (bytes) == 0) {
    self->open_streams--;
    maybe_end (self);
    return;
  }
  g_string_append_len (self->stderr_tail, g_bytes_get_data (bytes, NULL),
                       (gssize) g_bytes_get_size (bytes));
  if (self->stderr_tail->len > STDERR_TAIL_BYTES)
    g_string_erase (self->stderr_tail, 0, (gssize) (self->stderr_tail->len - STDERR_TAIL_BYTES));
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), STDERR_TAIL_BYTES, G_PRIORITY_DEFAULT,
                                   self->reading, on_stderr_read, g_object_ref (self));
}

static gboolean
on_pipe_grace (gpointer data)
{
  MillChild *self = data;

  g_cancellable_cancel (self->reading);
  return G_SOURCE_REMOVE;
}

static void
on_process_exit (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillChild) self = data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  self->exited = TRUE;
  if (self->open_streams > 0) {
    self->pipe_grace = g_timeout_source_new (PIPE_GRACE_MS);
    g_source_set_callback (self->pipe_grace, on_pipe_grace, self, NULL);
    g_source_attach (self->pipe_grace, g_main_context_get_thread_default ());
  }
  maybe_end (self);
}

MillChild *
mill_child_spawn (const char *helper,
                  const char *const *arguments,
                  MillChildEventFunc on_event,
                  MillChildEndFunc on_end,
                  gpointer data,
                  GError **error)
{
  g_autoptr (MillChild) self = g_object_new (MILL_TYPE_CHILD, NULL);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = mill_process_find_helper (helper, &local_error);

  if (path != NULL) {
    g_autoptr (GSubprocessLauncher) launcher =
        g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                   G_SUBPROCESS_FLAGS_STDERR_PIPE);
    g_autoptr (GPtrArray) argv = g_ptr_array_new ();

    g_ptr_array_add (argv, path);
    for (guint i = 0; arguments != NULL && arguments[i] != NULL; i++)
      g_ptr_array_add (argv, (gpointer) arguments[i]);
    g_ptr_array_add (argv, NULL);
    self->process = mill_process_spawn (launcher, (const char *const *) argv->pdata, &local_error);
  }
  if (self->process == NULL) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_FAILED, _ ("%s could not be started: %s"), helper,
                 local_error->message);
    return NULL;
  }

  self->helper = g_strdup (helper);
  self->on_event = on_event;
  self->on_end = on_end;
  self->data = data;
  self->open_streams = 2;
  mill_line_reader_start (g_subprocess_get_stdout_pipe (self->process), self->reading, on_line,
                          on_stdout_end, g_object_ref (self));
  g_input_stream_read_bytes_async (g_subprocess_get_stderr_pipe (self->process), STDERR_TAIL_BYTES,
                                   G_PRIORITY_DEFAULT, self->reading, on_stderr_read,
                                   g_object_ref (self));
  g_subprocess_wait_async (self->process, NULL, on_process_exit, g_object_ref (self));
  return g_steal_pointer (&self);
}

static void write_next (MillChild *self);

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillChild) self = data;

  self->writing = FALSE;
  /* A broken pipe means that the program is gone; its end function says so. */
  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    g_queue_clear_full (&self->outgoing, (GDestroyNotify) g_bytes_unref);
  else
    g_bytes_unref (g_queue_pop_head (&self->outgoing));
  write_next (self);
}

static void
write_next (MillChild *self)
{
  GOutputStream *pipe = g_subprocess_get_stdin_pipe (self->process);
  GBytes *bytes = g_queue_peek_head (&self->outgoing);

  if (self->writing)
    return;
  if (bytes != NULL && !g_output_stream_is_closed (pipe)) {
    self->writing = TRUE;
    g_output_stream_write_all_async (pipe, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                     G_PRIORITY_DEFAULT, NULL, on_written, g_object_ref (self));
  } else if (self->close_wanted && !g_output_stream_is_closed (pipe)) {
    g_output_stream_close_async (pipe, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  }
}

void
mill_child_send (MillChild *child, JsonNode *node)
{
  g_autofree char *line = mill_json_to_line (node);
  g_autofree char *text = g_strconcat (line, "\n", NULL);
  gsize length = strlen (text);

  if (child->exited || child->close_wanted)
    return;
  g_queue_push_tail (&child->outgoing, g_bytes_new_take (g_steal_pointer (&text), length));
  write_next (child);
}

void
mill_child_send_command (MillChild *child, const char *command)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, json_object_new ());
  json_object_set_string_member (json_node_get_object (node), "command", command);
  mill_child_send (child, node);
}

void
mill_child_close_input (MillChild *child)
{
  child->close_wanted = TRUE;
  write_next (child);
}

void
mill_child_kill (MillChild *child, const char *reason)
{
  if (child->exited)
    return;
  if (child->kill_reason == NULL)
    child->kill_reason = g_strdup (reason);
  mill_process_kill_tree (child->process);
}

void
mill_child_detach (MillChild *child)
{
  child->on_event = NULL;
  child->on_end = NULL;
}

gboolean
mill_child_has_ended (MillChild *child)
{
  return child->ended;
}

const char *
mill_child_get_identifier (MillChild *child)
{
  return g_subprocess_get_identifier (child->process);
}

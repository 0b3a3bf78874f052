/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "worker-client.h"

#include <string.h>

#include "experiment/mill-json.h"

Worker
worker_new (const char *text)
{
  const char *program = g_getenv ("MILL_TEST_WORKER");
  g_autoptr (GError) error = NULL;
  Worker worker;

  worker.process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                     &error, program, NULL);
  g_assert_no_error (error);
  worker.events = g_data_input_stream_new (g_subprocess_get_stdout_pipe (worker.process));
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (worker.process), text, strlen (text),
                             NULL, NULL, &error);
  g_assert_no_error (error);

  return worker;
}

Worker
worker_new_for_trial (const MillTrial *trial)
{
  g_autoptr (JsonNode) node = mill_trial_to_json (trial);
  g_autofree char *line = mill_json_to_line (node);
  g_autofree char *text = g_strconcat (line, "\n", NULL);

  return worker_new (text);
}

void
worker_send (Worker *worker, const char *text)
{
  g_assert_true (g_output_stream_write_all (g_subprocess_get_stdin_pipe (worker->process), text,
                                            strlen (text), NULL, NULL, NULL));
}

JsonNode *
worker_await (Worker *worker, const char *name)
{
  char *line;

  while ((line = g_data_input_stream_read_line (worker->events, NULL, NULL, NULL)) != NULL) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = mill_json_parse (line, -1, "worker", &error);

    g_assert_no_error (error);
    g_free (line);
    if (g_str_equal (json_object_get_string_member (json_node_get_object (node), "event"), name))
      return g_steal_pointer (&node);
  }

  return NULL;
}

int
worker_wait (Worker *worker)
{
  int status;

  g_assert_true (g_subprocess_wait (worker->process, NULL, NULL));
  status = g_subprocess_get_if_exited (worker->process)
               ? g_subprocess_get_exit_status (worker->process)
               : -1;
  g_object_unref (worker->process);
  g_object_unref (worker->events);

  return status;
}

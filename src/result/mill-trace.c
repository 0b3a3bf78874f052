/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "experiment/mill-json-write.h"
#include "result/mill-writers.h"

/* The trace event format, "Nestable Async Events", "Counter Events" and "Metadata Events":
 * https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */

typedef struct {
  GString *text;
  guint process;
  guint next_id;
  gboolean first;
} Trace;

static void
append_string (GString *text, const char *string)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_VALUE);
  g_autoptr (GString) written = NULL;

  json_node_set_string (node, string);
  written = mill_json_write (node, FALSE);
  g_string_append (text, written->str);
}

/* The common part of an event; the caller closes it. */
static void
begin_event (Trace *trace, const char *phase, const char *name, guint thread, gint64 time_us)
{
  g_string_append (trace->text, trace->first ? "\n" : ",\n");
  trace->first = FALSE;
  g_string_append_printf (
      trace->text, "{\"name\":\"%s\",\"ph\":\"%s\",\"pid\":%u,\"tid\":%u,\"ts\":%" G_GINT64_FORMAT,
      name, phase, trace->process, thread, time_us);
}

static void
add_name (Trace *trace, const char *what, guint thread, const char *name)
{
  begin_event (trace, "M", what, thread, 0);
  g_string_append (trace->text, ",\"args\":{\"name\":");
  append_string (trace->text, name);
  g_string_append (trace->text, "}}");
}

static void
add_span (Trace *trace, const char *name, guint id, guint thread, gint64 begin_us, gint64 end_us)
{
  begin_event (trace, "b", name, thread, begin_us);
  g_string_append_printf (trace->text, ",\"cat\":\"request\",\"id\":\"0x%x\"}", id);
  begin_event (trace, "e", name, thread, end_us);
  g_string_append_printf (trace->text, ",\"cat\":\"request\",\"id\":\"0x%x\"}", id);
}

/* A request and its phases. A time that was never reached lies before the one it follows. */
static void
add_request (Trace *trace, const MillTimelineEntry *entry)
{
  guint id = trace->next_id++;
  guint thread = entry->lane + 1;
  gint64 done_us = MAX (entry->done_us, entry->queued_us);
  gint64 started_us = CLAMP (entry->started_us, entry->queued_us, done_us);
  gboolean was_sent = entry->sent_us > entry->queued_us && entry->sent_us >= started_us;
  gint64 sent_us = was_sent ? MIN (entry->sent_us, done_us) : done_us;
  gboolean answered = entry->first_byte_us > entry->queued_us && entry->first_byte_us >= sent_us;
  gint64 first_byte_us = answered ? MIN (entry->first_byte_us, done_us) : done_us;

  begin_event (trace, "b", "request", thread, entry->queued_us);
  g_string_append_printf (trace->text,
                          ",\"cat\":\"request\",\"id\":\"0x%x\",\"args\":{\"outcome\":\"%s\","
                          "\"new_connection\":%s,\"lane\":%u}}",
                          id, mill_outcome_to_string ((MillOutcome) entry->outcome),
                          entry->new_connection ? "true" : "false", entry->lane);
  if (started_us > entry->queued_us)
    add_span (trace, "queued", id, thread, entry->queued_us, started_us);
  if (sent_us > started_us)
    add_span (trace, "connecting", id, thread, started_us, sent_us);
  if (first_byte_us > sent_us)
    add_span (trace, "waiting", id, thread, sent_us, first_byte_us);
  if (done_us > first_byte_us)
    add_span (trace, "receiving", id, thread, first_byte_us, done_us);
  begin_event (trace, "e", "request", thread, done_us);
  g_string_append_printf (trace->text, ",\"cat\":\"request\",\"id\":\"0x%x\"}", id);
}

static void
add_lane_names (Trace *trace, const GArray *timeline)
{
  g_autoptr (GHashTable) named = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < timeline->len; i++) {
    guint lane = g_array_index (timeline, MillTimelineEntry, i).lane;

    if (!g_hash_table_add (named, GUINT_TO_POINTER (lane)))
      continue;

    g_autofree char *name = g_strdup_printf (_ ("lane %u"), lane + 1);

    add_name (trace, "thread_name", lane + 1, name);
  }
}

/* A moment at which one more or one less is in flight. */
typedef struct {
  gint64 time_us;
  int change;
} Edge;

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const Edge *x = a;
  const Edge *y = b;

  if (x->time_us != y->time_us)
    return x->time_us < y->time_us ? -1 : 1;
  return x->change - y->change;
}

static void
add_in_flight (Trace *trace, const GArray *timeline)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  int in_flight = 0;

  for (guint i = 0; i < timeline->len; i++) {
    const MillTimelineEntry *entry = &g_array_index (timeline, MillTimelineEntry, i);
    Edge begin = { entry->started_us, 1 };
    Edge end = { MAX (entry->done_us, entry->started_us), -1 };

    g_array_append_val (edges, begin);
    g_array_append_val (edges, end);
  }
  g_array_sort (edges, compare_edges);
  for (guint i = 0; i < edges->len; i++) {
    const Edge *edge = &g_array_index (edges, Edge, i);

    in_flight += edge->change;
    if (i + 1 < edges->len && g_array_index (edges, Edge, i + 1).time_us == edge->time_us)
      continue;
    begin_event (trace, "C", "in flight", 0, edge->time_us);
    g_string_append_printf (trace->text, ",\"args\":{\"requests\":%d}}", MAX (in_flight, 0));
  }
}

char *
mill_result_to_trace (const MillResult *result)
{
  Trace trace = { g_string_new ("{\"displayTimeUnit\":\"ms\",\"traceEvents\":["), 0, 1, TRUE };

  for (guint i = 0; i < result->models->len; i++) {
    const MillModelResult *model = g_ptr_array_index (result->models, i);
    const MillTrialResult *trial =
        mill_result_typical_trial (result, model->model, model->sweep_value);

    if (trial == NULL || trial->timeline->len == 0 || model->copy > 0)
      continue;
    trace.process++;
    add_name (&trace, "process_name", 0, trial->model);
    add_lane_names (&trace, trial->timeline);
    for (guint j = 0; j < trial->timeline->len; j++)
      add_request (&trace, &g_array_index (trial->timeline, MillTimelineEntry, j));
    add_in_flight (&trace, trial->timeline);
  }
  g_string_append (trace.text, "\n]}\n");
  return g_string_free (trace.text, FALSE);
}

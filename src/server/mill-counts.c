/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-counts.h"

#include <stddef.h>

#include "platform/mill-usage.h"

/* The counts by their name in the answer. */
static const struct {
  const char *name;
  gsize offset;
} members[] = {
  { "requests", offsetof (MillCounts, requests) },
  { "answered", offsetof (MillCounts, answered) },
  { "errors", offsetof (MillCounts, errors) },
  { "dropped", offsetof (MillCounts, dropped) },
  { "abandoned", offsetof (MillCounts, abandoned) },
  { "connections", offsetof (MillCounts, connections) },
  { "in_flight", offsetof (MillCounts, in_flight) },
  { "max_in_flight", offsetof (MillCounts, max_in_flight) },
  { "bytes_in", offsetof (MillCounts, bytes_in) },
  { "bytes_out", offsetof (MillCounts, bytes_out) },
};

guint64
mill_counts_begin (MillCounts *counts)
{
  counts->requests++;
  counts->in_flight++;
  counts->max_in_flight = MAX (counts->max_in_flight, counts->in_flight);
  return counts->epoch;
}

void
mill_counts_end (MillCounts *counts, guint64 epoch, MillEnd end, gint64 bytes_in, gint64 bytes_out)
{
  if (epoch != counts->epoch)
    return;
  counts->in_flight--;
  counts->bytes_in += bytes_in;
  if (end == MILL_END_DROPPED) {
    counts->dropped++;
  } else if (end == MILL_END_ABANDONED) {
    counts->abandoned++;
  } else {
    counts->answered++;
    counts->bytes_out += bytes_out;
    if (end == MILL_END_ERROR)
      counts->errors++;
  }
}

void
mill_counts_reset (MillCounts *counts)
{
  *counts = (MillCounts){ .epoch = counts->epoch + 1 };
}

JsonObject *
mill_counts_to_json (const MillCounts *counts)
{
  JsonObject *object = json_object_new ();
  MillUsage usage;
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    json_object_set_int_member (object, members[i].name,
                                G_STRUCT_MEMBER (gint64, counts, members[i].offset));
  if (mill_usage_read (&usage)) {
    json_object_set_double_member (object, "cpu_s", usage.user_s + usage.system_s);
    json_object_set_double_member (object, "memory_mib",
                                   (double) usage.memory_bytes / (1024 * 1024));
  }
  return object;
}

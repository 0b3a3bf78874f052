/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-timeline-data.h"

static gint64
request_start (const MillTimelineRequest *request)
{
  return request->edges[0];
}

/* For packing, a request without duration still takes a place. */
static gint64
request_end (const MillTimelineRequest *request)
{
  return MAX (request->edges[MILL_N_SPANS], request->edges[0] + 1);
}

static MillTimelineRequest
read_entry (const MillTimelineEntry *entry, guint index, gint64 trial_end_us)
{
  MillTimelineRequest request = { .index = index, .lane = entry->lane };
  gint64 start = MAX (entry->started_us, MAX (entry->queued_us, 0));
  gint64 end = entry->done_us;

  /* A request that never ended was in flight until the trial did. */
  if (end < start)
    end = entry->outcome == MILL_OUTCOME_PENDING ? MAX (trial_end_us, start) : start;
  request.edges[0] = start;
  request.edges[1] = CLAMP (entry->sent_us, start, end);
  request.answered = entry->first_byte_us > 0 && entry->first_byte_us >= entry->sent_us;
  request.edges[2] = request.answered ? CLAMP (entry->first_byte_us, request.edges[1], end) : end;
  request.edges[3] = end;
  /* Work on the CPU sends nothing and waits for nobody. */
  if (entry->outcome == MILL_OUTCOME_OK && entry->sent_us <= 0 && entry->first_byte_us <= 0) {
    request.answered = TRUE;
    request.edges[2] = start;
  }
  return request;
}

static int
compare_by_lane (gconstpointer a, gconstpointer b)
{
  const MillTimelineRequest *left = a, *right = b;

  if (left->lane != right->lane)
    return left->lane < right->lane ? -1 : 1;
  if (request_start (left) != request_start (right))
    return request_start (left) < request_start (right) ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

static int
compare_by_start (gconstpointer a, gconstpointer b)
{
  const MillTimelineRequest *left = a, *right = b;

  if (request_start (left) != request_start (right))
    return request_start (left) < request_start (right) ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

/* A request's place while the requests of a lane are packed. */
typedef struct {
  MillTimelineRequest request;
  guint row;
} Packed;

static int
compare_packed_end (gconstpointer a, gconstpointer b, gpointer data)
{
  const Packed *packed = data;
  gint64 left = request_end (&packed[*(const guint *) a].request);
  gint64 right = request_end (&packed[*(const guint *) b].request);

  return left < right ? -1 : left > right;
}

static int
compare_packed_row (gconstpointer a, gconstpointer b)
{
  const Packed *left = a, *right = b;

  if (left->row != right->row)
    return left->row < right->row ? -1 : 1;
  return compare_by_start (&left->request, &right->request);
}

/* Gives each request of a lane, sorted by start, the row that is free the longest; so there are
 * as many rows as requests at once. Returns the number of rows. */
static guint
pack_lane (Packed *packed, guint n)
{
  g_autofree guint *by_end = g_new (guint, n);
  g_autofree guint *free_rows = g_new (guint, n); /* a queue */
  guint head = 0, tail = 0, ended = 0, n_rows = 0;

  for (guint i = 0; i < n; i++)
    by_end[i] = i;
  g_qsort_with_data (by_end, (int) n, sizeof *by_end, compare_packed_end, packed);
  for (guint i = 0; i < n; i++) {
    gint64 start = request_start (&packed[i].request);

    for (; ended < n && request_end (&packed[by_end[ended]].request) <= start; ended++)
      free_rows[tail++] = packed[by_end[ended]].row;
    packed[i].row = head < tail ? free_rows[head++] : n_rows++;
  }
  return n_rows;
}

static void
append_lane (MillTimelineData *data, const MillTimelineRequest *requests, guint n)
{
  g_autofree Packed *packed = g_new (Packed, n);
  MillTimelineLane lane = { .number = requests[0].lane, .n_requests = n };
  guint lane_index = data->lanes->len;

  for (guint i = 0; i < n; i++)
    packed[i].request = requests[i];
  lane.first_row = data->rows->len;
  lane.n_rows = pack_lane (packed, n);
  qsort (packed, n, sizeof *packed, compare_packed_row);
  for (guint i = 0; i < n; i++) {
    if (i == 0 || packed[i].row != packed[i - 1].row) {
      MillTimelineRow row = { .lane = lane_index, .first = data->requests->len };

      g_array_append_val (data->rows, row);
    }
    g_array_append_val (data->requests, packed[i].request);
    g_array_index (data->rows, MillTimelineRow, data->rows->len - 1).n++;
  }
  data->has_loops |= lane.n_rows > 1;
  g_array_append_val (data->lanes, lane);
}

static void
arrange_by_lane (MillTimelineData *data, const GArray *sorted)
{
  const MillTimelineRequest *requests = (const MillTimelineRequest *) (void *) sorted->data;

  for (guint i = 0; i < sorted->len;) {
    guint n = 1;

    while (i + n < sorted->len && requests[i + n].lane == requests[i].lane)
      n++;
    append_lane (data, requests + i, n);
    i += n;
  }
}

/* One row for each request; the lanes are kept for their numbers only. */
static void
arrange_by_request (MillTimelineData *data, GArray *sorted)
{
  g_autoptr (GHashTable) lanes = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < sorted->len; i++) {
    const MillTimelineRequest *request = &g_array_index (sorted, MillTimelineRequest, i);

    if (!g_hash_table_contains (lanes, GUINT_TO_POINTER (request->lane))) {
      MillTimelineLane lane = { .number = request->lane };

      g_hash_table_insert (lanes, GUINT_TO_POINTER (request->lane),
                           GUINT_TO_POINTER (data->lanes->len));
      g_array_append_val (data->lanes, lane);
    }
    g_array_index (data->lanes, MillTimelineLane, data->lanes->len - 1).n_requests++;
  }
  g_array_sort (sorted, compare_by_start);
  for (guint i = 0; i < sorted->len; i++) {
    const MillTimelineRequest *request = &g_array_index (sorted, MillTimelineRequest, i);
    MillTimelineRow row = { .first = i, .n = 1 };

    row.lane = GPOINTER_TO_UINT (g_hash_table_lookup (lanes, GUINT_TO_POINTER (request->lane)));
    g_array_append_val (data->rows, row);
  }
  g_array_append_vals (data->requests, sorted->data, sorted->len);
}

static double
request_weight (const MillTrialResult *trial)
{
  gint64 all = MAX (trial->requests_ok, 0) + MAX (trial->requests_failed, 0);
  guint shown = trial->timeline->len;

  return shown > 0 && all > shown ? (double) all / shown : 1.0;
}

MillTimelineData *
mill_timeline_data_new (const MillTrialResult *trial, gboolean by_request)
{
  MillTimelineData *data = g_new0 (MillTimelineData, 1);
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (MillTimelineRequest));
  gint64 last_us = 0;

  data->requests = g_array_new (FALSE, FALSE, sizeof (MillTimelineRequest));
  data->rows = g_array_new (FALSE, FALSE, sizeof (MillTimelineRow));
  data->lanes = g_array_new (FALSE, FALSE, sizeof (MillTimelineLane));
  data->weight = request_weight (trial);
  for (guint i = 0; i < trial->timeline->len; i++)
    last_us = MAX (last_us, g_array_index (trial->timeline, MillTimelineEntry, i).done_us);
  if (trial->wall_time_s > 0.0 && trial->wall_time_s < G_MAXINT32)
    last_us = MAX (last_us, (gint64) (trial->wall_time_s * G_USEC_PER_SEC));
  for (guint i = 0; i < trial->timeline->len; i++) {
    MillTimelineRequest request =
        read_entry (&g_array_index (trial->timeline, MillTimelineEntry, i), i, last_us);

    data->end_us = MAX (data->end_us, request.edges[MILL_N_SPANS]);
    g_array_append_val (sorted, request);
  }
  g_array_sort (sorted, compare_by_lane);
  if (by_request)
    arrange_by_request (data, sorted);
  else
    arrange_by_lane (data, sorted);
  return data;
}

void
mill_timeline_data_free (MillTimelineData *data)
{
  if (data == NULL)
    return;
  g_array_unref (data->requests);
  g_array_unref (data->rows);
  g_array_unref (data->lanes);
  g_free (data);
}

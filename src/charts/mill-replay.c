/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-replay.h"

#include "charts/mill-series.h"
#include "charts/mill-time-text.h"

#include <glib/gi18n-lib.h>

/* One model. */
typedef struct {
  char *label;
  guint series; /* into the series of the spec */
  const MillTrialResult *trial;
  MillTimelineData *data[2]; /* by MillTimelineView */
  GArray *events;            /* MillReplayEvent, by time */
  GArray *counts;            /* MillReplayCounts after each event */
  GPtrArray *lanes;          /* GArray of guint for each lane: its events */
} Track;

struct _MillReplay {
  gatomicrefcount references;
  MillChartSpec *spec;
  GPtrArray *tracks;
  gint64 end_us;
};

static void
track_free (gpointer data)
{
  Track *track = data;

  g_free (track->label);
  for (guint i = 0; i < G_N_ELEMENTS (track->data); i++)
    mill_timeline_data_free (track->data[i]);
  g_array_unref (track->events);
  g_array_unref (track->counts);
  g_ptr_array_unref (track->lanes);
  g_free (track);
}

static const MillTimelineEntry *
get_entry (const Track *track, guint request)
{
  return &g_array_index (track->trial->timeline, MillTimelineEntry, request);
}

static void
add_event (Track *track, const MillTimelineRequest *request, guint lane, MillReplayStep step)
{
  static const guint edges[] = { 0, 1, 2, MILL_N_SPANS };
  MillReplayEvent event = { request->edges[edges[step]], request->index, lane, 0, step };

  g_array_append_val (track->events, event);
}

/* Only what was recorded: what computes sends nothing, and one that hangs never ends. */
static void
add_events (Track *track, const MillTimelineRequest *request, guint lane)
{
  const MillTimelineEntry *entry = get_entry (track, request->index);

  add_event (track, request, lane, MILL_REPLAY_STARTED);
  if (entry->sent_us > 0)
    add_event (track, request, lane, MILL_REPLAY_SENT);
  if (request->answered && entry->first_byte_us > 0)
    add_event (track, request, lane, MILL_REPLAY_FIRST_BYTE);
  if (entry->outcome != MILL_OUTCOME_PENDING)
    add_event (track, request, lane, MILL_REPLAY_ENDED);
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const MillReplayEvent *left = a, *right = b;

  if (left->time_us != right->time_us)
    return left->time_us < right->time_us ? -1 : 1;
  if (left->request != right->request)
    return left->request < right->request ? -1 : 1;
  return (int) left->step - (int) right->step;
}

static void
count_event (const Track *track, const MillReplayEvent *event, MillReplayCounts *counts)
{
  const MillTimelineEntry *entry = get_entry (track, event->request);
  gboolean waited = entry->sent_us > 0;
  gboolean answered = entry->first_byte_us > 0 && entry->first_byte_us >= entry->sent_us;

  switch (event->step) {
  case MILL_REPLAY_STARTED:
    counts->ready--;
    counts->running++;
    break;
  case MILL_REPLAY_SENT:
    counts->running--;
    counts->waiting++;
    break;
  case MILL_REPLAY_FIRST_BYTE:
    if (waited) {
      counts->waiting--;
      counts->running++;
    }
    break;
  case MILL_REPLAY_ENDED:
  default:
    if (waited && !answered)
      counts->waiting--;
    else
      counts->running--;
    counts->done++;
    counts->failed += entry->outcome != MILL_OUTCOME_OK;
    break;
  }
}

/* Counts after each event, and the turns of each lane. */
static void
walk_events (Track *track)
{
  MillReplayCounts counts = { .ready = track->trial->timeline->len };

  for (guint i = 0; i < track->events->len; i++) {
    MillReplayEvent *event = &g_array_index (track->events, MillReplayEvent, i);
    GArray *lane = g_ptr_array_index (track->lanes, event->lane);

    event->turn = 1;
    if (lane->len > 0) {
      const MillReplayEvent *before = &g_array_index (track->events, MillReplayEvent,
                                                      g_array_index (lane, guint, lane->len - 1));

      event->turn = before->turn + (event->time_us - before->time_us > MILL_REPLAY_PAUSE_US);
    }
    g_array_append_val (lane, i);
    count_event (track, event, &counts);
    g_array_append_val (track->counts, counts);
  }
}

static Track *
track_new (const MillSeries *series, guint index, const MillTrialResult *trial)
{
  Track *track = g_new0 (Track, 1);
  const MillTimelineData *data;

  track->label = g_strdup (series->label);
  track->series = index;
  track->trial = trial;
  track->events = g_array_new (FALSE, FALSE, sizeof (MillReplayEvent));
  track->counts = g_array_new (FALSE, FALSE, sizeof (MillReplayCounts));
  track->lanes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (track->data); i++)
    track->data[i] = mill_timeline_data_new (trial, i == MILL_TIMELINE_BY_REQUEST);
  data = track->data[MILL_TIMELINE_BY_LANE];
  for (guint i = 0; i < data->lanes->len; i++)
    g_ptr_array_add (track->lanes, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint i = 0; i < data->rows->len; i++) {
    const MillTimelineRow *row = &g_array_index (data->rows, MillTimelineRow, i);

    for (guint j = row->first; j < row->first + row->n; j++)
      add_events (track, &g_array_index (data->requests, MillTimelineRequest, j), row->lane);
  }
  g_array_sort (track->events, compare_events);
  walk_events (track);
  return track;
}

/* The recorded trial of each series that has one, by the index of the series. */
static GArray *
find_recorded (GPtrArray *series)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < series->len; i++) {
    const MillTrialResult *trial = mill_series_typical_trial (g_ptr_array_index (series, i));

    if (trial != NULL && trial->timeline->len > 0)
      g_array_append_val (found, i);
  }
  return found;
}

GStrv
mill_replay_labels (const MillChartSpec *spec)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));
  g_autoptr (GArray) found = find_recorded (series);
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();

  for (guint i = 0; i < found->len; i++) {
    const MillSeries *one = g_ptr_array_index (series, g_array_index (found, guint, i));

    g_strv_builder_add (labels, one->label);
  }
  return g_strv_builder_end (labels);
}

MillReplay *
mill_replay_new (const MillChartSpec *spec, guint first, int second)
{
  g_autoptr (GPtrArray) series = mill_series_list (spec, mill_theme_get (MILL_THEME_LIGHT));
  g_autoptr (GArray) found = find_recorded (series);
  const int wanted[MILL_REPLAY_MAX_TRACKS] = { (int) first, second };
  MillChartOptions options;
  MillReplay *replay;

  if (first >= found->len)
    return NULL;
  replay = g_new0 (MillReplay, 1);
  g_atomic_ref_count_init (&replay->references);
  /* Without a replay of its own: nothing must refer to itself. */
  options = *mill_chart_spec_get_options (spec);
  options.replay = NULL;
  replay->spec = mill_chart_spec_with_options (spec, &options);
  replay->tracks = g_ptr_array_new_with_free_func (track_free);
  for (guint i = 0; i < MILL_REPLAY_MAX_TRACKS; i++) {
    if (wanted[i] < 0 || (guint) wanted[i] >= found->len)
      continue;
    guint index = g_array_index (found, guint, wanted[i]);
    const MillSeries *one = g_ptr_array_index (series, index);
    Track *track = track_new (one, index, mill_series_typical_trial (one));

    replay->end_us = MAX (replay->end_us, track->data[0]->end_us);
    g_ptr_array_add (replay->tracks, track);
  }
  return replay;
}

MillReplay *
mill_replay_ref (MillReplay *replay)
{
  g_atomic_ref_count_inc (&replay->references);
  return replay;
}

void
mill_replay_unref (MillReplay *replay)
{
  if (!g_atomic_ref_count_dec (&replay->references))
    return;
  g_ptr_array_unref (replay->tracks);
  mill_chart_spec_unref (replay->spec);
  g_free (replay);
}

guint
mill_replay_get_n_tracks (const MillReplay *replay)
{
  return replay->tracks->len;
}

static const Track *
get_track (const MillReplay *replay, guint track)
{
  return g_ptr_array_index (replay->tracks, track);
}

const char *
mill_replay_get_label (const MillReplay *replay, guint track)
{
  return get_track (replay, track)->label;
}

gint64
mill_replay_get_end_us (const MillReplay *replay)
{
  return replay->end_us;
}

const MillTimelineData *
mill_replay_get_data (const MillReplay *replay, guint track, MillTimelineView view)
{
  return get_track (replay, track)->data[view];
}

const MillTrialResult *
mill_replay_get_trial (const MillReplay *replay, guint track)
{
  return get_track (replay, track)->trial;
}

guint
mill_replay_get_series (const MillReplay *replay, guint track)
{
  return get_track (replay, track)->series;
}

const MillReplayEvent *
mill_replay_get_events (const MillReplay *replay, guint track, guint *n_events)
{
  const Track *one = get_track (replay, track);

  *n_events = one->events->len;
  return (const MillReplayEvent *) (const void *) one->events->data;
}

/* How many of `n` events, of which `lane` may name the indices, lie at or before a time; with
 * `strictly` only those before. */
static guint
count_until (const Track *track, const GArray *lane, gint64 time_us, gboolean strictly)
{
  guint low = 0, high = lane != NULL ? lane->len : track->events->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    guint index = lane != NULL ? g_array_index (lane, guint, middle) : middle;
    gint64 at_us = g_array_index (track->events, MillReplayEvent, index).time_us;

    if (at_us < time_us || (at_us == time_us && !strictly))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void
mill_replay_count (const MillReplay *replay, guint track, gint64 time_us, MillReplayCounts *counts)
{
  const Track *one = get_track (replay, track);
  guint n = count_until (one, NULL, time_us, FALSE);

  *counts = n > 0 ? g_array_index (one->counts, MillReplayCounts, n - 1)
                  : (MillReplayCounts){ .ready = one->trial->timeline->len };
}

gint64
mill_replay_next (const MillReplay *replay, gint64 time_us, gboolean forwards)
{
  gint64 found_us = forwards ? replay->end_us : 0;

  for (guint i = 0; i < replay->tracks->len; i++) {
    const Track *track = get_track (replay, i);
    guint n = count_until (track, NULL, time_us, !forwards);

    if (forwards && n < track->events->len)
      found_us = MIN (found_us, g_array_index (track->events, MillReplayEvent, n).time_us);
    else if (!forwards && n > 0)
      found_us = MAX (found_us, g_array_index (track->events, MillReplayEvent, n - 1).time_us);
  }
  return found_us;
}

static const MillReplayEvent *
lane_event (const Track *track, const GArray *lane, guint place)
{
  return &g_array_index (track->events, MillReplayEvent, g_array_index (lane, guint, place));
}

void
mill_replay_turn (
    const MillReplay *replay, guint track, guint lane, gint64 time_us, MillReplayTurn *turn)
{
  const Track *one = get_track (replay, track);
  const GArray *events = g_ptr_array_index (one->lanes, lane);
  guint n = count_until (one, events, time_us, FALSE);

  *turn = (MillReplayTurn){ .polling = TRUE };
  if (events->len > 0)
    turn->n_turns = lane_event (one, events, events->len - 1)->turn;
  if (n == 0)
    return;
  turn->current = lane_event (one, events, n - 1);
  turn->turn = turn->current->turn;
  while (n + turn->n_ready < events->len &&
         lane_event (one, events, n + turn->n_ready)->turn == turn->turn)
    turn->n_ready++;
  turn->polling = turn->n_ready == 0 && turn->current->time_us < time_us;
}

const MillReplayEvent *
mill_replay_ready (const MillReplay *replay, guint track, guint lane, gint64 time_us, guint place)
{
  const Track *one = get_track (replay, track);
  const GArray *events = g_ptr_array_index (one->lanes, lane);
  guint n = count_until (one, events, time_us, FALSE);

  if (n == 0 || n + place >= events->len ||
      lane_event (one, events, n + place)->turn != lane_event (one, events, n - 1)->turn)
    return NULL;
  return lane_event (one, events, n + place);
}

const MillTimelineRequest *
mill_replay_request_at (const MillTimelineData *data, guint row, gint64 time_us)
{
  const MillTimelineRow *place = &g_array_index (data->rows, MillTimelineRow, row);
  const MillTimelineRequest *requests =
      &g_array_index (data->requests, MillTimelineRequest, place->first);
  guint low = 0, high = place->n;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (requests[middle].edges[0] <= time_us)
      low = middle + 1;
    else
      high = middle;
  }
  return low > 0 && requests[low - 1].edges[MILL_N_SPANS] > time_us ? &requests[low - 1] : NULL;
}

GArray *
mill_replay_waiting (const MillReplay *replay, guint track, guint lane, gint64 time_us)
{
  const MillTimelineData *data = mill_replay_get_data (replay, track, MILL_TIMELINE_BY_LANE);
  const MillTimelineLane *place = &g_array_index (data->lanes, MillTimelineLane, lane);
  g_autoptr (GHashTable) ready = g_hash_table_new (NULL, NULL);
  GArray *waiting = g_array_new (FALSE, FALSE, sizeof (guint));
  const MillReplayEvent *event;

  for (guint i = 0; (event = mill_replay_ready (replay, track, lane, time_us, i)) != NULL; i++)
    g_hash_table_add (ready, GUINT_TO_POINTER (event->request));
  for (guint row = place->first_row; row < place->first_row + place->n_rows; row++) {
    const MillTimelineRequest *request = mill_replay_request_at (data, row, time_us);

    if (request != NULL && !g_hash_table_contains (ready, GUINT_TO_POINTER (request->index)))
      g_array_append_val (waiting, request->index);
  }
  return waiting;
}

char *
mill_replay_event_text (const MillReplay *replay, guint track, const MillReplayEvent *event)
{
  const Track *one = get_track (replay, track);
  const MillTimelineEntry *entry = get_entry (one, event->request);
  guint number = event->request + 1;

  switch (event->step) {
  case MILL_REPLAY_STARTED:
    return g_strdup_printf (_ ("request %u: begins"), number);
  case MILL_REPLAY_SENT:
    return g_strdup_printf (
        entry->new_connection ? _ ("request %u: connected, sent") : _ ("request %u: sent"), number);
  case MILL_REPLAY_FIRST_BYTE:
    return g_strdup_printf (_ ("request %u: first byte"), number);
  case MILL_REPLAY_ENDED:
  default:
    return g_strdup_printf (entry->outcome == MILL_OUTCOME_OK ? _ ("request %u: done")
                                                              : _ ("request %u: failed"),
                            number);
  }
}

char *
mill_replay_describe (const MillReplay *replay, gint64 time_us)
{
  g_autofree char *time = mill_time_to_string (&mill_chart_spec_get_options (replay->spec)->numbers,
                                               (double) time_us / G_USEC_PER_SEC,
                                               (double) replay->end_us / G_USEC_PER_SEC);
  GString *text = g_string_new (NULL);

  g_string_printf (text, _ ("At %s:"), time);
  for (guint i = 0; i < replay->tracks->len; i++) {
    MillReplayCounts counts;

    mill_replay_count (replay, i, time_us, &counts);
    g_string_append_c (text, ' ');
    /* Translators: a model, then how many of its requests are in which state. */
    g_string_append_printf (text, _ ("%s: %u ready, %u running, %u waiting, %u done."),
                            get_track (replay, i)->label, counts.ready, counts.running,
                            counts.waiting, counts.done);
    if (counts.failed > 0) {
      g_string_append_c (text, ' ');
      g_string_append_printf (text, ngettext ("%u failed.", "%u failed.", counts.failed),
                              counts.failed);
    }
  }
  return g_string_free (text, FALSE);
}

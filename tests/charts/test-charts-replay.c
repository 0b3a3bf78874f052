/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-kind.h"
#include "charts/mill-replay-film.h"
#include "sample-results.h"

#include <math.h>

/* A trial of one loop, by hand: three requests, sent together, answered in another order; and a
 * thread that runs two after each other. */
static const MillTimelineEntry loop_entries[] = {
  { 0, 0, 100, 1000, 50000, 50200, MILL_OUTCOME_OK, 1 },
  { 0, 0, 150, 1100, 40000, 40300, MILL_OUTCOME_OK, 1 },
  { 0, 0, 200, 1200, 50100, 50300, MILL_OUTCOME_HTTP_5XX, 1 },
};
static const MillTimelineEntry thread_entries[] = {
  { 0, 0, 100, 1000, 50000, 50200, MILL_OUTCOME_OK, 1 },
  { 0, 50300, 50400, 50500, 99000, 100000, MILL_OUTCOME_OK, 0 },
};

static void
add_trial (MillResult *result, const char *model, const MillTimelineEntry *entries, guint n)
{
  MillTrialResult *trial = mill_trial_result_new ();

  trial->model = g_strdup (model);
  trial->wall_time_s = 0.1;
  trial->requests_ok = n;
  g_array_append_vals (trial->timeline, entries, n);
  g_ptr_array_add (result->trials, trial);
}

static MillChartSpec *
spec_new (void)
{
  g_autoptr (MillExperiment) experiment = mill_experiment_new ();
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) mill_result_free);
  g_autoptr (GError) error = NULL;
  MillResult *result;

  g_array_unref (experiment->models);
  experiment->models =
      mill_model_list_parse ("main-loop:3,thread-pool:1", MILL_WORKLOAD_HTTP, &error);
  g_assert_no_error (error);
  result = mill_result_new (experiment);
  add_trial (result, "main-loop:3", loop_entries, G_N_ELEMENTS (loop_entries));
  add_trial (result, "thread-pool:1", thread_entries, G_N_ELEMENTS (thread_entries));
  mill_result_summarise (result);
  g_ptr_array_add (results, result);
  return mill_chart_spec_new (MILL_CHART_TIMELINE, results, NULL);
}

static void
assert_counts (const MillReplay *replay,
               guint track,
               gint64 time_us,
               guint ready,
               guint running,
               guint waiting,
               guint done)
{
  MillReplayCounts counts;

  mill_replay_count (replay, track, time_us, &counts);
  g_assert_cmpuint (counts.ready, ==, ready);
  g_assert_cmpuint (counts.running, ==, running);
  g_assert_cmpuint (counts.waiting, ==, waiting);
  g_assert_cmpuint (counts.done, ==, done);
}

static void
test_counts (void)
{
  g_autoptr (MillChartSpec) spec = spec_new ();
  g_auto (GStrv) labels = mill_replay_labels (spec);
  g_autoptr (MillReplay) replay = mill_replay_new (spec, 0, 1);

  g_assert_cmpuint (g_strv_length (labels), ==, 2);
  g_assert_cmpstr (labels[1], ==, "thread-pool:1");
  g_assert_cmpuint (mill_replay_get_n_tracks (replay), ==, 2);
  g_assert_cmpint (mill_replay_get_end_us (replay), ==, 100000);
  assert_counts (replay, 0, 0, 3, 0, 0, 0);
  assert_counts (replay, 0, 99, 3, 0, 0, 0);
  assert_counts (replay, 0, 100, 2, 1, 0, 0);
  assert_counts (replay, 0, 1050, 0, 2, 1, 0);
  assert_counts (replay, 0, 30000, 0, 0, 3, 0);
  assert_counts (replay, 0, 40000, 0, 1, 2, 0);
  assert_counts (replay, 0, 40300, 0, 0, 2, 1);
  assert_counts (replay, 0, 50300, 0, 0, 0, 3);
  assert_counts (replay, 1, 50300, 1, 0, 0, 1);
  assert_counts (replay, 1, 50400, 0, 1, 0, 1);
  assert_counts (replay, 1, G_MAXINT64, 0, 0, 0, 2);
  g_autofree char *text = mill_replay_describe (replay, 50300);
  g_assert_nonnull (strstr (text, "main-loop:3: 0 ready, 0 running, 0 waiting, 3 done. 1 failed."));
  g_assert_nonnull (strstr (text, "thread-pool:1: 1 ready, 0 running, 0 waiting, 1 done."));
}

/* Stepping reaches every recorded instant once, and the same ones backwards. */
static void
test_steps (void)
{
  g_autoptr (MillChartSpec) spec = spec_new ();
  g_autoptr (MillReplay) replay = mill_replay_new (spec, 0, 1);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 now = 0; now < mill_replay_get_end_us (replay);) {
    gint64 next = mill_replay_next (replay, now, TRUE);

    g_assert_cmpint (next, >, now);
    g_array_append_val (times, next);
    now = next;
  }
  /* 12 instants of the loop and 8 of the thread; both share 100, 1,000, 50,000 and 50,200, and
   * the loop ends its third at 50,300. */
  g_assert_cmpuint (times->len, ==, 16);
  gint64 now = mill_replay_get_end_us (replay);
  for (guint i = times->len - 1; i > 0; i--) {
    now = mill_replay_next (replay, now, FALSE);
    g_assert_cmpint (now, ==, g_array_index (times, gint64, i - 1));
  }
  g_assert_cmpint (mill_replay_next (replay, now, FALSE), ==, 0);
  g_assert_cmpint (mill_replay_next (replay, 0, FALSE), ==, 0);
}

static void
test_turns (void)
{
  g_autoptr (MillChartSpec) spec = spec_new ();
  g_autoptr (MillReplay) replay = mill_replay_new (spec, 0, -1);
  MillReplayTurn turn;

  g_assert_cmpuint (mill_replay_get_n_tracks (replay), ==, 1);
  mill_replay_turn (replay, 0, 0, 50, &turn);
  g_assert_null (turn.current);
  g_assert_true (turn.polling);
  /* Starts, then what was connected, then one answer, then two. */
  g_assert_cmpuint (turn.n_turns, ==, 4);
  mill_replay_turn (replay, 0, 0, 100, &turn);
  g_assert_cmpuint (turn.turn, ==, 1);
  g_assert_cmpuint (turn.n_ready, ==, 2);
  g_assert_cmpuint (mill_replay_ready (replay, 0, 0, 100, 1)->request, ==, 2);
  g_assert_null (mill_replay_ready (replay, 0, 0, 100, 2));
  mill_replay_turn (replay, 0, 0, 30000, &turn);
  g_assert_true (turn.polling);
  g_assert_cmpuint (turn.turn, ==, 2);
  g_autoptr (GArray) waiting = mill_replay_waiting (replay, 0, 0, 30000);
  g_assert_cmpuint (waiting->len, ==, 3);
  mill_replay_turn (replay, 0, 0, 50000, &turn);
  g_assert_false (turn.polling);
  g_assert_cmpuint (turn.turn, ==, 4);
  g_assert_cmpint (turn.current->step, ==, MILL_REPLAY_FIRST_BYTE);
  g_assert_cmpuint (turn.current->request, ==, 0);
  g_assert_cmpuint (turn.n_ready, ==, 3);
  /* What is ready does not wait. */
  g_autoptr (GArray) none = mill_replay_waiting (replay, 0, 0, 50000);
  g_assert_cmpuint (none->len, ==, 0);
  g_autofree char *text = mill_replay_event_text (replay, 0, turn.current);
  g_assert_cmpstr (text, ==, "request 1: first byte");
}

/* A record read from a file may contradict itself: the states still add up. */
static void
test_hostile (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  for (guint i = 0; i < result->trials->len; i++) {
    GArray *timeline = ((MillTrialResult *) g_ptr_array_index (result->trials, i))->timeline;

    for (guint j = 0; j < timeline->len; j++) {
      MillTimelineEntry *entry = &g_array_index (timeline, MillTimelineEntry, j);
      gint64 *times[] = { &entry->queued_us, &entry->started_us, &entry->sent_us,
                          &entry->first_byte_us, &entry->done_us };

      for (guint k = 0; k < G_N_ELEMENTS (times); k++)
        *times[k] = g_rand_int_range (random, -1000, 100000);
      entry->outcome = (guint8) g_rand_int_range (random, 0, MILL_N_OUTCOMES);
    }
  }
  g_autoptr (MillChartSpec) spec =
      mill_chart_spec_new_for_result (MILL_CHART_TIMELINE, result, NULL);
  g_autoptr (MillReplay) replay = mill_replay_new (spec, 1, 2);
  for (guint track = 0; track < 2; track++) {
    for (gint64 now = 0; now <= 110000; now += 500) {
      MillReplayCounts counts;

      mill_replay_count (replay, track, now, &counts);
      g_assert_cmpuint (counts.ready, <=, 80);
      g_assert_cmpuint (counts.running, <=, 80);
      g_assert_cmpuint (counts.waiting, <=, 80);
      g_assert_cmpuint (counts.ready + counts.running + counts.waiting + counts.done, ==, 80);
    }
  }
}

static void
test_nothing (void)
{
  g_autoptr (MillResult) result = sample_result_published ();
  g_autoptr (MillChartSpec) spec =
      mill_chart_spec_new_for_result (MILL_CHART_TIMELINE, result, NULL);
  g_auto (GStrv) labels = mill_replay_labels (spec);

  g_assert_cmpuint (g_strv_length (labels), ==, 0);
  g_assert_null (mill_replay_new (spec, 0, -1));
}

static MillChartSpec *
moment_new (MillTimelineView view, int second, gint64 time_us)
{
  g_autoptr (MillChartSpec) spec = spec_new ();
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  options.timeline_view = view;
  options.replay = mill_replay_new (spec, 0, second);
  options.replay_us = time_us;
  return mill_chart_spec_with_options (spec, &options);
}

static void
assert_golden (const MillScene *scene, const char *name)
{
  g_autofree char *text = mill_scene_to_text (scene);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "charts", "golden", name, NULL);
  g_autofree char *golden = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("MILL_UPDATE_GOLDEN")) {
    g_file_set_contents (path, text, -1, &error);
    g_assert_no_error (error);
    return;
  }
  g_file_get_contents (path, &golden, NULL, &error);
  g_assert_no_error (error);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) expected = g_strsplit (golden, "\n", -1);
  for (guint i = 0; lines[i] && expected[i]; i++)
    g_assert_cmpstr (lines[i], ==, expected[i]);
  g_assert_cmpuint (g_strv_length (lines), ==, g_strv_length (expected));
}

static void
test_golden (void)
{
  static const struct {
    const char *name;
    MillTimelineView view;
    int second;
    gint64 time_us;
  } cases[] = {
    { "replay-loop.txt", MILL_TIMELINE_BY_LANE, -1, 50000 },
    { "replay-beside.txt", MILL_TIMELINE_BY_LANE, 1, 40300 },
    { "replay-request.txt", MILL_TIMELINE_BY_REQUEST, -1, 30000 },
  };
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (MillChartSpec) spec = moment_new (cases[i].view, cases[i].second, cases[i].time_us);
    g_autoptr (MillScene) scene = mill_chart_layout (spec, MILL_THEME_LIGHT, 856, 520, measurer);

    assert_golden (scene, cases[i].name);
    g_assert_cmpstr (mill_scene_get_title (scene), ==, "Replay");
    g_assert_nonnull (strstr (mill_scene_get_summary (scene), "waiting"));
    g_assert_cmpuint (mill_scene_get_n_table_rows (scene), ==, cases[i].second >= 0 ? 3 : 2);
  }
}

/* Whether some text of the scene holds these words. */
static gboolean
has_text (const MillScene *scene, const char *words)
{
  for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++) {
    const MillPrimitive *primitive = mill_scene_get_primitive (scene, i);

    if (primitive->type == MILL_PRIMITIVE_TEXT && strstr (primitive->text, words) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* For a projector: what is counted is written out. */
static void
test_large (void)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();
  g_autoptr (MillChartSpec) spec = moment_new (MILL_TIMELINE_BY_LANE, 1, 40300);
  MillChartOptions options = *mill_chart_spec_get_options (spec);

  options.large = TRUE;
  g_autoptr (MillChartSpec) large = mill_chart_spec_with_options (spec, &options);
  g_autoptr (MillScene) scene =
      mill_chart_layout (large, MILL_THEME_HIGH_CONTRAST, 1280, 720, measurer);
  g_assert_true (has_text (scene, "running"));
  g_assert_false (has_text (scene, "wait…"));
}

/* A thousand lanes: as many as fit at 4 px, and how many of how many. */
static void
test_many_lanes (void)
{
  g_autoptr (MillResult) result = sample_result_first ();
  MillTrialResult *trial = NULL;
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();

  for (guint i = 0; i < result->trials->len; i++) {
    trial = g_ptr_array_index (result->trials, i);
    if (!g_str_equal (trial->model, "thread-pool:20"))
      continue;
    g_array_set_size (trial->timeline, 0);
    for (guint lane = 0; lane < 1000; lane++) {
      const MillTimelineEntry entry = { lane,  0,     100 + lane,      1000 + lane,
                                        50000, 51000, MILL_OUTCOME_OK, 1 };

      g_array_append_val (trial->timeline, entry);
    }
  }
  g_autoptr (MillChartSpec) spec =
      mill_chart_spec_new_for_result (MILL_CHART_TIMELINE, result, NULL);
  g_auto (MillChartOptions) options;
  mill_chart_options_init (&options);
  options.replay = mill_replay_new (spec, 1, -1);
  options.replay_us = 20000;
  g_autoptr (MillChartSpec) moment = mill_chart_spec_with_options (spec, &options);
  g_autoptr (MillScene) scene = mill_chart_layout (moment, MILL_THEME_LIGHT, 856, 520, measurer);
  g_assert_true (has_text (scene, " of 1000"));
  g_assert_false (has_text (scene, "1000 of 1000"));
}

/* From a thumbnail to a wall, in each theme. */
static void
test_sizes (void)
{
  static const double sizes[][2] = {
    { 32, 32 }, { 120, 300 }, { 360, 500 }, { 856, 374 }, { 1920, 1080 }
  };
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_fixed ();

  for (guint theme = 0; theme < MILL_N_THEMES; theme++) {
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      g_autoptr (MillChartSpec) spec = moment_new (MILL_TIMELINE_BY_LANE, 1, 45000);
      g_autoptr (MillScene) scene =
          mill_chart_layout (spec, (MillThemeId) theme, sizes[i][0], sizes[i][1], measurer);

      for (guint j = 0; j < mill_scene_get_n_primitives (scene); j++) {
        const MillPrimitive *primitive = mill_scene_get_primitive (scene, j);

        g_assert_true (isfinite (primitive->box.x) && isfinite (primitive->box.width));
        g_assert_cmpfloat (primitive->box.width, >=, 0.0);
      }
    }
  }
}

static void
on_progress (guint n_written, guint n_frames, gpointer data)
{
  guint *last = data;

  g_assert_cmpuint (n_written, ==, *last + 1);
  g_assert_cmpuint (n_written, <=, n_frames);
  *last = n_written;
}

static void
cancel_at_third (guint n_written, guint n_frames, gpointer data)
{
  if (n_written == 3)
    g_cancellable_cancel (data);
}

/* How many entries a folder has. */
static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_film (void)
{
  g_autofree char *home = g_dir_make_tmp ("threadmill-film-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (home, "film", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) parent = g_file_new_for_path (home);
  g_autoptr (MillChartSpec) spec = moment_new (MILL_TIMELINE_BY_LANE, 1, 0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  MillExportOptions options;
  guint n_written = 0;
  MillFilmOptions film = { 10.0, 5, cancel_at_third, cancellable };

  mill_export_options_init (&options);
  options.width_px = 320;
  options.height_px = 200;
  g_assert_cmpuint (mill_replay_film_count (mill_chart_spec_get_options (spec)->replay, &film), ==,
                    6);
  /* Cancelled: nothing stays behind. */
  g_assert_false (mill_replay_film_save (spec, folder, &options, &film, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpuint (count_entries (home), ==, 0);

  film.progress = on_progress;
  film.data = &n_written;
  g_assert_true (mill_replay_film_save (spec, folder, &options, &film, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_written, ==, 6);
  g_assert_cmpuint (count_entries (home), ==, 1);
  g_assert_cmpuint (count_entries (path), ==, 6);

  /* What is there stays as it is. */
  g_assert_false (mill_replay_film_save (spec, folder, &options, &film, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS);
  g_clear_error (&error);
  film.slowness = 1e6;
  g_autoptr (GFile) other = g_file_get_child (parent, "other");
  g_assert_false (mill_replay_film_save (spec, other, &options, &film, NULL, &error));
  g_assert_nonnull (strstr (error->message, "faster"));
  for (guint i = 1; i <= 6; i++) {
    g_autofree char *name = g_strdup_printf ("frame-%04u.png", i);
    g_autoptr (GFile) frame = g_file_get_child (folder, name);

    g_assert_true (g_file_delete (frame, NULL, NULL));
  }
  g_assert_true (g_file_delete (folder, NULL, NULL));
  g_assert_true (g_file_delete (parent, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charts/replay/large", test_large);
  g_test_add_func ("/charts/replay/counts", test_counts);
  g_test_add_func ("/charts/replay/steps", test_steps);
  g_test_add_func ("/charts/replay/turns", test_turns);
  g_test_add_func ("/charts/replay/hostile", test_hostile);
  g_test_add_func ("/charts/replay/nothing", test_nothing);
  g_test_add_func ("/charts/replay/golden", test_golden);
  g_test_add_func ("/charts/replay/many-lanes", test_many_lanes);
  g_test_add_func ("/charts/replay/sizes", test_sizes);
  g_test_add_func ("/charts/replay/film", test_film);
  return g_test_run ();
}

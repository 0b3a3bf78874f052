/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <X11/Xlib.h>

#include "platform/mill-usage.h"
#include "result/mill-statistics.h"
#include "window-bench.h"

/* What the window does while 100,000 requests run: how much CPU time it takes, and how fast it
 * answers. The pointer is moved by the X server itself, from a thread with a connection of its
 * own, from one button of the view switcher to another, which lights up. */

#define MODEL "main-loop:50"
#define REQUESTS 100000
#define LIMIT_MS 50.0
#define LIMIT_PERCENT 5.0
#define ANSWER_TIMEOUT_US (5 * G_USEC_PER_SEC)
#define PAGE_INTERVAL_MS 300

static void
report_latency (const char *what, GArray *times_ms)
{
  const double *values = (const double *) times_ms->data;
  g_autofree char *most = g_strdup_printf ("%s, 99 %% of %u", what, times_ms->len);

  if (times_ms->len < 10)
    window_bench_fail ("%s: only %u answers", what, times_ms->len);
  g_print ("       %s: median %.1f ms, slowest %.1f ms\n", what,
           mill_median (values, times_ms->len), mill_quantile (values, times_ms->len, 1));
  window_bench_at_most (most, mill_quantile (values, times_ms->len, 0.99), LIMIT_MS, " ms");
}

static void
add_time (GArray *times_ms, gint64 begun_us)
{
  double ms = (double) (g_get_monotonic_time () - begun_us) / 1000;

  g_array_append_val (times_ms, ms);
}

static void
start (MillWindow *window, const char *page)
{
  g_autoptr (MillExperiment) experiment = window_bench_experiment (MODEL, REQUESTS, 0);

  mill_window_show_page (window, "experiment");
  window_bench_start (window, experiment);
  mill_window_show_page (window, page);
}

static double
cpu_s (void)
{
  MillUsage usage;

  if (!mill_usage_read (&usage))
    window_bench_fail ("the system does not tell the CPU time");
  return usage.user_s + usage.system_s;
}

/* From the first to the last sign of the trial: what comes before and after is no measurement. */
typedef struct {
  gint64 begun_us, ended_us; /* 0: not yet */
  double begun_s, ended_s;
  guint n_frames;
} Trial;

static void
on_frame (GdkFrameClock *clock, Trial *trial)
{
  trial->n_frames += trial->begun_us != 0 && trial->ended_us == 0;
}

static void
on_trial_started (Trial *trial)
{
  trial->begun_us = g_get_monotonic_time ();
  trial->begun_s = cpu_s ();
}

static void
on_trial_finished (Trial *trial)
{
  trial->ended_us = g_get_monotonic_time ();
  trial->ended_s = cpu_s ();
}

/* The CPU time of the window's own process: server and worker are others. */
static void
measure_cpu (MillWindow *window, const char *page, const char *what)
{
  Trial trial = { 0 };
  gint64 begun_us = g_get_monotonic_time ();
  double begun_s = cpu_s ();
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gulong frames = g_signal_connect (clock, "after-paint", G_CALLBACK (on_frame), &trial);
  double wall_s;
  MillBench *bench;

  start (window, page);
  bench = mill_session_get_bench (mill_window_get_session (window));
  g_signal_connect_swapped (bench, "trial-started", G_CALLBACK (on_trial_started), &trial);
  g_signal_connect_swapped (bench, "trial-finished", G_CALLBACK (on_trial_finished), &trial);
  window_bench_finish (window);
  window_bench_wait_for_frame (window);
  g_signal_handlers_disconnect_by_data (bench, &trial);
  g_signal_handler_disconnect (clock, frames);
  if (trial.begun_us == 0 || trial.ended_us == 0)
    window_bench_fail ("no trial ran");
  wall_s = (double) (trial.ended_us - trial.begun_us) / G_USEC_PER_SEC;
  g_print ("       %s: %.2f s of CPU time in %.1f s; with the start and the result %.2f s in "
           "%.1f s; %.1f frames a second\n",
           what, trial.ended_s - trial.begun_s, wall_s, cpu_s () - begun_s,
           (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC, trial.n_frames / wall_s);
  window_bench_at_most (what, 100 * (trial.ended_s - trial.begun_s) / wall_s, LIMIT_PERCENT,
                        " % of a core");
}

/* Moves the pointer, and waits for the answer before it does so again. */
typedef struct {
  Display *display;
  int x[2];
  int y;
  gint stop;            /* atomic */
  gint64 sent_us;       /* of the thread, handed over by the X server's answer */
  GAsyncQueue *painted; /* one item for each frame */
  GArray *handled_ms;
  GArray *painted_ms;
  gboolean handled; /* since the last frame */
  gboolean lost;
} Pointer;

static gpointer
move_pointer (gpointer data)
{
  Pointer *pointer = data;
  Window root = XDefaultRootWindow (pointer->display);

  for (guint i = 0; !g_atomic_int_get (&pointer->stop) && !pointer->lost; i++) {
    pointer->sent_us = g_get_monotonic_time ();
    XWarpPointer (pointer->display, None, root, 0, 0, 0, 0, pointer->x[i % 2], pointer->y);
    XFlush (pointer->display);
    pointer->lost = g_async_queue_timeout_pop (pointer->painted, ANSWER_TIMEOUT_US) == NULL;
    /* Out of step with everything that happens at an interval. */
    g_usleep (20000 + i * 7919 % 30000);
  }
  return NULL;
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, Pointer *pointer)
{
  if (!pointer->handled)
    add_time (pointer->handled_ms, pointer->sent_us);
  pointer->handled = TRUE;
}

static void
on_painted (GdkFrameClock *clock, Pointer *pointer)
{
  if (!pointer->handled)
    return;
  pointer->handled = FALSE;
  add_time (pointer->painted_ms, pointer->sent_us);
  g_async_queue_push (pointer->painted, pointer);
}

static GtkWidget *
find_type (GtkWidget *widget, const char *type)
{
  GtkWidget *found = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

/* Two places of the view switcher on the screen, where nothing else places the window. */
static void
find_places (MillWindow *window, Pointer *pointer)
{
  GtkWidget *switcher = find_type (GTK_WIDGET (window), "AdwViewSwitcher");
  graphene_rect_t bounds;
  double x, y;

  if (switcher == NULL || !gtk_widget_compute_bounds (switcher, GTK_WIDGET (window), &bounds))
    window_bench_fail ("the window has no view switcher");
  gtk_native_get_surface_transform (GTK_NATIVE (window), &x, &y);
  pointer->x[0] = (int) (x + bounds.origin.x + bounds.size.width * 0.5f);
  pointer->x[1] = (int) (x + bounds.origin.x + bounds.size.width * 0.85f);
  pointer->y = (int) (y + bounds.origin.y + bounds.size.height * 0.5f);
}

static void
measure_pointer (MillWindow *window)
{
  Pointer pointer = { .display = XOpenDisplay (NULL),
                      .painted = g_async_queue_new (),
                      .handled_ms = g_array_new (FALSE, FALSE, sizeof (double)),
                      .painted_ms = g_array_new (FALSE, FALSE, sizeof (double)) };
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  GThread *thread;
  gulong painted;

  if (pointer.display == NULL)
    window_bench_fail ("no X server");
  find_places (window, &pointer);
  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), &pointer);
  gtk_widget_add_controller (GTK_WIDGET (window), motion);
  painted = g_signal_connect (clock, "after-paint", G_CALLBACK (on_painted), &pointer);
  start (window, "experiment");
  thread = g_thread_new ("pointer", move_pointer, &pointer);
  window_bench_finish (window);
  g_atomic_int_set (&pointer.stop, TRUE);
  g_async_queue_push (pointer.painted, &pointer);
  g_thread_join (thread);
  g_signal_handler_disconnect (clock, painted);
  gtk_widget_remove_controller (GTK_WIDGET (window), motion);
  XCloseDisplay (pointer.display);
  if (pointer.lost)
    window_bench_fail ("the window did not answer the pointer");
  report_latency ("pointer to its handling", pointer.handled_ms);
  report_latency ("pointer to the next frame", pointer.painted_ms);
  g_array_unref (pointer.handled_ms);
  g_array_unref (pointer.painted_ms);
  g_async_queue_unref (pointer.painted);
}

/* Shows one page after the other, by the action that the keyboard has for it too. */
typedef struct {
  MillWindow *window;
  guint next;
  gint64 begun_us; /* 0: nothing is awaited */
  GArray *painted_ms;
} Pages;

static gboolean
show_next_page (gpointer data)
{
  static const char *const names[] = { "history", "experiment", "results", "experiment" };
  Pages *pages = data;

  if (pages->begun_us != 0)
    return G_SOURCE_CONTINUE;
  pages->begun_us = g_get_monotonic_time ();
  g_action_group_activate_action (G_ACTION_GROUP (pages->window), "page",
                                  g_variant_new_string (names[pages->next]));
  pages->next = (pages->next + 1) % G_N_ELEMENTS (names);
  return G_SOURCE_CONTINUE;
}

static void
on_page_painted (GdkFrameClock *clock, Pages *pages)
{
  if (pages->begun_us != 0)
    add_time (pages->painted_ms, pages->begun_us);
  pages->begun_us = 0;
}

static void
measure_pages (MillWindow *window)
{
  Pages pages = { .window = window, .painted_ms = g_array_new (FALSE, FALSE, sizeof (double)) };
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  gulong painted = g_signal_connect (clock, "after-paint", G_CALLBACK (on_page_painted), &pages);
  guint timer;

  start (window, "experiment");
  timer = g_timeout_add (PAGE_INTERVAL_MS, show_next_page, &pages);
  window_bench_finish (window);
  g_source_remove (timer);
  g_signal_handler_disconnect (clock, painted);
  report_latency ("another page to its frame", pages.painted_ms);
  g_array_unref (pages.painted_ms);
}

static void
measure (MillWindow *window)
{
  measure_cpu (window, "experiment", "CPU of the window, the running experiment shown");
  measure_cpu (window, "history", "CPU of the window, another page shown");
  measure_pointer (window);
  measure_pages (window);
}

int
main (int argc, char *argv[])
{
  XInitThreads ();
  return window_bench_run (&argc, &argv, NULL, measure);
}

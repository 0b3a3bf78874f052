/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include <glib/gi18n-lib.h>

#include "cli/mill-cli.h"
#include "cli/mill-progress-display.h"
#include "experiment/mill-text.h"
#include "platform/mill-process.h"

#define REDRAW_INTERVAL_US (G_USEC_PER_SEC / 10)
#define MIN_BAR_CELLS 8
#define MAX_BAR_CELLS 30
#define ERASE_LINE "\r\033[K"

struct _MillProgressDisplay {
  MillBench *bench;
  MillSweep sweep;
  gboolean terminal;
  gboolean unicode;
  int name_width;
  gint64 drawn_us;
};

char *
mill_progress_bar (double fraction, int cells, gboolean unicode)
{
  GString *bar = g_string_new (NULL);
  int full = (int) (CLAMP (fraction, 0, 1) * cells + 0.5);

  for (int i = 0; i < cells; i++)
    g_string_append (bar, i < full ? (unicode ? "█" : "#") : (unicode ? "░" : "."));
  return g_string_free (bar, FALSE);
}

/* How far the trial is: by its requests, or by its time where that bounds it. */
static double
fraction_done (const MillProgress *progress)
{
  double by_requests = progress->trial->requests > 0
                           ? (double) progress->done / (double) progress->trial->requests
                           : 0;
  double by_time =
      progress->trial->duration_s > 0 ? progress->elapsed_s / progress->trial->duration_s : 0;

  return CLAMP (MAX (by_requests, by_time), 0, 1);
}

/* What of @text fits into so many columns. */
static char *
cut_to_width (const char *text, int width)
{
  g_autoptr (GString) cut = g_string_new (text);

  while (cut->len > 0 && (int) mill_text_columns (cut->str) > width)
    g_string_truncate (cut, (gsize) (g_utf8_prev_char (cut->str + cut->len) - cut->str));
  return g_string_free (g_steal_pointer (&cut), FALSE);
}

/* A name and blanks up to the width of the longest; printf would count bytes. */
static char *
pad_name (MillProgressDisplay *self, const char *model, double sweep_value)
{
  g_autofree char *name = mill_cli_row_name (model, self->sweep, sweep_value);
  int blanks = MAX (self->name_width - (int) mill_text_columns (name), 0);

  return g_strdup_printf ("%s%*s", name, blanks, "");
}

/* The place, the bar and the text; where they do not fit together, the place and the bar. */
static char *
fit_line (MillProgressDisplay *self, const char *place, double fraction, const char *text)
{
  /* One column stays free: a full line would wrap on some terminals. */
  int width = mill_process_terminal_width () - 1;
  int beside_place = width - (int) mill_text_columns (place);
  int beside_text = beside_place - (int) mill_text_columns (text);
  gboolean with_text = beside_text >= 0 || beside_place < MIN_BAR_CELLS;
  int cells = with_text ? beside_text : beside_place;
  g_autofree char *bar =
      cells >= MIN_BAR_CELLS
          ? mill_progress_bar (fraction, MIN (cells, MAX_BAR_CELLS), self->unicode)
          : g_strdup ("");
  g_autofree char *line = g_strconcat (place, bar, with_text ? text : "", NULL);

  return cut_to_width (line, width);
}

static void
on_progress (MillBench *bench, const MillProgress *progress, gpointer data)
{
  MillProgressDisplay *self = data;
  const MillTrial *trial = progress->trial;
  gint64 now_us = g_get_monotonic_time ();
  double fraction = fraction_done (progress);

  if (now_us - self->drawn_us < REDRAW_INTERVAL_US)
    return;
  self->drawn_us = now_us;

  g_autofree char *name = pad_name (self, trial->model_name, trial->sweep_value);
  g_autofree char *place =
      g_strdup_printf ("[%d/%u] %s ", trial->order, mill_bench_get_plan (bench)->trials->len, name);
  g_autofree char *counts =
      g_strdup_printf (_ (" %" PRId64 " done, %" PRId64 " in flight, %.0f/s"), progress->done,
                       progress->in_flight, progress->throughput_rps);
  g_autofree char *failed = progress->failed > 0
                                ? g_strdup_printf (_ (", %" PRId64 " failed"), progress->failed)
                                : g_strdup ("");
  g_autofree char *left_text =
      fraction > 0.05
          ? mill_plan_describe_duration (progress->elapsed_s / fraction * (1 - fraction))
          : NULL;
  g_autofree char *left =
      left_text != NULL ? g_strdup_printf (_ (", %s left"), left_text) : g_strdup ("");
  g_autofree char *text = g_strconcat (counts, failed, left, NULL);
  g_autofree char *line = fit_line (self, place, fraction, text);

  fprintf (stderr, ERASE_LINE "%s", line);
  fflush (stderr);
}

static void
on_trial_started (MillBench *bench, const MillTrial *trial, gpointer data)
{
  MillProgressDisplay *self = data;

  self->drawn_us = 0;
  if (self->terminal)
    return;
  g_autofree char *name = mill_cli_row_name (trial->model_name, self->sweep, trial->sweep_value);
  fprintf (stderr, _ ("[%d/%u] %s, repetition %d: started\n"), trial->order,
           mill_bench_get_plan (bench)->trials->len, name, trial->repetition);
}

/* "8.05 s, 80 ok, 10/s", and what is not as it should be. */
static char *
describe_end (const MillTrialResult *trial)
{
  GString *text = g_string_new (NULL);

  if (trial->wall_time_s >= 0)
    g_string_append_printf (text, _ ("%.3f s, "), trial->wall_time_s);
  g_string_append_printf (text, _ ("%" PRId64 " ok"), MAX (trial->requests_ok, 0));
  if (trial->requests_failed > 0)
    g_string_append_printf (text, _ (", %" PRId64 " failed"), trial->requests_failed);
  if (trial->throughput_rps >= 0)
    g_string_append_printf (text, _ (", %.0f/s"), trial->throughput_rps);
  if (trial->status == MILL_TRIAL_PARTIAL)
    g_string_append (text, _ (", partial"));
  else if (trial->status == MILL_TRIAL_FAILED)
    g_string_append (text, _ (", failed"));
  if (trial->status != MILL_TRIAL_COMPLETE && trial->reason != NULL)
    g_string_append_printf (text, ": %s", trial->reason);
  return g_string_free (text, FALSE);
}

static void
on_trial_finished (MillBench *bench, const MillTrialResult *trial, gpointer data)
{
  MillProgressDisplay *self = data;
  g_autofree char *end = describe_end (trial);
  g_autofree char *name = pad_name (self, trial->model, trial->sweep_value);

  if (self->terminal)
    fputs (ERASE_LINE, stderr);
  fprintf (stderr, _ ("[%d/%u] %s repetition %d: %s\n"), trial->order,
           mill_bench_get_plan (bench)->trials->len, name, trial->repetition, end);
}

MillProgressDisplay *
mill_progress_display_new (MillBench *bench, const MillExperiment *experiment, gboolean terminal)
{
  MillProgressDisplay *self = g_new0 (MillProgressDisplay, 1);
  GPtrArray *estimates = mill_bench_get_plan (bench)->estimates;

  self->bench = bench;
  self->sweep = experiment->sweep;
  self->terminal = terminal;
  self->unicode = g_get_charset (NULL);
  for (guint i = 0; i < estimates->len; i++) {
    const MillModelEstimate *estimate = g_ptr_array_index (estimates, i);
    g_autofree char *name = mill_cli_row_name (estimate->model, self->sweep, estimate->sweep_value);
    self->name_width = MAX (self->name_width, (int) mill_text_columns (name));
  }
  if (terminal)
    g_signal_connect (bench, "progress", G_CALLBACK (on_progress), self);
  g_signal_connect (bench, "trial-started", G_CALLBACK (on_trial_started), self);
  g_signal_connect (bench, "trial-finished", G_CALLBACK (on_trial_finished), self);
  return self;
}

void
mill_progress_display_free (MillProgressDisplay *display)
{
  if (display == NULL)
    return;
  g_signal_handlers_disconnect_by_data (display->bench, display);
  g_free (display);
}

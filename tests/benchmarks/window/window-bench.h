/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-application.h"
#include "app/mill-window.h"

/* What the benchmarks of the window share: the real application with its real window, a main loop
 * that sleeps where nothing is to do, and one way to tell a figure. */

typedef void (*WindowBenchFunc) (MillWindow *window);
typedef gboolean (*WindowBenchCondition) (gpointer data);

/* Runs the application with empty folders of the user, which `prepare` (or NULL) may fill, and
 * `func` as soon as its window is shown; returns the status of the program. */
int window_bench_run (int *argc, char ***argv, void (*prepare) (void), WindowBenchFunc func);

/* Turns the main loop until a condition holds; ends the program where it does not in time. */
void window_bench_wait (WindowBenchCondition condition, gpointer data, const char *what);

/* Waits until a frame was painted that was asked for after this call. */
void window_bench_wait_for_frame (MillWindow *window);

/* An experiment on the built-in server: models separated by commas. */
MillExperiment *window_bench_experiment (const char *models, gint64 requests, double delay_s);

/* Starts an experiment in the form of the window by its actions; window_bench_finish() waits for
 * its end and returns what was measured, which must be `complete`. */
void window_bench_start (MillWindow *window, const MillExperiment *experiment);
const MillResult *window_bench_finish (MillWindow *window);

/* Runs an experiment by the command line and loads what it wrote, which must be `complete` too;
 * (transfer full). */
MillResult *window_bench_run_command (const char *models, gint64 requests, int repetitions);

/* One line: the figure, and whether it keeps what is wanted. The status of the program does not
 * depend on it: the machine may be busy. */
void window_bench_at_most (const char *what, double value, double limit, const char *unit);

/* Why nothing could be measured; ends the program. */
void window_bench_fail (const char *format, ...) G_GNUC_PRINTF (1, 2) G_GNUC_NORETURN;

/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Usage, limits and the machine, against readings that are not ours.
 */
#include "config.h"

#include <string.h>

#include "platform/mill-limits.h"
#include "platform/mill-machine.h"
#include "platform/mill-usage.h"

#define MIB (1024 * 1024)

static void
read_usage (MillUsage *usage)
{
  g_assert_true (mill_usage_read (usage));
}

/* Computes until this thread has used @seconds. */
static void
burn (double seconds)
{
  double end_s = mill_thread_cpu_time_s () + seconds;
  volatile guint64 sink = 1;
  while (mill_thread_cpu_time_s () < end_s) {
    for (int i = 0; i < 10000; i++)
      sink = sink * 31 + 7;
  }
}

static void
test_every_figure_is_known (void)
{
  MillUsage usage;
  read_usage (&usage);
  g_assert_cmpfloat (usage.user_s, >=, 0);
  g_assert_cmpfloat (usage.system_s, >=, 0);
#ifdef G_OS_WIN32 /* which has none, and none is not zero */
  g_assert_cmpint (usage.voluntary_switches, ==, -1);
  g_assert_cmpint (usage.involuntary_switches, ==, -1);
#else
  g_assert_cmpint (usage.voluntary_switches, >=, 0);
  g_assert_cmpint (usage.involuntary_switches, >=, 0);
#endif
  g_assert_cmpint (usage.memory_bytes, >, 0);
  g_assert_cmpint (usage.memory_peak_bytes, >=, usage.memory_bytes / 2);
  g_assert_cmpint (usage.threads, >=, 1);
}

static void
test_cpu_time_grows_by_what_was_used (void)
{
  MillUsage before, after;
  MillSystemTime machine_before, machine_after;
  read_usage (&before);
  g_assert_true (mill_system_time_read (&machine_before));
  burn (0.3);
  read_usage (&after);
  double used_s = after.user_s + after.system_s - before.user_s - before.system_s;
  g_assert_cmpfloat (used_s, >=, 0.29);
  g_assert_cmpfloat (used_s, <, 0.6);
  g_assert_cmpfloat (after.user_s - before.user_s, >, 0.1);

  /* The machine was busy for as long, but for the ticks of its clock. */
  g_assert_true (mill_system_time_read (&machine_after));
  double busy_s = machine_after.busy_s - machine_before.busy_s;
  g_assert_cmpfloat (busy_s, >, 0.2);
  g_assert_cmpfloat (machine_after.total_s - machine_before.total_s, >, busy_s - 0.05);
}

static void
test_memory_grows_by_what_was_touched (void)
{
  enum { SIZE = 50 * MIB };
  MillUsage before, during, after;
  read_usage (&before);
  char *block = g_malloc (SIZE);
  memset (block, 1, SIZE);
  read_usage (&during);
  gint64 grown = during.memory_bytes - before.memory_bytes;
  g_assert_cmpint (grown, >, SIZE - 5 * MIB);
  g_assert_cmpint (grown, <, SIZE + 20 * MIB);
  g_assert_cmpint (block[SIZE - 1], ==, 1);
  g_free (block);
  read_usage (&after);
  g_assert_cmpint (after.memory_peak_bytes, >, before.memory_bytes + SIZE - 5 * MIB);
}

/* A thread that waits until it may end. */
static gpointer
wait_for_end (gpointer data)
{
  GAsyncQueue *queue = data;
  g_async_queue_pop (queue);
  return NULL;
}

static void
test_threads_are_counted (void)
{
  enum { N = 7 };
  g_autoptr (GAsyncQueue) queue = g_async_queue_new ();
  GThread *threads[N];
  MillUsage before, during;
  read_usage (&before);
  for (int i = 0; i < N; i++)
    threads[i] = g_thread_new ("waiting", wait_for_end, queue);
  read_usage (&during);
  for (int i = 0; i < N; i++)
    g_async_queue_push (queue, queue);
  for (int i = 0; i < N; i++)
    g_thread_join (threads[i]);
  g_assert_cmpint (during.threads - before.threads, ==, N);
}

static void
test_each_wait_is_a_voluntary_switch (void)
{
  MillUsage before, after;
  read_usage (&before);
  if (before.voluntary_switches < 0) {
    g_test_skip ("this system does not tell them");
    return;
  }
  for (int i = 0; i < 50; i++)
    g_usleep (1000);
  read_usage (&after);
  g_assert_cmpint (after.voluntary_switches - before.voluntary_switches, >=, 50);
  g_assert_cmpint (after.voluntary_switches - before.voluntary_switches, <, 150);
}

static void
test_ten_readings_a_second_cost_next_to_nothing (void)
{
  enum { N = 1000 };
  MillUsage usage;
  MillSystemTime machine;
  double before_s = mill_thread_cpu_time_s ();
  for (int i = 0; i < N; i++) {
    read_usage (&usage);
    g_assert_true (mill_system_time_read (&machine));
  }
  double each_s = (mill_thread_cpu_time_s () - before_s) / N;
  g_test_message ("%.0f microseconds each", each_s * 1e6);
  g_assert_cmpfloat (10 * each_s, <, 0.005);
}

static void
test_limits (void)
{
  MillLimits limits;
  mill_limits_read (&limits);
  g_assert_cmpint (limits.cores, >=, 1);
  g_assert_cmpint (limits.cores, <=, g_get_num_processors ());
  g_assert_cmpint (limits.memory_bytes, >, 16 * MIB);
  g_assert_cmpint (limits.ephemeral_ports, >, 0);
  g_assert_cmpint (limits.ephemeral_ports, <, 65536);
  g_assert_cmpfloat (limits.port_reuse_s, >=, 0);
  g_assert_true (limits.threads < 0 || limits.threads > 10);
  if (limits.descriptors_hard >= 0)
    g_assert_cmpint (limits.descriptors, <=, limits.descriptors_hard);
}

static void
test_descriptors_can_be_raised (void)
{
  MillLimits before, after;
  mill_limits_read (&before);
  gint64 raised = mill_limits_raise_descriptors ();
  mill_limits_read (&after);
  g_assert_cmpint (raised, ==, after.descriptors);
  g_assert_cmpint (after.descriptors, ==, before.descriptors_hard);
}

static void
test_machine (void)
{
  g_autoptr (MillMachine) machine = mill_machine_read ();
  MillLimits limits;
  mill_limits_read (&limits);
  g_assert_cmpint (machine->cores, ==, limits.cores);
  g_assert_cmpint (machine->cores_machine, >=, machine->cores);
  g_assert_cmpint (machine->memory_bytes, >=, limits.memory_bytes);
  g_assert_cmpint (strlen (machine->kernel), >, 0);
  g_assert_cmpint (strlen (machine->architecture), >, 0);
  g_assert_cmpint (machine->turbo, >=, -1);
  g_assert_cmpint (machine->turbo, <=, 1);
  g_assert_cmpint (machine->on_battery, >=, -1);
  g_assert_cmpint (machine->on_battery, <=, 1);
  g_assert_true (machine->cpu_quota_cores < 0 || machine->cpu_quota_cores > 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/usage/known", test_every_figure_is_known);
  g_test_add_func ("/platform/usage/cpu", test_cpu_time_grows_by_what_was_used);
  g_test_add_func ("/platform/usage/memory", test_memory_grows_by_what_was_touched);
  g_test_add_func ("/platform/usage/threads", test_threads_are_counted);
  g_test_add_func ("/platform/usage/switches", test_each_wait_is_a_voluntary_switch);
  g_test_add_func ("/platform/usage/cost", test_ten_readings_a_second_cost_next_to_nothing);
  g_test_add_func ("/platform/limits", test_limits);
  g_test_add_func ("/platform/limits/descriptors", test_descriptors_can_be_raised);
  g_test_add_func ("/platform/machine", test_machine);
  return g_test_run ();
}

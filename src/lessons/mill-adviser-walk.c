/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "lessons/mill-adviser-walk.h"

#define UP_TO_FEW 15
#define UP_TO_SOME 200

/* clang-format off */
static const MillAdviserNode nodes[] = {
  { "work", N_("Does the work wait or compute?"),
    N_("Watch the CPU while it runs: near zero is waiting, a full core is computing."),
    { { "wait", N_("It waits"), N_("For a network, a database, a disk"), "in-flight" },
      { "compute", N_("It computes"), N_("Encoding, hashing, parsing, without waiting"), "cores" },
      { "both", N_("Both"), N_("It waits for answers and then works on each"), "library-both" } } },
  { "in-flight", N_("How many requests are on the way at the same time?"),
    N_("At the busiest moment."),
    { { "few", N_("Up to 15"), "", "wait-few" },
      { "some", N_("Up to 200"), "", "library-some" },
      { "many", N_("More than 200"), "", "library-many" } } },
  { "library-some", N_("Can your libraries wait without blocking a thread?"),
    N_("Asynchronous calls, or a driver for an event loop."),
    { { "blocking", N_("No, they block"), "", "wait-some-blocking" },
      { "async", N_("Yes"), "", "wait-some" } } },
  { "library-many", N_("Can your libraries wait without blocking a thread?"),
    N_("Asynchronous calls, or a driver for an event loop."),
    { { "blocking", N_("No, they block"), "", "wait-many-blocking" },
      { "async", N_("Yes"), "", "scarce" } } },
  { "scarce", N_("What is scarce?"), N_("What you would pay for first."),
    { { "time", N_("Time"), "", "wait-many" },
      { "memory", N_("Memory"), "", "wait-many-memory" } } },
  { "cores", N_("How many cores may it use?"), N_("A container may give less than the machine has."),
    { { "one", N_("One"), "", "compute-one-core" },
      { "several", N_("Several"), "", "lock" } } },
  { "lock", N_("Do its threads share one interpreter lock?"),
    N_("As in CPython. Programs in C, Rust, Go or Java have none."),
    { { "yes", N_("Yes"), "", "compute-lock" },
      { "no", N_("No"), "", "compute-free" } } },
  { "library-both", N_("Can your libraries wait without blocking a thread?"),
    N_("Asynchronous calls, or a driver for an event loop."),
    { { "blocking", N_("No, they block"), "", "both-blocking" },
      { "async", N_("Yes"), "", "lock-both" } } },
  { "lock-both", N_("Do its threads share one interpreter lock?"),
    N_("As in CPython. Programs in C, Rust, Go or Java have none."),
    { { "yes", N_("Yes"), "", "both-lock" },
      { "no", N_("No"), "", "both-free" } } },
};

static const MillAdviserCase cases[] = {
  { "wait-few", MILL_WORKLOAD_HTTP, FALSE, MILL_FIGURE_WALL_TIME, 2, UP_TO_FEW,
    { MILL_MODEL_SYNC, MILL_MODEL_THREAD_POOL, MILL_MODEL_MAIN_LOOP }, 3,
    "sync,thread-pool:10,main-loop:10", 40, 0.05,
    "", N_("Threads or a loop are expected to take about the time of the longest wait.") },
  { "wait-some", MILL_WORKLOAD_HTTP, FALSE, MILL_FIGURE_WALL_TIME, UP_TO_FEW + 1, UP_TO_SOME,
    { MILL_MODEL_THREAD_POOL, MILL_MODEL_MAIN_LOOP, MILL_MODEL_HYBRID }, 3,
    "thread-pool:100,main-loop:100,hybrid:4x25", 1000, 0.1,
    "", N_("Threads and a loop are expected to be close here.") },
  { "wait-some-blocking", MILL_WORKLOAD_HTTP, FALSE, MILL_FIGURE_WALL_TIME, UP_TO_FEW + 1, UP_TO_SOME,
    { MILL_MODEL_THREAD_POOL, MILL_MODEL_THREAD_PER_REQUEST }, 2,
    "thread-pool:20,thread-pool:100,thread-per-request:100", 1000, 0.1,
    N_("Libraries that block rule a loop out."),
    N_("A pool is expected to do as well as a new thread for each request.") },
  { "wait-many", MILL_WORKLOAD_HTTP, FALSE, MILL_FIGURE_WALL_TIME, UP_TO_SOME + 1, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_THREAD_POOL, MILL_MODEL_MAIN_LOOP, MILL_MODEL_HYBRID, MILL_MODEL_MULTIPROCESS }, 4,
    "thread-pool:1000,main-loop:1000,hybrid:10x100", 5000, 0.2,
    "", N_("A loop is expected to carry this with less than threads need.") },
  { "wait-many-memory", MILL_WORKLOAD_HTTP, FALSE, MILL_FIGURE_MEMORY_MAX, UP_TO_SOME + 1, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_THREAD_POOL, MILL_MODEL_MAIN_LOOP, MILL_MODEL_MAIN_LOOP_BATCHED, MILL_MODEL_HYBRID }, 4,
    "thread-pool:1000,main-loop:1000,main-loop-batched:1000/5000", 5000, 0.2,
    "", N_("A loop is expected to need less memory than as many threads.") },
  { "wait-many-blocking", MILL_WORKLOAD_HTTP, FALSE, MILL_FIGURE_WALL_TIME, UP_TO_FEW + 1, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_THREAD_POOL, MILL_MODEL_THREAD_PER_REQUEST }, 2,
    "thread-pool:100,thread-pool:1000,thread-per-request:1000", 5000, 0.2,
    N_("Libraries that block rule a loop out."),
    N_("More threads are expected to help up to a point, and then to cost more than they bring.") },
  { "compute-one-core", MILL_WORKLOAD_CPU, FALSE, MILL_FIGURE_WALL_TIME, 1, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_SYNC, MILL_MODEL_THREAD_POOL, MILL_MODEL_MULTIPROCESS }, 3,
    "sync,thread-pool:2,multiprocess:2", 200000, 0,
    N_("One core computes one thing at a time."),
    N_("Nothing is expected to be faster than one after another.") },
  { "compute-lock", MILL_WORKLOAD_CPU, FALSE, MILL_FIGURE_WALL_TIME, 1, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_SYNC, MILL_MODEL_GIL_THREAD_POOL, MILL_MODEL_MULTIPROCESS }, 3,
    "sync,gil-thread-pool:2,multiprocess:2", 200000, 0,
    N_("Under one lock, one thread computes at a time."),
    N_("Processes are expected to be the only ones that gain.") },
  { "compute-free", MILL_WORKLOAD_CPU, FALSE, MILL_FIGURE_WALL_TIME, 1, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_SYNC, MILL_MODEL_THREAD_POOL, MILL_MODEL_MULTIPROCESS }, 3,
    "sync,thread-pool:2,multiprocess:2", 200000, 0,
    "", N_("Threads and processes are both expected to gain.") },
  { "both-blocking", MILL_WORKLOAD_HTTP, TRUE, MILL_FIGURE_WALL_TIME, 2, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_SYNC, MILL_MODEL_THREAD_POOL, MILL_MODEL_THREAD_PER_REQUEST }, 3,
    "sync,thread-pool:20,thread-per-request:20", 200, 0.02,
    N_("Libraries that block rule a loop out."),
    N_("Threads are expected to wait together and to share the cores.") },
  { "both-lock", MILL_WORKLOAD_HTTP, TRUE, MILL_FIGURE_WALL_TIME, 2, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_GIL_THREAD_POOL, MILL_MODEL_MAIN_LOOP, MILL_MODEL_MULTIPROCESS }, 3,
    "gil-thread-pool:20,main-loop:20,multiprocess:2x10", 400, 0.02,
    "", N_("A loop in each of several processes is expected to do both.") },
  { "both-free", MILL_WORKLOAD_HTTP, TRUE, MILL_FIGURE_WALL_TIME, 2, MILL_MAX_IN_FLIGHT,
    { MILL_MODEL_THREAD_POOL, MILL_MODEL_MAIN_LOOP, MILL_MODEL_HYBRID, MILL_MODEL_MULTIPROCESS }, 4,
    "thread-pool:20,main-loop:20,hybrid:2x10,multiprocess:2x10", 400, 0.02,
    "", N_("A loop in each of several threads or processes is expected to do both.") },
};
/* clang-format on */

const MillAdviserNode *
mill_adviser_walk_start (void)
{
  return &nodes[0];
}

const MillAdviserNode *
mill_adviser_walk_find_node (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++) {
    if (g_str_equal (nodes[i].id, id))
      return &nodes[i];
  }
  return NULL;
}

const MillAdviserCase *
mill_adviser_walk_find_case (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    if (g_str_equal (cases[i].id, id))
      return &cases[i];
  }
  return NULL;
}

const MillAdviserCase *
mill_adviser_walk_cases (guint *n_cases)
{
  *n_cases = G_N_ELEMENTS (cases);
  return cases;
}

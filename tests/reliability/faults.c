/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a system seldom does when one looks: loaded before all others (LD_PRELOAD), it makes calls
 * of the C library fail as the environment says. Linux and glibc; no part of the program.
 *
 *   MILL_FAULT_PROGRAM=NAME   only in the program of that name
 *   MILL_FAULT_TURNS=FILE     only in every second process of that name, the first among them; the
 *                             file counts. Processes that such a process starts have its faults.
 *   MILL_FAULT_WRITE=N        the N-th change of a file below MILL_FAULT_FOLDER finds the disk
 *                             full, and so do all after it
 *   MILL_FAULT_THREADS=N      N threads can be started, no more
 *   MILL_FAULT_MEMORY=BYTES   so much more address space than the program itself takes, no more
 *   MILL_FAULT_DESCRIPTORS=N  the limit of descriptors
 *   MILL_FAULT_RESOLVER=S     names are not found, and only after S seconds
 *   MILL_FAULT_CLOCK=AT:STEP  at the monotonic second AT the time of day moves by STEP seconds
 */
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netdb.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define ACTIVE "MILL_FAULT_ACTIVE"

static bool active;
static _Atomic long writes_left = LONG_MAX;
static _Atomic long threads_left = LONG_MAX;
static const char *folder;
static long resolver_s = -1;
static long clock_at_s;
static long clock_step_s;

static long
setting (const char *name, long otherwise)
{
  const char *text = getenv (name);

  return text != NULL ? strtol (text, NULL, 10) : otherwise;
}

/* Which turn this process has: the first, the third, ... are the faulty ones. */
static bool
is_my_turn (const char *path)
{
  struct stat info;
  int file = openat (AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  bool odd =
      file >= 0 && write (file, ".", 1) == 1 && fstat (file, &info) == 0 && info.st_size % 2 == 1;

  if (file >= 0)
    close (file);
  return odd;
}

static bool
decide (void)
{
  const char *program = getenv ("MILL_FAULT_PROGRAM");
  const char *turns = getenv ("MILL_FAULT_TURNS");
  const char *inherited = getenv (ACTIVE);

  if (program != NULL && strcmp (program, program_invocation_short_name) != 0)
    return false;
  if (inherited != NULL)
    return *inherited == '1';
  return turns == NULL || is_my_turn (turns);
}

static void
limit (int resource, rlim_t most)
{
  struct rlimit both = { most, most };

  setrlimit (resource, &both);
}

static rlim_t
address_space (void)
{
  unsigned long pages = 0;
  FILE *file = fopen ("/proc/self/statm", "re");

  if (file != NULL && fscanf (file, "%lu", &pages) != 1)
    pages = 0;
  if (file != NULL)
    fclose (file);
  return (rlim_t) pages * (rlim_t) sysconf (_SC_PAGESIZE);
}

__attribute__ ((constructor)) static void
set_up (void)
{
  const char *step = getenv ("MILL_FAULT_CLOCK");
  long descriptors = setting ("MILL_FAULT_DESCRIPTORS", -1);
  long memory = setting ("MILL_FAULT_MEMORY", -1);
  bool mine = decide ();

  if (getenv ("MILL_FAULT_TURNS") != NULL &&
      strcmp (getenv ("MILL_FAULT_PROGRAM"), program_invocation_short_name) == 0)
    setenv (ACTIVE, mine ? "1" : "0", 1);
  if (!mine)
    return;
  folder = getenv ("MILL_FAULT_FOLDER");
  writes_left = folder != NULL ? setting ("MILL_FAULT_WRITE", LONG_MAX) - 1 : LONG_MAX;
  threads_left = setting ("MILL_FAULT_THREADS", LONG_MAX);
  resolver_s = setting ("MILL_FAULT_RESOLVER", -1);
  if (step != NULL)
    sscanf (step, "%ld:%ld", &clock_at_s, &clock_step_s);
  if (descriptors >= 0)
    limit (RLIMIT_NOFILE, (rlim_t) descriptors);
  if (memory >= 0)
    limit (RLIMIT_AS, address_space () + (rlim_t) memory);
  active = true;
}

/* The C library's own. */
#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))

/* Files */

static bool
is_full (void)
{
  return atomic_fetch_sub (&writes_left, 1) <= 0;
}

static bool
is_below_folder (const char *path)
{
  return active && folder != NULL && strncmp (path, folder, strlen (folder)) == 0;
}

static bool
fails_for_path (const char *path)
{
  if (!is_below_folder (path) || !is_full ())
    return false;
  errno = ENOSPC;
  return true;
}

static bool
fails_for_file (int file)
{
  char link[64], path[PATH_MAX];
  ssize_t length;

  if (!active || folder == NULL)
    return false;
  snprintf (link, sizeof link, "/proc/self/fd/%d", file);
  length = readlink (link, path, sizeof path - 1);
  if (length <= 0)
    return false;
  path[length] = '\0';
  return fails_for_path (path);
}

ssize_t
write (int file, const void *data, size_t length)
{
  return fails_for_file (file) ? -1 : REAL (write) (file, data, length);
}

ssize_t
writev (int file, const struct iovec *parts, int n_parts)
{
  return fails_for_file (file) ? -1 : REAL (writev) (file, parts, n_parts);
}

int
mkdir (const char *path, mode_t mode)
{
  return fails_for_path (path) ? -1 : REAL (mkdir) (path, mode);
}

static mode_t
mode_of (int flags, va_list rest)
{
  return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg (rest, mode_t) : 0;
}

int
open (const char *path, int flags, ...)
{
  va_list rest;
  mode_t mode;

  va_start (rest, flags);
  mode = mode_of (flags, rest);
  va_end (rest);
  return (flags & O_CREAT) != 0 && fails_for_path (path) ? -1 : REAL (open) (path, flags, mode);
}

int
open64 (const char *path, int flags, ...)
{
  va_list rest;
  mode_t mode;

  va_start (rest, flags);
  mode = mode_of (flags, rest);
  va_end (rest);
  return (flags & O_CREAT) != 0 && fails_for_path (path) ? -1 : REAL (open64) (path, flags, mode);
}

/* Threads */

int
pthread_create (pthread_t *thread,
                const pthread_attr_t *attributes,
                void *(*function) (void *),
                void *data)
{
  if (active && atomic_fetch_sub (&threads_left, 1) <= 0)
    return EAGAIN;
  return REAL (pthread_create) (thread, attributes, function, data);
}

/* Names */

int
getaddrinfo (const char *name,
             const char *service,
             const struct addrinfo *hints,
             struct addrinfo **found)
{
  if (!active || resolver_s < 0 || (hints != NULL && (hints->ai_flags & AI_NUMERICHOST) != 0))
    return REAL (getaddrinfo) (name, service, hints, found);
  sleep ((unsigned int) resolver_s);
  return EAI_NONAME;
}

/* Time of day */

static long
step_s (void)
{
  struct timespec steady;

  if (!active || clock_step_s == 0 || REAL (clock_gettime) (CLOCK_MONOTONIC, &steady) != 0)
    return 0;
  return steady.tv_sec >= clock_at_s ? clock_step_s : 0;
}

int
clock_gettime (clockid_t clock, struct timespec *time)
{
  int status = REAL (clock_gettime) (clock, time);

  if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    time->tv_sec += step_s ();
  return status;
}

int
gettimeofday (struct timeval *time, void *zone)
{
  int status = REAL (gettimeofday) (time, zone);

  if (status == 0)
    time->tv_sec += step_s ();
  return status;
}

time_t
time (time_t *where)
{
  time_t now = REAL (time) (NULL) + step_s ();

  if (where != NULL)
    *where = now;
  return now;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "runners/mill-cpu-task.h"

#define SHA256_BYTES 32

struct _MillCpuTask {
  guint64 seed;
  int rounds;
  GChecksum *checksum;
  gunichar url[MILL_CPU_URL_MAX_CHARACTERS];
  char encoded[MILL_CPU_URL_MAX_BYTES];
};

/* What URLs are made of: 64 characters, so that six random bits choose one. 44 of them take
 * one byte in UTF-8, ten two, seven three and three four: 97 bytes for 64 characters. */
static const gunichar alphabet[64] = {
  'a',    'b',    'c',    'd',    'e',    'f',    'g',     'h',     'i',     'j',    'k',
  'l',    'm',    'n',    'o',    'p',    'q',    'r',     's',     't',     'u',    'v',
  'w',    'x',    'y',    'z',    '0',    '1',    '2',     '3',     '4',     '5',    '6',
  '7',    '8',    '9',    '-',    '_',    '~',    '.',     '/',     '?',     '=',    '&',
  0x00e9, 0x00fc, 0x00df, 0x00f1, 0x00f8, 0x044f, 0x0436,  0x0434,  0x03bb,  0x03c0, 0x4e16,
  0x754c, 0x6771, 0x4eac, 0x8a9e, 0x0939, 0x0928, 0x1f600, 0x1f680, 0x1f30d,
};

/* SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). */
static guint64
next_random (guint64 *state)
{
  guint64 z = (*state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/**
 * mill_cpu_task_make_url:
 * @seed: of the trial
 * @index: of the URL
 * @url: (out caller-allocates): room for %MILL_CPU_URL_MAX_CHARACTERS characters
 *
 * Generates the URL number @index, the same for the same @seed for ever: "https://example.org/"
 * and 293 to 356 random characters, 512 bytes of UTF-8 on average.
 *
 * Returns: its length in characters
 */
int
mill_cpu_task_make_url (guint64 seed, gint64 index, gunichar *url)
{
  static const char prefix[] = "https://example.org/";
  guint64 state = seed;
  guint64 bits;
  int length = 0;
  int end;

  state = next_random (&state) + (guint64) index;
  for (const char *c = prefix; *c != '\0'; c++)
    url[length++] = (gunichar) *c;
  end = length + 293 + (int) (next_random (&state) % 64);
  while (length < end) {
    bits = next_random (&state);
    for (int i = 0; i < 10 && length < end; i++, bits >>= 6)
      url[length++] = alphabet[bits & 63];
  }
  return length;
}

/**
 * mill_cpu_task_new:
 * @seed: of the trial
 * @rounds: how often each URL is encoded and hashed, at least 1
 *
 * Makes a lane's own copy of the work; nothing is allocated after it.
 *
 * Returns: (transfer full): the task
 */
MillCpuTask *
mill_cpu_task_new (guint64 seed, int rounds)
{
  MillCpuTask *task = g_new0 (MillCpuTask, 1);

  task->seed = seed;
  task->rounds = rounds;
  task->checksum = g_checksum_new (G_CHECKSUM_SHA256);
  return task;
}

/**
 * mill_cpu_task_free:
 * @task: (transfer full) (nullable): a task
 */
void
mill_cpu_task_free (MillCpuTask *task)
{
  if (task == NULL)
    return;
  g_checksum_free (task->checksum);
  g_free (task);
}

/* The digest depends on every encoded byte and is reported, so no compiler can leave the work
 * out; the encoder itself lies in another library. */
static gsize
encode_characters (const gunichar *url, int length, char *encoded)
{
  gsize bytes = 0;

  for (int i = 0; i < length; i++)
    bytes += (gsize) g_unichar_to_utf8 (url[i], encoded + bytes);
  return bytes;
}

static guint64
read_digest (GChecksum *checksum)
{
  guint8 digest[SHA256_BYTES];
  gsize digest_length = sizeof digest;
  guint64 first = 0;

  g_checksum_get_digest (checksum, digest, &digest_length);
  for (int i = 0; i < 8; i++)
    first = first << 8 | digest[i];
  return first;
}

/**
 * mill_cpu_task_run:
 * @task: the lane's task
 * @index: of the URL
 * @check: (scope call) (nullable): called between rounds; stops the work by returning %FALSE
 * @check_data: for @check
 * @result: (out): bytes and digest; zero when stopped
 *
 * Does all rounds of one URL. The SHA-256 runs on over the rounds, so that a round more changes
 * it (the exclusive or of equal digests would cancel out).
 *
 * Returns: %TRUE when done, %FALSE when @check stopped it
 */
gboolean
mill_cpu_task_run (MillCpuTask *task,
                   gint64 index,
                   MillCpuCheckFunc check,
                   gpointer check_data,
                   MillCpuResult *result)
{
  int length = mill_cpu_task_make_url (task->seed, index, task->url);
  gsize bytes;

  *result = (MillCpuResult){ 0, 0 };
  g_checksum_reset (task->checksum);
  for (int round = 0; round < task->rounds; round++) {
    if (check != NULL && !check (check_data)) {
      result->bytes = 0;
      return FALSE;
    }
    bytes = encode_characters (task->url, length, task->encoded);
    g_checksum_update (task->checksum, (const guchar *) task->encoded, (gssize) bytes);
    result->bytes += bytes;
  }
  result->digest = read_digest (task->checksum);
  return TRUE;
}

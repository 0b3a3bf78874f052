/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How fast connections may be opened.
 */
#include "config.h"

#include "server/mill-connection-rate.h"

static int
admitted (MillConnectionRate *rate, int asked, gint64 now_us)
{
  int n = 0;

  for (int i = 0; i < asked; i++)
    n += mill_connection_rate_admit (rate, now_us);
  return n;
}

static void
test_burst (void)
{
  MillConnectionRate rate;

  mill_connection_rate_init (&rate, 100, 20);
  g_assert_cmpint (admitted (&rate, 50, 1000), ==, 20);
  g_assert_cmpint (admitted (&rate, 50, 1000), ==, 0);
}

static void
test_refill (void)
{
  MillConnectionRate rate;

  mill_connection_rate_init (&rate, 100, 20);
  g_assert_cmpint (admitted (&rate, 50, 0), ==, 20);
  /* A tenth of a second brings ten, an hour no more than the burst. */
  g_assert_cmpint (admitted (&rate, 50, 100000), ==, 10);
  g_assert_cmpint (admitted (&rate, 50, G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC), ==, 20);
}

/* A clock that stands or runs back gives nothing, and takes nothing. */
static void
test_clock_backwards (void)
{
  MillConnectionRate rate;

  mill_connection_rate_init (&rate, 100, 2);
  g_assert_cmpint (admitted (&rate, 2, 1000000), ==, 2);
  g_assert_cmpint (admitted (&rate, 2, 0), ==, 0);
  g_assert_cmpint (admitted (&rate, 2, 1010000), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/connection-rate/burst", test_burst);
  g_test_add_func ("/server/connection-rate/refill", test_refill);
  g_test_add_func ("/server/connection-rate/clock-backwards", test_clock_backwards);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "server/mill-delay-queue.h"

#define ITEMS 10000

typedef struct {
  int number;
  gint64 due_us;
  gint64 out_us;
} Item;

/* Items say themselves where they are counted, so that no test needs a global. */
typedef struct {
  Item item;
  GMutex *mutex;
  GPtrArray *out;
} Counted;

static void
count_out (gpointer data)
{
  Counted *counted = data;
  counted->item.out_us = g_get_monotonic_time ();
  g_mutex_lock (counted->mutex);
  g_ptr_array_add (counted->out, counted);
  g_mutex_unlock (counted->mutex);
}

static guint
n_out (GMutex *mutex, GPtrArray *out)
{
  g_mutex_lock (mutex);
  guint n = out->len;
  g_mutex_unlock (mutex);
  return n;
}

/* Ten thousand items in a shuffled order come out once each, none early, in the order of their
 * time where the times are far enough apart. */
static void
test_order (void)
{
  GMutex mutex;
  g_mutex_init (&mutex);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  g_autofree Counted *items = g_new0 (Counted, ITEMS);
  MillDelayQueue *queue = mill_delay_queue_new (count_out);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gint64 start_us = g_get_monotonic_time () + 50 * 1000;
  for (int i = 0; i < ITEMS; i++) {
    items[i].item.number = i;
    items[i].item.due_us = start_us + g_rand_int_range (random, 0, 200 * 1000);
    items[i].mutex = &mutex;
    items[i].out = out;
    mill_delay_queue_add (queue, items[i].item.due_us, &items[i]);
  }
  for (int i = 0; i < 1000 && n_out (&mutex, out) < ITEMS; i++)
    g_usleep (10 * 1000);
  mill_delay_queue_end (queue);
  mill_delay_queue_free (queue);

  g_assert_cmpuint (out->len, ==, ITEMS);
  gint64 latest_us = 0;
  for (guint i = 0; i < out->len; i++) {
    const Item *item = &((Counted *) out->pdata[i])->item;
    g_assert_cmpint (item->out_us, >=, item->due_us);
    g_assert_cmpint (item->due_us, >=, latest_us);
    latest_us = item->due_us;
  }
  g_mutex_clear (&mutex);
}

/* Ending hands out what still waits; what comes later is handed out at once. */
static void
test_end (void)
{
  GMutex mutex;
  g_mutex_init (&mutex);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  Counted items[11] = { 0 };
  MillDelayQueue *queue = mill_delay_queue_new (count_out);
  for (guint i = 0; i < 10; i++) {
    items[i].mutex = &mutex;
    items[i].out = out;
    mill_delay_queue_add (queue, g_get_monotonic_time () + G_USEC_PER_SEC * 1000, &items[i]);
  }
  g_assert_cmpuint (n_out (&mutex, out), ==, 0);
  mill_delay_queue_end (queue);
  g_assert_cmpuint (out->len, ==, 10);
  items[10].mutex = &mutex;
  items[10].out = out;
  mill_delay_queue_add (queue, G_MAXINT64, &items[10]);
  g_assert_cmpuint (out->len, ==, 11);
  mill_delay_queue_free (queue);
  g_mutex_clear (&mutex);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delay-queue/order", test_order);
  g_test_add_func ("/delay-queue/end", test_end);
  return g_test_run ();
}

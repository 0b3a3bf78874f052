/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include <glib/gi18n-lib.h>

#include "lessons/mill-published-guide.h"
#include "lessons/mill-template.h"
#include "result/mill-comparison.h"
#include "result/mill-published.h"
#include "result/mill-table.h"

#define MAX_FACTS 4

/* Known of each publication; a new one is one entry here, one file in data/published and one
 * preset. */
typedef struct {
  const char *published;
  const char *preset;
  const char *scaling;
  const char *facts[MAX_FACTS];
} Entry;

/* clang-format off */
static const Entry entries[] = {
  { "80-requests", "first",
    "",
    { N_("There: Python with requests and aiohttp; here: C with libsoup."),
      N_("There: a public site over the Internet; here: the built-in server on this machine."),
      N_("There, the event loop opened a new connection for every request and the threads kept "
         "theirs; here, both keep them."),
      N_("There: one run each, so no uncertainty is known.") } },
  { "asyncio-vs-thread-cpu", "published-cpu",
    "",
    { N_("There: Python 3.12, whose threads share one interpreter lock; gil-thread-pool has that "
         "lock, thread-pool has none."),
      N_("There: four cores."),
      N_("There, the threads processed fewer bytes than the others; here, every model must process "
         "the same, and that is checked."),
      N_("There: one run each, so no uncertainty is known.") } },
  { "asyncio-vs-thread-io", "published-io",
    N_("10,000 URLs; the runs of 1,000 and 100,000 are left out, and the synchronous one has a preset of "
       "its own, with 100."),
    { N_("There: Python 3.12 under one interpreter lock; here: C without such a lock."),
      N_("There: a server over the Internet that answered in about 180 ms; here: the built-in server "
         "on this machine."),
      N_("There, some requests failed, and a time with failures is not the time of the whole work."),
      N_("There, the number of URLs differs between the models; here, all do the same.") } },
  { "asyncio-vs-thread-io", "published-io-sync",
    N_("100 URLs, one after another, as published; the run of 1,000 is left out."),
    { NULL } },
  { "event-loops-vs-threads", "published-server",
    N_("100,000 URLs; the runs of 1,000,000 are left out."),
    { N_("There: Python with its interpreter lock; here: C without such a lock."),
      N_("There: a server written in Go that reads and answers JSON; here: the built-in server."),
      N_("There: one laptop, whose cores are not told."),
      N_("There: one run each, so no uncertainty is known.") } },
  { "sync-to-async", "published-guide",
    "",
    { N_("There: Python with requests and httpx; here: C with libsoup."),
      N_("There: a server over the Internet that waits 1 s; here: the built-in server on this machine. "
         "The way to it is part of the time there."),
      N_("There: rounded by their author, one run each.") } },
};
/* clang-format on */

/* The first of a publication has its facts. */
static const Entry *
find_entry (const char *published)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    if (g_str_equal (entries[i].published, published))
      return &entries[i];
  }
  return NULL;
}

static void
fill_guide (const Entry *entry, MillPublishedGuide *guide)
{
  guide->published = entry->published;
  guide->preset = entry->preset;
  guide->scaling = *entry->scaling != '\0' ? _ (entry->scaling) : "";
}

gboolean
mill_published_guide_find (const char *published, MillPublishedGuide *guide)
{
  const Entry *entry = find_entry (published);

  if (entry != NULL)
    fill_guide (entry, guide);
  return entry != NULL;
}

gboolean
mill_published_guide_for_preset (const char *preset, MillPublishedGuide *guide)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++) {
    if (g_str_equal (entries[i].preset, preset)) {
      fill_guide (&entries[i], guide);
      return TRUE;
    }
  }
  return FALSE;
}

/* How long the server here waited, which a preset, a lesson and its scale each set in their way. */
static void
add_delay (GPtrArray *facts, const MillExperiment *experiment)
{
  g_autofree char *delay = NULL;

  if (experiment->workload != MILL_WORKLOAD_HTTP || experiment->urls != NULL ||
      experiment->sweep == MILL_SWEEP_DELAY)
    return;
  delay = mill_template_expand ("{delay}", experiment, NULL, NULL);
  g_ptr_array_add (facts,
                   g_strdup_printf (_ ("Here, the server waited %s with each answer."), delay));
}

/* What the numbers of both say, model by model; a ratio without a verdict. */
static void
add_ratios (GPtrArray *facts, const MillResult *published, const MillResult *measured)
{
  g_autoptr (GArray) comparisons =
      mill_compare_results (published, measured, MILL_FIGURE_WALL_TIME);

  for (guint i = 0; i < comparisons->len; i++) {
    const MillModelComparison *entry = &g_array_index (comparisons, MillModelComparison, i);
    double here = entry->second->figures[MILL_FIGURE_WALL_TIME].median;
    double there = entry->first->figures[MILL_FIGURE_WALL_TIME].median;

    if (isnan (here) || isnan (there))
      continue;
    g_autofree char *here_text = mill_format_duration (here);
    g_autofree char *there_text = mill_format_duration (there);
    gboolean projected = entry->second->figures[MILL_FIGURE_WALL_TIME].projected;
    g_ptr_array_add (
        facts, g_strdup_printf (projected ? _ ("%s: %s there, projected %s for %s here.")
                                          : _ ("%s: %s there, %s for %s here."),
                                entry->first->model, there_text, here_text, entry->second->model));
  }
}

GStrv
mill_published_guide_differences (const char *published, const MillResult *measured)
{
  const Entry *entry = find_entry (published);
  g_autoptr (GPtrArray) facts = g_ptr_array_new ();
  g_autoptr (MillResult) figures = NULL;

  for (guint i = 0; entry != NULL && i < MAX_FACTS && entry->facts[i] != NULL; i++)
    g_ptr_array_add (facts, g_strdup (_ (entry->facts[i])));
  if (entry != NULL && measured != NULL) {
    g_autofree char *environment = mill_result_environment_line (measured);

    add_delay (facts, measured->experiment);
    figures = mill_published_load (published, NULL);
    g_ptr_array_add (facts, g_strdup_printf (_ ("Measured here: %s"), environment));
    if (figures != NULL)
      add_ratios (facts, figures, measured);
  }
  g_ptr_array_add (facts, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&facts), FALSE);
}

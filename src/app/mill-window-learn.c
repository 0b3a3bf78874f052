/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "app/mill-presenter.h"
#include "app/mill-replay-window.h"
#include "app/mill-window-learn.h"
#include "result/mill-published.h"

struct _MillWindowLearn {
  MillWindow *window;
  MillLearnPage *page;
  MillResultsPage *results;
};

/* The window hears of the end of a run before a lesson does, which has connected later. */
gboolean
mill_window_learn_owns_run (MillWindowLearn *learn)
{
  return mill_learn_page_is_running (learn->page);
}

static void
lesson_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindowLearn *self = data;
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *text = NULL;

  if (mill_learn_page_show_lesson (self->page, id)) {
    mill_window_show_page (self->window, "learn");
    return;
  }
  text = g_strdup_printf (_ ("There is no lesson “%s” that can be run here"), id);
  mill_window_toast (self->window, text, NULL, NULL);
}

static void
adviser_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindowLearn *self = data;

  mill_learn_page_show_adviser (self->page);
  mill_window_show_page (self->window, "learn");
}

/* The lesson in front of the person, or NULL. */
static MillLessonFlow *
visible_flow (MillWindowLearn *self)
{
  return g_strcmp0 (mill_window_get_page (self->window), "learn") == 0
             ? mill_learn_page_get_flow (self->page)
             : NULL;
}

static void
replay (MillWindowLearn *self, MillChartSpec *spec, const char *first, const char *second)
{
  g_auto (GStrv) labels = spec != NULL ? mill_replay_labels (spec) : NULL;
  MillReplayWindow *window;

  if (labels == NULL || labels[0] == NULL) {
    mill_window_toast (self->window, _ ("Nothing recorded to replay: run an experiment first"),
                       NULL, NULL);
    return;
  }
  window = mill_replay_window_new (GTK_WINDOW (self->window), spec);
  if (first != NULL)
    mill_replay_view_set_models (mill_replay_window_get_view (window), first, second);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_replay (MillWindowLearn *self, MillChartSpec *spec, const char *first, const char *second)
{
  replay (self, spec, first, second);
}

static void
replay_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindowLearn *self = data;
  MillLessonFlow *flow = visible_flow (self);
  g_autoptr (MillChartSpec) spec = flow != NULL ? mill_lesson_flow_dup_chart (flow, FALSE) : NULL;

  if (spec != NULL)
    replay (self, spec, NULL, NULL);
  else
    replay (self, mill_results_page_get_spec (self->results), NULL, NULL);
}

static void
present_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindowLearn *self = data;
  MillLessonFlow *flow = visible_flow (self);
  MillChartSpec *spec = mill_results_page_get_spec (self->results);
  MillPresenter *presenter;

  if (flow != NULL) {
    presenter = mill_presenter_new_for_lesson (GTK_WINDOW (self->window), flow);
  } else if (spec != NULL) {
    g_autofree char *sentence = mill_results_page_dup_sentence (self->results);

    presenter = mill_presenter_new_for_chart (GTK_WINDOW (self->window), spec, sentence);
  } else {
    mill_window_toast (self->window, _ ("Nothing to present: open a lesson or a result first"),
                       NULL, NULL);
    return;
  }
  gtk_window_present (GTK_WINDOW (presenter));
}

/* What the lesson measured, beside what others did. */
static void
compare_published_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  MillWindowLearn *self = data;
  MillLessonFlow *flow = visible_flow (self);
  const MillResult *measured = flow != NULL ? mill_lesson_flow_get_result (flow) : NULL;
  const char *id =
      flow != NULL ? mill_lesson_get_published (mill_lesson_flow_get_lesson (flow)) : NULL;
  g_autoptr (MillResult) published = id != NULL ? mill_published_load (id, NULL) : NULL;
  g_autoptr (GPtrArray) results = g_ptr_array_new ();

  if (measured == NULL || published == NULL)
    return;
  g_ptr_array_add (results, (gpointer) measured);
  g_ptr_array_add (results, published);
  mill_window_show_comparison (self->window, results);
}

/* The form shows what is about to run, and why it takes how long. */
static void
on_adviser_run (MillWindowLearn *self, const MillExperiment *experiment)
{
  if (mill_session_is_running (mill_window_get_session (self->window))) {
    mill_window_toast (self->window, _ ("Another experiment is running"), NULL, NULL);
    return;
  }
  mill_window_show_experiment (self->window, experiment);
  g_action_group_activate_action (G_ACTION_GROUP (self->window), "run", NULL);
}

/* A file that is being added; the window may close meanwhile. */
typedef struct {
  MillWindow *window;
  MillLearnPage *page;
} Addition;

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  Addition *addition = data;
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  const char *id = mill_lesson_shelf_add_finish (mill_learn_page_get_shelf (addition->page), result,
                                                 &problems, &error);

  if (error != NULL) {
    mill_window_show_error (addition->window, _ ("The Lesson Could Not Be Added"), error);
  } else {
    if (problems != NULL)
      mill_learn_page_show_problems (addition->page, G_FILE (source), problems);
    else if (!mill_learn_page_show_lesson (addition->page, id))
      mill_learn_page_show_list (addition->page);
    mill_window_show_page (addition->window, "learn");
  }
  g_object_unref (addition->page);
  g_object_unref (addition->window);
  g_free (addition);
}

void
mill_window_learn_open (MillWindowLearn *learn, GFile *file)
{
  Addition *addition = g_new (Addition, 1);

  addition->window = g_object_ref (learn->window);
  addition->page = g_object_ref (learn->page);
  mill_lesson_shelf_add_async (mill_learn_page_get_shelf (learn->page), file, on_added, addition);
}

static const GActionEntry actions[] = {
  { "lesson", lesson_action, "s" },
  { "adviser", adviser_action },
  { "replay", replay_action },
  { "present", present_action },
  { "compare-published", compare_published_action },
};

MillWindowLearn *
mill_window_learn_new (MillWindow *window,
                       MillLearnPage *page,
                       MillResultsPage *results,
                       GSettings *settings)
{
  MillWindowLearn *self = g_new0 (MillWindowLearn, 1);
  g_autoptr (MillLessonShelf) shelf = mill_lesson_shelf_new (NULL);

  self->window = window;
  self->page = g_object_ref (page);
  self->results = g_object_ref (results);
  mill_learn_page_set_up (page, mill_window_get_session (window), mill_window_get_library (window),
                          settings, shelf);
  g_signal_connect_swapped (page, "replay", G_CALLBACK (on_replay), self);
  g_signal_connect_swapped (mill_learn_page_get_adviser (page), "run", G_CALLBACK (on_adviser_run),
                            self);
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), self);
  return self;
}

void
mill_window_learn_free (MillWindowLearn *learn)
{
  if (learn == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    g_action_map_remove_action (G_ACTION_MAP (learn->window), actions[i].name);
  g_signal_handlers_disconnect_by_data (learn->page, learn);
  g_signal_handlers_disconnect_by_data (mill_learn_page_get_adviser (learn->page), learn);
  g_object_unref (learn->page);
  g_object_unref (learn->results);
  g_free (learn);
}

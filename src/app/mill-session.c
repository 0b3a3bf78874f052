/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gtk/gtk.h>

#include "app/mill-attention.h"
#include "app/mill-library.h"
#include "app/mill-session.h"

struct _MillSession {
  GObject parent_instance;

  MillLibrary *library;   /* or NULL */
  MillBench *bench;       /* of the run, or of the last one */
  MillDocument *document; /* of the last run, or NULL */
  MillResult *result;     /* of the last run, where no library keeps it */
  gboolean running;
  guint trials_per_round;
  guint trials_done;
  guint hold; /* of the attention, while it runs in an application */
};

enum { PROP_0, PROP_RUNNING, N_PROPS };
enum { RUN_STARTED, ROUND_FINISHED, RUN_FINISHED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (MillSession, mill_session, G_TYPE_OBJECT)

static void
set_running (MillSession *self, gboolean running)
{
  GApplication *application = g_application_get_default ();

  self->running = running;
  if (GTK_IS_APPLICATION (application)) {
    GtkApplication *gtk_application = GTK_APPLICATION (application);
    if (running)
      self->hold = mill_attention_hold (gtk_application,
                                        gtk_application_get_active_window (gtk_application));
    else
      mill_attention_drop (gtk_application, self->hold);
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RUNNING]);
}

static void
on_trial_finished (MillSession *self)
{
  self->trials_done++;
  if (self->trials_per_round > 0 && self->trials_done % self->trials_per_round == 0)
    g_signal_emit (self, signals[ROUND_FINISHED], 0, mill_bench_peek_result (self->bench));
}

/* Who shows its result has a copy: what is on the disk need not stay in memory. */
static void
drop_document (MillSession *self)
{
  if (self->document != NULL)
    mill_document_release (self->document);
  g_clear_object (&self->document);
}

/* Keeps what was measured; nothing where no trial ran. Takes `result`. */
static void
keep (MillSession *self, MillResult *result)
{
  if (result == NULL || result->trials->len == 0)
    g_clear_pointer (&result, mill_result_free);
  else if (self->library != NULL)
    g_set_object (&self->document, mill_library_add_result (self->library, result));
  else
    self->result = result;
}

static void
on_run_finished (GObject *source, GAsyncResult *async_result, gpointer data)
{
  g_autoptr (MillSession) self = MILL_SESSION (data);
  g_autoptr (GError) error = NULL;

  keep (self, mill_bench_run_finish (self->bench, async_result, &error));
  g_signal_handlers_disconnect_by_data (self->bench, self);
  set_running (self, FALSE);
  g_signal_emit (self, signals[RUN_FINISHED], 0, self->document, error);
}

MillSession *
mill_session_new (MillLibrary *library)
{
  MillSession *self = g_object_new (MILL_TYPE_SESSION, NULL);

  g_set_object (&self->library, library);
  return self;
}

gboolean
mill_session_start (MillSession *self, const MillExperiment *experiment)
{
  const MillPlan *plan;

  if (self->running)
    return FALSE;
  drop_document (self);
  g_clear_pointer (&self->result, mill_result_free);
  g_clear_object (&self->bench);
  self->bench = mill_bench_new (experiment);
  plan = mill_bench_get_plan (self->bench);
  self->trials_per_round = plan->trials->len / (guint) MAX (experiment->repetitions, 1);
  self->trials_done = 0;
  g_signal_connect_swapped (self->bench, "trial-finished", G_CALLBACK (on_trial_finished), self);
  set_running (self, TRUE);
  g_signal_emit (self, signals[RUN_STARTED], 0, self->bench);
  mill_bench_run_async (self->bench, NULL, on_run_finished, g_object_ref (self));
  return TRUE;
}

void
mill_session_stop (MillSession *self)
{
  if (self->running)
    mill_bench_stop (self->bench);
}

gboolean
mill_session_is_running (MillSession *self)
{
  return self->running;
}

MillBench *
mill_session_get_bench (MillSession *self)
{
  return self->bench;
}

const MillResult *
mill_session_get_result (MillSession *self)
{
  return self->document != NULL ? mill_document_peek_result (self->document) : self->result;
}

static void
mill_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_RUNNING:
    g_value_set_boolean (value, MILL_SESSION (object)->running);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
mill_session_dispose (GObject *object)
{
  MillSession *self = MILL_SESSION (object);

  g_clear_object (&self->bench);
  drop_document (self);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (mill_session_parent_class)->dispose (object);
}

static void
mill_session_finalize (GObject *object)
{
  g_clear_pointer (&MILL_SESSION (object)->result, mill_result_free);

  G_OBJECT_CLASS (mill_session_parent_class)->finalize (object);
}

static void
mill_session_class_init (MillSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = MILL_TYPE_SESSION;

  object_class->get_property = mill_session_get_property;
  object_class->dispose = mill_session_dispose;
  object_class->finalize = mill_session_finalize;
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[RUN_STARTED] = g_signal_new ("run-started", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, MILL_TYPE_BENCH);
  signals[ROUND_FINISHED] = g_signal_new ("round-finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[RUN_FINISHED] = g_signal_new ("run-finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, MILL_TYPE_DOCUMENT, G_TYPE_ERROR);
}

static void
mill_session_init (MillSession *self)
{
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "experiment/mill-text.h"
#include "result/mill-checks.h"
#include "result/mill-merge-private.h"

/* Documents are read with at most 1,000 warnings. */
#define MAX_CARRIED_WARNINGS 500
/* Names are read with at most 1,024 bytes. */
#define MAX_PLAN_BYTES 800
/* Below this share of the time at which all were at work, it is said. */
#define OVERLAP_TOLERANCE 0.90

/* What the merged result judges anew, over all requests. */
static const char *const own_codes[] = {
  "merge-overlap", "merge-target", "merge-version", "few-samples", "noise", "noise-floor",
};

/* The members of an experiment that do not change what is run. */
static gboolean
is_label (const char *member)
{
  return g_str_equal (member, "name") || g_str_equal (member, "preset") ||
         g_str_equal (member, "description");
}

static char *
member_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  g_autofree char *line = node != NULL ? mill_json_to_line (node) : NULL;

  return line != NULL ? mill_text_quote (line) : g_strdup (_ ("the default"));
}

/* "“requests” is “80” in “a” and “100” in “b”": the first member that differs. */
static char *
describe_difference (const MillResult *a,
                     const MillResult *b,
                     const char *name_a,
                     const char *name_b)
{
  g_autoptr (JsonNode) node_a = mill_experiment_to_json (a->experiment);
  g_autoptr (JsonNode) node_b = mill_experiment_to_json (b->experiment);
  JsonObject *objects[] = { json_node_get_object (node_a), json_node_get_object (node_b) };
  g_autofree char *quoted_a = mill_text_quote (name_a);
  g_autofree char *quoted_b = mill_text_quote (name_b);

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++) {
    g_autoptr (GList) members = json_object_get_members (objects[i]);

    for (GList *item = members; item != NULL; item = item->next) {
      const char *member = item->data;
      g_autofree char *text_a = member_text (objects[0], member);
      g_autofree char *text_b = member_text (objects[1], member);

      if (!is_label (member) && !g_str_equal (text_a, text_b))
        return g_strdup_printf (_ ("“%s” is %s in %s and %s in %s"), member, text_a, quoted_a,
                                text_b, quoted_b);
    }
  }
  return g_strdup_printf (_ ("the experiments of %s and %s differ"), quoted_a, quoted_b);
}

static gboolean
check_documents (GPtrArray *results, const char *const *labels, GError **error)
{
  const MillResult *first = g_ptr_array_index (results, 0);

  for (guint i = 0; i < results->len; i++) {
    const MillResult *result = g_ptr_array_index (results, i);
    g_autofree char *quoted = mill_text_quote (labels[i]);

    if (result->published) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("%s was published by others; only what was measured at the same time can be "
                      "merged."),
                   quoted);
      return FALSE;
    }
    if (result->trials->len == 0) {
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE, _ ("%s has no trial."), quoted);
      return FALSE;
    }
    if (!mill_experiment_equal (first->experiment, result->experiment)) {
      g_autofree char *difference = describe_difference (first, result, labels[0], labels[i]);
      g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                   _ ("They did not run the same experiment: %s."), difference);
      return FALSE;
    }
  }
  return TRUE;
}

/* The same trial of the documents that have it. */
typedef struct {
  int order;
  GArray *inputs; /* MillMergeInput */
} Group;

static void
group_free (gpointer data)
{
  Group *group = data;

  g_array_unref (group->inputs);
  g_free (group);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *x = *(const Group *const *) a;
  const Group *y = *(const Group *const *) b;

  return x->order < y->order ? -1 : x->order > y->order;
}

/* A model that an experiment names twice runs twice in a repetition: the n-th belongs to the n-th.
 */
static char *
trial_key (GHashTable *copies, const MillTrialResult *trial)
{
  g_autofree char *name =
      g_strdup_printf ("%s\n%.9g\n%d", trial->model, trial->sweep_value, trial->repetition);
  int copy = GPOINTER_TO_INT (g_hash_table_lookup (copies, name));
  char *key = g_strdup_printf ("%s\n%d", name, copy);

  g_hash_table_insert (copies, g_steal_pointer (&name), GINT_TO_POINTER (copy + 1));
  return key;
}

/* The documents by their first machine, so that the order in which they are named is none. */
static GArray *
order_sources (const GPtrArray *machines)
{
  GArray *sources = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < machines->len; i++) {
    const MillMergeMachine *machine = g_ptr_array_index (machines, i);

    if (mill_merge_find_machine (machines, machine->source, NULL) == machine)
      g_array_append_val (sources, machine->source);
  }
  return sources;
}

static GPtrArray *
gather_groups (GPtrArray *results, const GPtrArray *machines)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GArray) sources = order_sources (machines);

  for (guint i = 0; i < sources->len; i++) {
    guint source = g_array_index (sources, guint, i);
    const MillResult *result = g_ptr_array_index (results, source);
    g_autoptr (GHashTable) copies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    for (guint j = 0; j < result->trials->len; j++) {
      MillMergeInput input = { g_ptr_array_index (result->trials, j), source };
      g_autofree char *key = trial_key (copies, input.trial);
      Group *group = g_hash_table_lookup (by_key, key);

      if (group == NULL) {
        group = g_new0 (Group, 1);
        group->order = input.trial->order;
        group->inputs = g_array_new (FALSE, FALSE, sizeof (MillMergeInput));
        g_ptr_array_add (groups, group);
        g_hash_table_insert (by_key, g_steal_pointer (&key), group);
      }
      g_array_append_val (group->inputs, input);
    }
  }
  g_ptr_array_sort (groups, compare_groups);
  return groups;
}

/* The same machines give the same id, in whatever order and however often they were merged. */
static char *
derive_id (const GPtrArray *machines)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  const char *digits;

  for (guint i = 0; i < machines->len; i++) {
    const MillMergeMachine *machine = g_ptr_array_index (machines, i);

    g_checksum_update (checksum, (const guchar *) machine->document_id, -1);
    g_checksum_update (checksum, (const guchar *) "\n", 1);
  }
  digits = g_checksum_get_string (checksum);
  /* RFC 4122, version 5: a UUID from a name. */
  return g_strdup_printf ("%.8s-%.4s-5%.3s-8%.3s-%.12s", digits, digits + 8, digits + 13,
                          digits + 17, digits + 20);
}

static void
set_head (MillResult *merged, const GPtrArray *machines, double max_skew_s, double skew_s)
{
  const MillMergeMachine *first = g_ptr_array_index (machines, 0);
  const MillExperiment *experiment = merged->experiment;
  g_autofree char *name = g_steal_pointer (&merged->name);
  g_autofree char *plan = g_utf8_make_valid (name, MIN (MAX_PLAN_BYTES, (gssize) strlen (name)));
  g_autoptr (GString) notes = g_string_new (NULL);

  g_free (merged->id);
  merged->id = derive_id (machines);
  merged->name = g_strdup_printf (ngettext ("%s · %u machine", "%s · %u machines", machines->len),
                                  plan, machines->len);
  merged->started = g_strdup (first->started);
  merged->program_version = g_strdup (first->program_version);
  merged->environment = mill_merge_environment (machines, max_skew_s, skew_s);
  g_string_append_printf (notes,
                          _ ("Merged from %u machines, which each ran this experiment; the figures "
                             "are those of all together."),
                          machines->len);
  if (experiment->rate > 0)
    g_string_append_printf (notes, _ (" Together they were to send %.9g requests/s."),
                            experiment->rate * machines->len);
  g_string_append_printf (notes, _ (" They started a trial at most %.3f s apart."), skew_s);
  merged->notes = g_string_free (g_steal_pointer (&notes), FALSE);
}

static void
warn_about_versions (MillResult *merged, const GPtrArray *machines)
{
  const MillMergeMachine *first = g_ptr_array_index (machines, 0);

  for (guint i = 1; i < machines->len; i++) {
    const MillMergeMachine *machine = g_ptr_array_index (machines, i);

    if (g_strcmp0 (machine->program_version, first->program_version) != 0)
      mill_result_add_warning (
          merged, "merge-version", NULL,
          _ ("Different versions of Threadmill measured: %s on %s, %s on %s."),
          first->program_version != NULL ? first->program_version : "?", first->label,
          machine->program_version != NULL ? machine->program_version : "?", machine->label);
  }
}

static void
warn_about_overlap (MillResult *merged)
{
  const MillTrialResult *worst = NULL;
  double least = OVERLAP_TOLERANCE;

  for (guint i = 0; i < merged->trials->len; i++) {
    const MillTrialResult *trial = g_ptr_array_index (merged->trials, i);
    double overlap = trial->status == MILL_TRIAL_COMPLETE ? mill_merge_overlap (trial) : 1.0;

    if (overlap < least) {
      least = overlap;
      worst = trial;
    }
  }
  if (worst != NULL)
    mill_result_add_warning (merged, "merge-overlap", worst->model,
                             _ ("All machines were at work in only %.0f %% of the time "
                                "(repetition %d): the throughput is that while all were. With "
                                "--duration they end together."),
                             least * 100.0, worst->repetition);
}

static void
warn_about_target (MillResult *merged)
{
  const MillExperiment *experiment = merged->experiment;

  if (experiment->workload == MILL_WORKLOAD_HTTP && experiment->urls == NULL)
    mill_result_add_warning (merged, "merge-target", NULL,
                             _ ("Each machine asked a built-in server of its own: the sum says "
                                "what the machines can send together, not what one server "
                                "carries. --url names one that all can reach."));
}

/* In a merged document, what was said of one machine names it; the rest is judged anew. */
static gboolean
is_about_a_machine (const MillWarning *warning, const GPtrArray *machines, guint source)
{
  for (guint i = 0; i < machines->len; i++) {
    const MillMergeMachine *machine = g_ptr_array_index (machines, i);
    g_autofree char *prefix = g_strconcat (machine->own_label, ": ", NULL);

    if (machine->source == source && g_str_has_prefix (warning->message, prefix))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_own_code (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (own_codes); i++) {
    if (g_strcmp0 (code, own_codes[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Whether it was said of all machines together, among the first `n_known` warnings. */
static gboolean
is_said_of_all (const MillResult *merged, const MillWarning *warning, guint n_known)
{
  for (guint i = 0; i < n_known; i++) {
    const MillWarning *known = g_ptr_array_index (merged->warnings, i);

    if (g_strcmp0 (known->code, warning->code) == 0 &&
        g_strcmp0 (known->model, warning->model) == 0)
      return TRUE;
  }
  return FALSE;
}

/* What was said of each machine, with its name. */
static void
carry_warnings (MillResult *merged, GPtrArray *results, const GPtrArray *machines)
{
  g_autoptr (GArray) sources = order_sources (machines);
  guint n_known = merged->warnings->len;
  guint carried = 0;

  for (guint s = 0; s < sources->len; s++) {
    guint source = g_array_index (sources, guint, s);
    const MillMergeMachine *machine = mill_merge_find_machine (machines, source, NULL);
    const MillResult *result = g_ptr_array_index (results, source);
    gboolean plain = mill_result_count_machines (result) == 1;
    guint n_warnings = result->warnings->len;

    for (guint i = 0; i < n_warnings && carried < MAX_CARRIED_WARNINGS; i++) {
      const MillWarning *warning = g_ptr_array_index (result->warnings, i);

      if (is_own_code (warning->code) || is_said_of_all (merged, warning, n_known) ||
          (!plain && !is_about_a_machine (warning, machines, source)))
        continue;
      carried++;
      if (plain)
        mill_result_add_warning (merged, warning->code, warning->model, "%s: %s", machine->label,
                                 warning->message);
      else
        mill_result_add_warning (merged, warning->code, warning->model, "%s", warning->message);
    }
  }
}

MillResult *
mill_result_merge (GPtrArray *results, const char *const *labels, double max_skew_s, GError **error)
{
  g_autoptr (GPtrArray) machines = NULL;
  g_autoptr (GPtrArray) groups = NULL;
  g_autoptr (MillResult) merged = NULL;
  double skew_s = 0;

  if (results->len < 2) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE,
                         _ ("at least two results are needed"));
    return NULL;
  }
  if (!check_documents (results, labels, error))
    return NULL;
  machines = mill_merge_gather_machines (results, labels, error);
  if (machines == NULL)
    return NULL;

  const MillMergeMachine *first = g_ptr_array_index (machines, 0);

  merged =
      mill_result_new (((MillResult *) g_ptr_array_index (results, first->source))->experiment);
  groups = gather_groups (results, machines);
  for (guint i = 0; i < groups->len; i++) {
    const Group *group = g_ptr_array_index (groups, i);
    MillTrialResult *trial =
        mill_merge_trials (group->inputs, machines, max_skew_s, &skew_s, error);

    if (trial == NULL)
      return NULL;
    g_ptr_array_add (merged->trials, trial);
  }
  set_head (merged, machines, max_skew_s, skew_s);
  mill_result_summarise (merged);
  mill_checks_run (merged);
  warn_about_overlap (merged);
  warn_about_versions (merged, machines);
  warn_about_target (merged);
  carry_warnings (merged, results, machines);
  return g_steal_pointer (&merged);
}

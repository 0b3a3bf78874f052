/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The small languages, all fed the same bytes: lists of URLs, thresholds, models. What is
 * accepted can be written and read again.
 */
#include "config.h"

#include <math.h>
#include <string.h>

#include "experiment/mill-model.h"
#include "experiment/mill-threshold.h"
#include "experiment/mill-url-list.h"

#include "fuzz.h"

static void
check_url_list (const uint8_t *data, size_t size)
{
  g_auto (GStrv) urls = mill_url_list_parse ((const char *) data, size, "input", NULL);
  if (urls == NULL)
    return;
  g_autofree char *text = mill_url_list_to_text (urls);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) again = mill_url_list_parse (text, strlen (text), "again", &error);
  g_assert_no_error (error);
  g_assert_true (g_strv_equal ((const char *const *) urls, (const char *const *) again));
}

static void
check_threshold (const char *text)
{
  g_autoptr (MillThreshold) threshold = mill_threshold_parse (text, NULL);
  if (threshold == NULL)
    return;
  g_assert_false (mill_threshold_holds (threshold, NAN));
  g_autoptr (GError) error = NULL;
  g_autoptr (MillThreshold) again = mill_threshold_parse (threshold->text, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (threshold->value, ==, again->value);
}

static void
check_models (const char *text, MillWorkloadKind workload)
{
  g_autoptr (GArray) models = mill_model_list_parse (text, workload, NULL);
  for (guint i = 0; models != NULL && i < models->len; i++) {
    const MillModelSpec *spec = &g_array_index (models, MillModelSpec, i);
    g_autofree char *written = mill_model_spec_to_string (spec, workload);
    g_autoptr (GError) error = NULL;
    MillModelSpec again;
    mill_model_spec_parse (written, workload, &again, &error);
    g_assert_no_error (error);
    g_assert_true (mill_model_spec_equal (spec, &again));
    g_assert_cmpint (mill_model_spec_concurrency (spec, 1000), >=, 1);
    g_assert_cmpint (mill_model_spec_lanes (spec, 1000), >=, 1);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);

  check_url_list (data, size);
  check_threshold (text);
  check_models (text, MILL_WORKLOAD_HTTP);
  check_models (text, MILL_WORKLOAD_CPU);
  return 0;
}

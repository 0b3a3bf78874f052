/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names in a document that look like markup stay text in HTML, SVG and Pango.
 */
#include "config.h"

#include <string.h>

#include <pango/pango.h>

#include "charts/mill-chart-export.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-report-html.h"
#include "experiment/mill-json.h"
#include "result/mill-sentence.h"

static const char *const names[] = {
  "<script>alert(1)</script>",
  "</title><img src=x onerror=alert(1)>",
  "\"><script>1</script><a b=\"",
  "'><svg onload=alert(1)>",
  "&lt;b&gt; & &#60;",
  "<span size=\"999999\">big</span>",
  "]]><script>1</script>",
  "--><script>1</script><!--",
};

static char *
replaced (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);
  return g_strjoinv (to, parts);
}

/* A document of a run whose name and whose fastest and slowest model are @name. */
static MillResult *
result_named (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "result", "run.json", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *escaped = g_strescape (name, NULL);
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", escaped);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  const char *const victims[] = { "\"First experiment\"", "\"sync\"", "\"hybrid:4x20\"" };
  for (gsize i = 0; i < G_N_ELEMENTS (victims); i++) {
    g_autofree char *before = text;
    g_assert_nonnull (strstr (text, victims[i]));
    text = replaced (before, victims[i], quoted);
  }
  g_autoptr (JsonNode) node = mill_json_parse (text, -1, "document", &error);
  g_assert_no_error (error);
  /* What is to be run is checked, so a name that is no model can only stand in what was run. */
  JsonArray *models = json_array_new ();
  json_array_add_string_element (models, "sync");
  json_object_set_array_member (
      json_object_get_object_member (json_node_get_object (node), "experiment"), "models", models);
  MillResult *result = mill_result_from_json (node, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (result->name, ==, name);
  return result;
}

static void
on_element (GMarkupParseContext *context,
            const char *element,
            const char **attributes,
            const char **values,
            gpointer data,
            GError **error)
{
  g_assert_cmpstr (element, !=, "script");
  g_assert_cmpstr (element, !=, "img");
  g_assert_cmpstr (element, !=, "a");
  g_assert_cmpstr (element, !=, "b");
  for (guint i = 0; attributes[i] != NULL; i++)
    g_assert_false (g_str_has_prefix (attributes[i], "on"));
}

static void
on_text (
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  g_string_append_len (data, text, (gssize) length);
}

/* The text of well-formed XML. */
static char *
xml_text (const char *xml, gsize length)
{
  const GMarkupParser parser = { .start_element = on_element, .text = on_text };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, text, NULL);

  g_markup_parse_context_parse (context, xml, (gssize) length, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  return g_strdup (text->str);
}

static void
test_svg (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (MillResult) result = result_named (names[i]);
    for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (MillChartSpec) spec =
          mill_chart_spec_new_for_result ((MillChartKind) kind, result, NULL);
      g_autoptr (GBytes) svg = mill_chart_to_bytes (spec, MILL_EXPORT_SVG, NULL, &error);
      g_assert_no_error (error);
      g_autofree char *text = xml_text (g_bytes_get_data (svg, NULL), g_bytes_get_size (svg));
      if (kind == MILL_CHART_TIME)
        g_assert_nonnull (strstr (text, names[i]));
    }
  }
}

/* HTML is no XML, so what must not be there is looked for. */
static void
test_html (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (MillResult) result = result_named (names[i]);
    g_autofree char *html = mill_report_html (result, NULL);
    g_autofree char *escaped = g_markup_escape_text (names[i], -1);
    g_assert_null (strstr (html, names[i]));
    g_assert_null (strstr (html, "<script"));
    g_assert_null (strstr (html, "<img src=x"));
    g_assert_null (strstr (html, "<svg onload"));
    g_assert_null (strstr (html, "<span size"));
    g_assert_nonnull (strstr (html, escaped));
  }
}

static void
test_pango (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (MillResult) result = result_named (names[i]);
    g_autofree char *markup = mill_sentence_markup (result);
    g_autofree char *text = NULL;
    g_autoptr (GError) error = NULL;
    pango_parse_markup (markup, -1, 0, NULL, &text, NULL, &error);
    g_assert_no_error (error);
    g_autofree char *plain = mill_sentence_text (result);
    g_assert_cmpstr (text, ==, plain);
    g_assert_nonnull (strstr (text, names[i]));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/security/markup/svg", test_svg);
  g_test_add_func ("/security/markup/html", test_html);
  g_test_add_func ("/security/markup/pango", test_pango);
  return g_test_run ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-export.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-report-html.h"
#include "experiment/mill-json.h"
#include "result/mill-sentence.h"
#include "result/mill-table.h"

#define CHART_WIDTH_PX 856.0
#define CHART_HEIGHT_PX 374.0
#define TIMELINE_HEIGHT_PX 560.0
/* On a phone. */
#define NARROW_WIDTH_PX 360.0
#define NARROW_HEIGHT_PX 330.0
#define NARROW_TIMELINE_HEIGHT_PX 480.0

/* Colours are the chart themes'. */
static const char style[] =
    ":root{color-scheme:light dark}"
    "body{margin:0 auto;max-width:56rem;padding:1rem;font:1rem/1.5 system-ui,sans-serif;"
    "color:#241f31;background:#fff}"
    "h1{font-size:1.6rem;line-height:1.2;margin:.5rem 0 0}"
    "h2{font-size:1.15rem;margin:2rem 0 .5rem}"
    "p.what,footer{color:#6b6b70}"
    "p.sentence{border-left:.25rem solid #0072b2;padding-left:.75rem;font-size:1.1rem}"
    "figure{margin:1.5rem 0}"
    "figure svg{display:block;width:100%;height:auto}"
    ".dark,.narrow{display:none}"
    ".scroll{overflow-x:auto}"
    "table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
    "th,td{padding:.4rem .6rem;border-bottom:1px solid #e4e4e6;text-align:start;"
    "vertical-align:top}"
    ".figures :is(th,td):first-child{position:sticky;inset-inline-start:0;background:#fff;"
    "min-width:7rem;max-width:20rem;overflow-wrap:anywhere}"
    ".figures small{display:block}"
    ".facts td{min-width:10rem;overflow-wrap:anywhere}"
    "th{font-size:.85rem;color:#6b6b70}"
    "td.n,th.n{text-align:end;white-space:nowrap}"
    "small{color:#6b6b70}"
    "ul.warnings li{margin:.3rem 0}"
    "@media (max-width:40rem){h1{font-size:1.3rem}.wide{display:none}.narrow{display:block}"
    "figure{margin:1rem -.5rem}}"
    "@media (prefers-color-scheme:dark){body{color:#fff;background:#2c2c2c}"
    "p.what,footer,small,th{color:#b5b5b5}th,td{border-color:#454545}"
    ".figures :is(th,td):first-child{background:#2c2c2c}"
    "p.sentence{border-color:#4ba3db}.light{display:none}.dark{display:block}}"
    "@media print{body{max-width:none;padding:0;color:#000;background:#fff}"
    "p.what,footer,small,th{color:#444}th,td{border-color:#d0d0d0}"
    ".scroll{overflow:visible}.figures{font-size:.7rem}"
    ".figures th{font-size:inherit;white-space:normal}.figures :is(th,td){padding:.25rem}"
    ".figures :is(th,td):first-child{position:static;background:none;min-width:0}"
    "figure{margin:.3rem 0}figure svg{max-height:3in}#timeline svg{max-height:4.8in}"
    ".light,.wide{display:block}.dark,.narrow{display:none}"
    "figure,tr{break-inside:avoid}h2{break-after:avoid}}";

static void
append_escaped (GString *html, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text ? text : "", -1);
  g_autofree char *escaped = g_markup_escape_text (valid, -1);

  g_string_append (html, escaped);
}

static void
append_element (GString *html, const char *open, const char *text, const char *close)
{
  g_string_append (html, open);
  append_escaped (html, text);
  g_string_append (html, close);
}

static void
append_chart (GString *html,
              const MillChartSpec *spec,
              gboolean dark,
              gboolean narrow,
              MillTextMeasurer *measurer)
{
  MillChartKind kind = mill_chart_spec_get_kind (spec);
  gboolean timeline = kind == MILL_CHART_TIMELINE;
  const char *theme = dark ? "dark" : "light";
  const char *size = narrow ? "narrow" : "wide";
  double width = narrow ? NARROW_WIDTH_PX : CHART_WIDTH_PX;
  double height = narrow ? (timeline ? NARROW_TIMELINE_HEIGHT_PX : NARROW_HEIGHT_PX)
                         : (timeline ? TIMELINE_HEIGHT_PX : CHART_HEIGHT_PX);
  g_autoptr (MillScene) scene =
      mill_chart_layout (spec, dark ? MILL_THEME_DARK : MILL_THEME_LIGHT, width, height, measurer);
  g_autofree char *id = g_strdup_printf ("%s-%s-%s-", mill_chart_kind_info (kind)->id, theme, size);
  g_autofree char *svg = mill_scene_to_svg (scene, id, FALSE);

  g_string_append_printf (html, "<div class=\"%s\"><div class=\"%s\">%s</div></div>\n", theme, size,
                          svg);
}

static void
append_charts (GString *html, const MillResult *result, const MillNumberFormat *numbers)
{
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_pango (NULL);
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  options.numbers = *numbers;
  for (guint kind = 0; kind < MILL_N_CHART_KINDS; kind++) {
    g_autoptr (MillChartSpec) spec =
        mill_chart_spec_new_for_result ((MillChartKind) kind, result, &options);

    if (!mill_chart_available (spec, NULL))
      continue;
    g_string_append_printf (html, "<figure id=\"%s\">\n",
                            mill_chart_kind_info ((MillChartKind) kind)->id);
    for (guint variant = 0; variant < 4; variant++)
      append_chart (html, spec, variant & 1, variant & 2, measurer);
    g_string_append (html, "</figure>\n");
  }
}

static void
append_table (GString *html, const MillResult *result)
{
  g_autoptr (MillTable) table = mill_table_new (result);
  g_autofree char *note = mill_table_note (table);

  g_string_append (html, "<div class=\"scroll\"><table class=\"figures\">\n<thead><tr>");
  for (guint c = 0; c < table->columns->len; c++) {
    const MillTableColumn *column = g_ptr_array_index (table->columns, c);

    append_element (html, column->number ? "<th class=\"n\" scope=\"col\">" : "<th scope=\"col\">",
                    column->title, "</th>");
  }
  g_string_append (html, "</tr></thead>\n<tbody>\n");
  for (guint r = 0; r < table->rows->len; r++) {
    const MillTableRow *row = g_ptr_array_index (table->rows, r);

    g_string_append (html, "<tr>");
    for (guint c = 0; c < row->cells->len && c < table->columns->len; c++) {
      const MillTableColumn *column = g_ptr_array_index (table->columns, c);
      const MillTableCell *cell = g_ptr_array_index (row->cells, c);

      append_element (html, column->number ? "<td class=\"n\">" : "<td>", cell->text, "");
      if (cell->detail)
        append_element (html, " <small>", cell->detail, "</small>");
      g_string_append (html, "</td>");
    }
    g_string_append (html, "</tr>\n");
  }
  g_string_append (html, "</tbody></table></div>\n");
  if (note)
    append_element (html, "<p><small>", note, "</small></p>\n");
}

static void
append_warnings (GString *html, const MillResult *result)
{
  if (result->warnings->len == 0)
    return;
  append_element (html, "<h2>", _ ("Warnings"), "</h2>\n<ul class=\"warnings\">\n");
  for (guint i = 0; i < result->warnings->len; i++) {
    const MillWarning *warning = g_ptr_array_index (result->warnings, i);

    g_string_append (html, "<li>");
    if (warning->model)
      append_element (html, "<b>", warning->model, "</b>: ");
    append_element (html, "", warning->message, "</li>\n");
  }
  g_string_append (html, "</ul>\n");
}

static void append_members (GString *html, const char *prefix, JsonNode *node);

/* The machines of a merged result, numbered. */
static void
append_elements (GString *html, const char *path, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    g_autofree char *inner = g_strdup_printf ("%s.%u.", path, i + 1);

    append_members (html, inner, json_array_get_element (array, i));
  }
}

/* The values of an object, one row each; objects inside of it with their names before. */
static void
append_members (GString *html, const char *prefix, JsonNode *node)
{
  if (!node || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name; name = name->next) {
    JsonNode *member = json_object_get_member (object, name->data);
    g_autofree char *path = g_strconcat (prefix, name->data, NULL);

    if (JSON_NODE_HOLDS_OBJECT (member)) {
      g_autofree char *inner = g_strconcat (path, ".", NULL);

      append_members (html, inner, member);
      continue;
    }
    if (JSON_NODE_HOLDS_ARRAY (member))
      append_elements (html, path, json_node_get_array (member));
    if (!JSON_NODE_HOLDS_VALUE (member))
      continue;
    g_autofree char *value = json_node_get_value_type (member) == G_TYPE_STRING
                                 ? json_node_dup_string (member)
                                 : mill_json_to_line (member);
    append_element (html, "<tr><th scope=\"row\">", path, "</th>");
    append_element (html, "<td>", value, "</td></tr>\n");
  }
}

static void
append_environment (GString *html, const MillResult *result)
{
  append_element (html, "<h2>", _ ("Environment"),
                  "</h2>\n<div class=\"scroll\"><table class=\"facts\"><tbody>\n");
  append_members (html, "", result->environment);
  append_members (html, "program.", result->program);
  g_string_append (html, "</tbody></table></div>\n");
}

char *
mill_report_html (const MillResult *result, const MillNumberFormat *numbers)
{
  GString *html = g_string_new ("<!DOCTYPE html>\n<html lang=\"");
  g_auto (MillChartOptions) options;

  mill_chart_options_init (&options);
  if (numbers)
    options.numbers = *numbers;
  else
    mill_number_format_from_locale (&options.numbers);
  g_autoptr (MillChartSpec) spec =
      mill_chart_spec_new_for_result (MILL_CHART_TIME, result, &options);
  g_autofree char *what = mill_chart_source_line (spec);
  g_autofree char *sentence = mill_sentence_markup (result);
  const char *name = result->name && *result->name ? result->name : _ ("Result");
  /* Translators: the language of this translation as HTML's lang attribute wants it, "de" */
  append_escaped (html, _ ("en"));
  g_string_append (html, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                         "<meta name=\"viewport\" content=\"width=device-width, "
                         "initial-scale=1\">\n");
  append_element (html, "<title>", name, "</title>\n");
  g_string_append_printf (html, "<style>%s</style>\n</head>\n<body>\n", style);
  append_element (html, "<h1>", name, "</h1>\n");
  append_element (html, "<p class=\"what\">", what, "</p>\n");
  if (sentence && *sentence)
    g_string_append_printf (html, "<p class=\"sentence\">%s</p>\n", sentence);
  if (result->notes && *result->notes)
    append_element (html, "<p>", result->notes, "</p>\n");
  append_element (html, "<h2>", _ ("Figures"), "</h2>\n");
  append_table (html, result);
  append_warnings (html, result);
  append_element (html, "<h2>", _ ("Charts"), "</h2>\n");
  append_charts (html, result, &options.numbers);
  append_environment (html, result);
  append_element (html, "<footer>", _ ("Made with Threadmill"), "</footer>\n</body>\n</html>\n");
  return g_string_free (html, FALSE);
}

gboolean
mill_report_html_save (const MillResult *result,
                       GFile *file,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *html = mill_report_html (result, NULL);

  return mill_file_write (file, html, -1, cancellable, error);
}

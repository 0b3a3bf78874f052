/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-chart-export.h"
#include "charts/mill-paint.h"

#include <math.h>

/* cairo's own SVG surface turns text into outlines; this writes the scene's few primitives, and
 * text as text. */

typedef struct {
  GString *text;
  GString *definitions;
  GPtrArray *patterns; /* char: the key of each pattern that is defined */
  const char *id;      /* prefix of ids */
  guint n_clips;
} Writer;

/* At most two decimals and no locale. */
static void
append_number (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded = round (value * 100.0) / 100.0;

  g_ascii_formatd (digits, sizeof digits, "%.2f", rounded == 0.0 ? 0.0 : rounded);
  if (strchr (digits, '.')) {
    size_t length = strlen (digits);

    while (digits[length - 1] == '0')
      digits[--length] = '\0';
    if (digits[length - 1] == '.')
      digits[length - 1] = '\0';
  }
  g_string_append (text, digits);
}

static void
append_attribute (GString *text, const char *name, double value)
{
  g_string_append_printf (text, " %s=\"", name);
  append_number (text, value);
  g_string_append_c (text, '"');
}

/* Escapes for text and attributes; characters that XML does not allow are replaced. */
static void
append_escaped (GString *text, const char *content)
{
  g_autofree char *valid = g_utf8_make_valid (content, -1);

  for (const char *at = valid; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);

    if (character == '<')
      g_string_append (text, "&lt;");
    else if (character == '>')
      g_string_append (text, "&gt;");
    else if (character == '&')
      g_string_append (text, "&amp;");
    else if (character == '"')
      g_string_append (text, "&quot;");
    else if ((character < 0x20 && character != '\n' && character != '\t') || character == 0x7f ||
             character == 0xfffe || character == 0xffff)
      g_string_append (text, "\xef\xbf\xbd");
    else
      g_string_append_unichar (text, character);
  }
}

static void
append_paint (GString *text, const char *name, MillColor color)
{
  g_string_append_printf (text, " %s=\"#%02x%02x%02x\"", name, color.red, color.green, color.blue);
  if (color.alpha != 255) {
    g_autofree char *opacity = g_strdup_printf ("%s-opacity", name);

    append_attribute (text, opacity, color.alpha / 255.0);
  }
}

static void
append_stroke (GString *text, const MillStroke *stroke)
{
  double lengths[2];

  if (stroke->width_px <= 0.0)
    return;
  append_paint (text, "stroke", stroke->color);
  append_attribute (text, "stroke-width", stroke->width_px);
  if (mill_dash_lengths (stroke, lengths)) {
    g_string_append (text, " stroke-dasharray=\"");
    append_number (text, lengths[0]);
    g_string_append_c (text, ' ');
    append_number (text, lengths[1]);
    g_string_append_c (text, '"');
  }
}

/* One tile of a pattern, and how it is turned. */
static void
append_tile (GString *text, const MillFill *fill, double size)
{
  double line = fill->line_px;

  switch (fill->pattern) {
  case MILL_PATTERN_DOTS: {
    /* Two dots, the second row shifted by half; the first is drawn whole at all four corners. */
    const double centres[][2] = {
      { 0, 0 }, { size, 0 }, { 0, 2 * size }, { size, 2 * size }, { size / 2, size }
    };

    for (guint i = 0; i < G_N_ELEMENTS (centres); i++) {
      g_string_append (text, "<circle");
      append_attribute (text, "cx", centres[i][0]);
      append_attribute (text, "cy", centres[i][1]);
      append_attribute (text, "r", line / 2.0);
      append_paint (text, "fill", fill->ink);
      g_string_append (text, "/>");
    }
    break;
  }
  case MILL_PATTERN_GRID:
  case MILL_PATTERN_CROSS_HATCH:
  case MILL_PATTERN_HATCH:
  case MILL_PATTERN_BACK_HATCH:
  case MILL_PATTERN_HORIZONTAL:
  case MILL_PATTERN_VERTICAL:
  default: {
    gboolean both = fill->pattern == MILL_PATTERN_GRID || fill->pattern == MILL_PATTERN_CROSS_HATCH;
    g_string_append (text, "<path d=\"");
    if (fill->pattern != MILL_PATTERN_HORIZONTAL || both) {
      g_string_append (text, "M0 0V");
      append_number (text, size);
      g_string_append (text, "M");
      append_number (text, size);
      g_string_append (text, " 0V");
      append_number (text, size);
    }
    if (fill->pattern == MILL_PATTERN_HORIZONTAL || both) {
      g_string_append (text, "M0 0H");
      append_number (text, size);
      g_string_append (text, "M0 ");
      append_number (text, size);
      g_string_append (text, "H");
      append_number (text, size);
    }
    g_string_append_c (text, '"');
    append_paint (text, "stroke", fill->ink);
    append_attribute (text, "stroke-width", line);
    g_string_append (text, "/>");
    break;
  }
  }
}

static double
pattern_turn (MillPattern pattern)
{
  switch (pattern) {
  case MILL_PATTERN_HATCH:
  case MILL_PATTERN_CROSS_HATCH:
    return 45.0;
  case MILL_PATTERN_BACK_HATCH:
    return -45.0;
  case MILL_PATTERN_NONE:
  case MILL_PATTERN_SOLID:
  case MILL_PATTERN_DOTS:
  case MILL_PATTERN_OUTLINE:
  case MILL_PATTERN_HORIZONTAL:
  case MILL_PATTERN_GRID:
  case MILL_PATTERN_VERTICAL:
  case MILL_N_PATTERNS:
  default:
    return 0.0;
  }
}

/* The number of the pattern that draws a fill's ink; defined at its first use. */
static guint
define_pattern (Writer *writer, const MillFill *fill)
{
  g_autoptr (GString) body = g_string_new (NULL);
  double size = MAX (fill->spacing_px, 1.0);
  guint known;

  append_attribute (body, "width", size);
  append_attribute (body, "height", fill->pattern == MILL_PATTERN_DOTS ? 2.0 * size : size);
  if (pattern_turn (fill->pattern) != 0.0)
    g_string_append_printf (body, " patternTransform=\"rotate(%d)\"",
                            (int) pattern_turn (fill->pattern));
  g_string_append_c (body, '>');
  append_tile (body, fill, size);
  if (g_ptr_array_find_with_equal_func (writer->patterns, body->str, g_str_equal, &known))
    return known;
  g_string_append_printf (writer->definitions,
                          "<pattern id=\"%sp%u\" patternUnits=\"userSpaceOnUse\"%s</pattern>\n",
                          writer->id, writer->patterns->len, body->str);
  g_ptr_array_add (writer->patterns, g_strdup (body->str));
  return writer->patterns->len - 1;
}

static gboolean
has_ink (const MillFill *fill)
{
  return fill->pattern != MILL_PATTERN_NONE && fill->pattern != MILL_PATTERN_SOLID &&
         fill->pattern != MILL_PATTERN_OUTLINE;
}

/* A shape as up to two elements: the colour under the pattern, and the pattern with the stroke. */
static void
append_shape (Writer *writer, const char *shape, const MillFill *fill, const MillStroke *stroke)
{
  gboolean base = fill->pattern != MILL_PATTERN_NONE && fill->color.alpha > 0;

  if (has_ink (fill)) {
    guint pattern = define_pattern (writer, fill);

    if (base) {
      g_string_append_printf (writer->text, "<%s", shape);
      append_paint (writer->text, "fill", fill->color);
      g_string_append (writer->text, "/>\n");
    }
    g_string_append_printf (writer->text, "<%s fill=\"url(#%sp%u)\"", shape, writer->id, pattern);
  } else {
    g_string_append_printf (writer->text, "<%s", shape);
    if (base)
      append_paint (writer->text, "fill", fill->color);
    else
      g_string_append (writer->text, " fill=\"none\"");
  }
  append_stroke (writer->text, stroke);
  g_string_append (writer->text, "/>\n");
}

static void
append_path_points (GString *path, const MillPoint *points, guint n_points)
{
  for (guint i = 0; i < n_points; i++) {
    g_string_append_c (path, i == 0 ? 'M' : i == 1 ? 'L' : ' ');
    append_number (path, points[i].x);
    g_string_append_c (path, ' ');
    append_number (path, points[i].y);
  }
}

static void
append_box_attributes (GString *text, const MillBox *box)
{
  append_attribute (text, "x", box->x);
  append_attribute (text, "y", box->y);
  append_attribute (text, "width", box->width);
  append_attribute (text, "height", box->height);
}

static void
append_rect (Writer *writer, const MillPrimitive *primitive)
{
  g_autoptr (GString) shape = g_string_new ("rect");

  append_box_attributes (shape, &primitive->box);
  if (primitive->radius_px > 0.0)
    append_attribute (shape, "rx", primitive->radius_px);
  append_shape (writer, shape->str, &primitive->fill, &primitive->stroke);
}

static void
append_line (Writer *writer, const MillScene *scene, const MillPrimitive *primitive)
{
  g_autoptr (GString) shape = g_string_new ("path d=\"");

  append_path_points (shape, mill_scene_get_points (scene, primitive), primitive->n_points);
  if (primitive->type == MILL_PRIMITIVE_POLYGON)
    g_string_append_c (shape, 'Z');
  g_string_append_c (shape, '"');
  append_shape (writer, shape->str, &primitive->fill, &primitive->stroke);
}

static void
append_marker (Writer *writer, const MillPrimitive *primitive)
{
  g_autoptr (GString) shape = g_string_new (NULL);
  MillFill fill = primitive->fill;
  MillStroke stroke = primitive->stroke;
  MillMarkerShape outline;

  mill_marker_shape (primitive->marker, primitive->at.x, primitive->at.y, primitive->size_px,
                     &outline);
  if (outline.n > 0) {
    g_string_append (shape, "path d=\"");
    append_path_points (shape, outline.points, outline.n);
    g_string_append (shape, "Z\"");
  } else {
    g_string_append (shape, "circle");
    append_attribute (shape, "cx", primitive->at.x);
    append_attribute (shape, "cy", primitive->at.y);
    append_attribute (shape, "r", primitive->size_px / 2.0);
  }
  if (outline.open) {
    stroke = (MillStroke){ fill.color, primitive->size_px / 4.0, MILL_DASH_NONE };
    fill.pattern = MILL_PATTERN_NONE;
  }
  append_shape (writer, shape->str, &fill, &stroke);
}

static void
append_text (Writer *writer, const MillPrimitive *primitive)
{
  static const char *const anchors[] = { "start", "middle", "end" };

  g_string_append (writer->text, "<text");
  if (primitive->rotated) {
    g_string_append (writer->text, " transform=\"translate(");
    append_number (writer->text, primitive->at.x);
    g_string_append_c (writer->text, ' ');
    append_number (writer->text, primitive->at.y);
    g_string_append (writer->text, ") rotate(-90)\"");
  } else {
    append_attribute (writer->text, "x", primitive->at.x);
    append_attribute (writer->text, "y", primitive->at.y);
  }
  append_attribute (writer->text, "font-size", primitive->size_px);
  if (primitive->weight == MILL_WEIGHT_BOLD)
    g_string_append (writer->text, " font-weight=\"bold\"");
  if (primitive->anchor != MILL_ANCHOR_LEFT)
    g_string_append_printf (writer->text, " text-anchor=\"%s\"", anchors[primitive->anchor]);
  append_attribute (writer->text, "textLength", primitive->text_width_px);
  append_paint (writer->text, "fill", primitive->fill.color);
  g_string_append_c (writer->text, '>');
  append_escaped (writer->text, primitive->text);
  g_string_append (writer->text, "</text>\n");
}

static void
append_clip (Writer *writer, const MillPrimitive *primitive)
{
  g_string_append_printf (writer->definitions, "<clipPath id=\"%sc%u\"><rect", writer->id,
                          writer->n_clips);
  append_box_attributes (writer->definitions, &primitive->box);
  g_string_append (writer->definitions, "/></clipPath>\n");
  g_string_append_printf (writer->text, "<g clip-path=\"url(#%sc%u)\">\n", writer->id,
                          writer->n_clips++);
}

static void
append_primitive (Writer *writer, const MillScene *scene, const MillPrimitive *primitive)
{
  switch (primitive->type) {
  case MILL_PRIMITIVE_RECT:
    append_rect (writer, primitive);
    break;
  case MILL_PRIMITIVE_LINE:
  case MILL_PRIMITIVE_POLYLINE:
  case MILL_PRIMITIVE_POLYGON:
    append_line (writer, scene, primitive);
    break;
  case MILL_PRIMITIVE_MARKER:
    append_marker (writer, primitive);
    break;
  case MILL_PRIMITIVE_TEXT:
    append_text (writer, primitive);
    break;
  case MILL_PRIMITIVE_PUSH_CLIP:
    append_clip (writer, primitive);
    break;
  case MILL_PRIMITIVE_POP_CLIP:
  default:
    g_string_append (writer->text, "</g>\n");
    break;
  }
}

static void
append_head (GString *svg, const MillScene *scene)
{
  g_string_append (svg, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
  append_attribute (svg, "width", mill_scene_get_width (scene));
  append_attribute (svg, "height", mill_scene_get_height (scene));
  g_string_append (svg, " viewBox=\"0 0 ");
  append_number (svg, mill_scene_get_width (scene));
  g_string_append_c (svg, ' ');
  append_number (svg, mill_scene_get_height (scene));
  g_string_append (svg, "\" font-family=\"");
  append_escaped (svg, mill_scene_get_family (scene));
  g_string_append (svg, ", sans-serif\" stroke-linejoin=\"round\">\n<title>");
  append_escaped (svg, mill_scene_get_title (scene));
  g_string_append (svg, "</title>\n<desc>");
  append_escaped (svg, mill_scene_get_summary (scene));
  g_string_append (svg, "</desc>\n");
}

char *
mill_scene_to_svg (const MillScene *scene, const char *id, gboolean transparent)
{
  GString *svg = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) definitions = g_string_new (NULL);
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);
  Writer writer = { text, definitions, patterns, id ? id : "", 0 };

  append_head (svg, scene);
  for (guint i = 0; i < mill_scene_get_n_primitives (scene); i++)
    append_primitive (&writer, scene, mill_scene_get_primitive (scene, i));
  if (definitions->len > 0)
    g_string_append_printf (svg, "<defs>\n%s</defs>\n", definitions->str);
  if (!transparent && mill_scene_get_background (scene).alpha > 0) {
    g_string_append (svg, "<rect width=\"100%\" height=\"100%\"");
    append_paint (svg, "fill", mill_scene_get_background (scene));
    g_string_append (svg, "/>\n");
  }
  g_string_append_len (svg, text->str, (gssize) text->len);
  g_string_append (svg, "</svg>");
  return g_string_free (svg, FALSE);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-slide.h"

#include <math.h>

#include "app/mill-app-theme.h"
#include "charts/mill-chart-kind.h"
#include "charts/mill-paint.h"

/* In lines, see MILL_SLIDE_LINES. */
#define MARGIN 1.7
#define HEADING 1.75
#define ONLY_HEADING 2.5
#define TEXT 1.4
#define SMALL_TEXT 1.1
#define ITEM 1.5
#define PAGE 0.85
#define CHART 1.1
#define GAP 0.9
#define BAR_HEIGHT 0.7
/* Of the page: what is said beside a chart in large type; more is said in smaller type. */
#define MOST_TEXT 0.2
/* Black on white. */
#define THEME MILL_THEME_HIGH_CONTRAST

struct _MillSlide {
  GtkWidget parent_instance;

  char *heading;
  GStrv items;
  int marked;
  MillChartSpec *chart;
  char *lead;
  char *text;
  double fraction;
  char *page;
};

G_DEFINE_FINAL_TYPE (MillSlide, mill_slide, GTK_TYPE_WIDGET)

/* A page while it is painted. */
typedef struct {
  GtkSnapshot *snapshot;
  double width, height, line, margin;
  double y;      /* where the next part begins */
  double bottom; /* where the last one ends */
  GdkRGBA ink;
} Page;

static PangoLayout *
layout_new (MillSlide *self, const Page *page, const char *text, double lines, gboolean bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));

  pango_font_description_set_absolute_size (font, lines * page->line * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_HEAVY : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) ((page->width - 2.0 * page->margin) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing (layout, 1.15f);
  pango_font_description_free (font);
  return layout;
}

static double
layout_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
append_layout (const Page *page, PangoLayout *layout, double x, double y)
{
  const graphene_point_t at = GRAPHENE_POINT_INIT ((float) x, (float) y);

  gtk_snapshot_save (page->snapshot);
  gtk_snapshot_translate (page->snapshot, &at);
  gtk_snapshot_append_layout (page->snapshot, layout, &page->ink);
  gtk_snapshot_restore (page->snapshot);
}

static void
append_heading (MillSlide *self, Page *page)
{
  gboolean only = self->items == NULL && self->chart == NULL && self->text == NULL;
  g_autoptr (PangoLayout) layout =
      layout_new (self, page, self->heading, only ? ONLY_HEADING : HEADING, TRUE);
  double height = layout_height (layout);

  /* A question that stands alone stands in the middle. */
  if (only)
    page->y = MAX (page->y, (page->height - height) / 2.0 - page->line);
  append_layout (page, layout, page->margin, page->y);
  page->y += height + GAP * page->line;
}

/* From the bottom: the page's number, then what is said. */
static void
append_foot (MillSlide *self, Page *page)
{
  g_autoptr (PangoLayout) layout = layout_new (self, page, self->page, PAGE, TRUE);

  pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  page->bottom -= layout_height (layout);
  append_layout (page, layout, page->margin, page->bottom);
  page->bottom -= 0.4 * page->line;
}

static void
append_text (MillSlide *self, Page *page)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *whole = NULL;

  if (self->text == NULL && self->lead == NULL)
    return;
  whole =
      g_strjoin (self->lead != NULL && self->text != NULL ? " " : "",
                 self->lead != NULL ? self->lead : "", self->text != NULL ? self->text : "", NULL);
  layout = layout_new (self, page, whole, TEXT, FALSE);
  if (self->chart != NULL && layout_height (layout) > MOST_TEXT * (page->bottom - page->y)) {
    g_object_unref (layout);
    layout = layout_new (self, page, whole, SMALL_TEXT, FALSE);
  }
  if (self->lead != NULL) {
    PangoAttrList *attributes = pango_attr_list_new ();
    PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_HEAVY);

    bold->end_index = (guint) strlen (self->lead);
    pango_attr_list_insert (attributes, bold);
    pango_layout_set_attributes (layout, attributes);
    pango_attr_list_unref (attributes);
  }
  if (self->chart != NULL) {
    /* A long explanation leaves the chart a half of the page, and ends with dots. */
    pango_layout_set_height (layout, (int) (0.42 * (page->bottom - page->y) * PANGO_SCALE));
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    page->bottom -= layout_height (layout);
    append_layout (page, layout, page->margin, page->bottom);
  } else {
    append_layout (page, layout, page->margin, page->y);
    page->y += layout_height (layout) + GAP * page->line;
  }
}

/* A digit chooses an item. */
static void
append_items (MillSlide *self, Page *page)
{
  for (guint i = 0; self->items != NULL && self->items[i] != NULL; i++) {
    gboolean marked = (int) i == self->marked;
    g_autofree char *text = g_strdup_printf ("%u   %s", i + 1, self->items[i]);
    g_autoptr (PangoLayout) layout = layout_new (self, page, text, ITEM, marked);
    double height = layout_height (layout) + 0.7 * page->line;
    const graphene_rect_t box =
        GRAPHENE_RECT_INIT ((float) page->margin, (float) page->y,
                            (float) (page->width - 2.0 * page->margin), (float) height);
    GskRoundedRect frame;
    float width = (float) ((marked ? 0.16 : 0.05) * page->line);
    const float widths[] = { width, width, width, width };
    const GdkRGBA colors[] = { page->ink, page->ink, page->ink, page->ink };

    gsk_rounded_rect_init_from_rect (&frame, &box, (float) (0.3 * page->line));
    gtk_snapshot_append_border (page->snapshot, &frame, widths, colors);
    append_layout (page, layout, page->margin + 0.6 * page->line, page->y + 0.35 * page->line);
    page->y += height + 0.45 * page->line;
  }
}

static void
append_progress (MillSlide *self, Page *page)
{
  double width = page->width - 2.0 * page->margin;
  GdkRGBA trough = page->ink;

  if (!isfinite (self->fraction))
    return;
  trough.alpha = 0.2f;
  gtk_snapshot_append_color (page->snapshot, &trough,
                             &GRAPHENE_RECT_INIT ((float) page->margin, (float) page->y,
                                                  (float) width,
                                                  (float) (BAR_HEIGHT * page->line)));
  gtk_snapshot_append_color (
      page->snapshot, &page->ink,
      &GRAPHENE_RECT_INIT ((float) page->margin, (float) page->y,
                           (float) (width * CLAMP (self->fraction, 0.0, 1.0)),
                           (float) (BAR_HEIGHT * page->line)));
  page->y += (BAR_HEIGHT + GAP) * page->line;
}

static MillScene *
chart_scene (MillSlide *self, double width, double height, double line)
{
  const char *family = pango_font_description_get_family (
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self))));
  g_autoptr (MillTextMeasurer) measurer = mill_text_measurer_new_pango (family);
  MillChartOptions options = *mill_chart_spec_get_options (self->chart); /* borrows its strings */

  options.large = TRUE;
  options.base_px = CHART * line;
  options.right_to_left = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  g_autoptr (MillChartSpec) spec = mill_chart_spec_with_options (self->chart, &options);
  return mill_chart_layout (spec, THEME, width, height, measurer);
}

/* As wide as the page: its own padding is the margin and the gap. */
static void
append_chart (MillSlide *self, Page *page)
{
  double top = page->y - GAP * page->line;
  double height = page->bottom - top;
  g_autoptr (MillScene) scene = NULL;
  cairo_t *cr;

  if (self->chart == NULL || height < 2.0 * page->line)
    return;
  scene = chart_scene (self, page->width, height, page->line);
  cr = gtk_snapshot_append_cairo (
      page->snapshot, &GRAPHENE_RECT_INIT (0, (float) top, (float) page->width, (float) height));
  cairo_translate (cr, 0.0, top);
  mill_scene_paint (scene, cr, TRUE);
  cairo_destroy (cr);
}

static void
mill_slide_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillSlide *self = MILL_SLIDE (widget);
  const MillTheme *theme = mill_theme_get (THEME);
  Page page = { .snapshot = snapshot,
                .width = gtk_widget_get_width (widget),
                .height = gtk_widget_get_height (widget) };
  GdkRGBA paper;

  /* A narrow page has smaller type, or no word would fit. */
  page.line = MIN (page.height / MILL_SLIDE_LINES, page.width / (1.2 * MILL_SLIDE_LINES));
  page.margin = MARGIN * page.line;
  page.y = page.margin;
  page.bottom = page.height - 0.6 * page.margin;
  mill_app_theme_rgba (theme->text, &page.ink);
  mill_app_theme_rgba (theme->background, &paper);
  gtk_snapshot_append_color (snapshot, &paper,
                             &GRAPHENE_RECT_INIT (0, 0, (float) page.width, (float) page.height));
  if (self->heading == NULL)
    return;
  append_heading (self, &page);
  append_foot (self, &page);
  append_text (self, &page);
  append_items (self, &page);
  append_progress (self, &page);
  append_chart (self, &page);
}

char *
mill_slide_dup_text (MillSlide *slide)
{
  GString *text = g_string_new (slide->heading);

  for (guint i = 0; slide->items != NULL && slide->items[i] != NULL; i++)
    g_string_append_printf (text, "\n%u %s", i + 1, slide->items[i]);
  if (slide->chart != NULL) {
    g_autoptr (MillScene) scene = chart_scene (slide, 1280.0, 720.0, 720.0 / MILL_SLIDE_LINES);

    g_string_append_printf (text, "\n%s", mill_scene_get_summary (scene));
  }
  if (slide->lead != NULL)
    g_string_append_printf (text, "\n%s", slide->lead);
  if (slide->text != NULL)
    g_string_append_printf (text, "\n%s", slide->text);
  return g_string_free (text, FALSE);
}

static void
clear (MillSlide *self)
{
  g_clear_pointer (&self->heading, g_free);
  g_clear_pointer (&self->items, g_strfreev);
  g_clear_pointer (&self->chart, mill_chart_spec_unref);
  g_clear_pointer (&self->lead, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->page, g_free);
}

void
mill_slide_set_content (MillSlide *slide, const MillSlideContent *content)
{
  g_autofree char *spoken = NULL;

  clear (slide);
  slide->heading = g_strdup (content->heading);
  slide->items = g_strdupv ((char **) content->items);
  slide->marked = content->marked;
  slide->chart = content->chart != NULL ? mill_chart_spec_ref (content->chart) : NULL;
  slide->lead = g_strdup (content->lead);
  slide->text = g_strdup (content->text);
  slide->fraction = content->fraction;
  slide->page = g_strdup (content->page);
  spoken = mill_slide_dup_text (slide);
  gtk_accessible_update_property (GTK_ACCESSIBLE (slide), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  slide->heading, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
  gtk_widget_queue_draw (GTK_WIDGET (slide));
}

static void
mill_slide_finalize (GObject *object)
{
  clear (MILL_SLIDE (object));
  G_OBJECT_CLASS (mill_slide_parent_class)->finalize (object);
}

static void
mill_slide_class_init (MillSlideClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mill_slide_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = mill_slide_snapshot;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mill_slide_init (MillSlide *self)
{
  self->fraction = NAN;
  self->marked = -1;
}

GtkWidget *
mill_slide_new (void)
{
  return g_object_new (MILL_TYPE_SLIDE, NULL);
}

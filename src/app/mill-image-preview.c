/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-image-preview.h"

#include "charts/mill-paint.h"

#define MIN_SIZE_PX 180
#define SQUARE_PX 8.0

struct _MillImagePreview {
  GtkWidget parent_instance;

  MillScene *scene;
  gboolean transparent;
};

G_DEFINE_FINAL_TYPE (MillImagePreview, mill_image_preview, GTK_TYPE_WIDGET)

/* Where the image is: in the middle, never larger than it is. */
static double
fit (MillImagePreview *self, graphene_rect_t *bounds)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double image_width = mill_scene_get_width (self->scene);
  double image_height = mill_scene_get_height (self->scene);
  double scale = MIN (MIN (width / image_width, height / image_height), 1.0);

  *bounds = GRAPHENE_RECT_INIT ((float) ((width - image_width * scale) / 2.0),
                                (float) ((height - image_height * scale) / 2.0),
                                (float) (image_width * scale), (float) (image_height * scale));
  return scale;
}

/* The squares that stand for nothing in image editors; the image's own colours, not the theme's. */
static void
paint_squares (cairo_t *cr, const graphene_rect_t *bounds)
{
  cairo_save (cr);
  cairo_rectangle (cr, bounds->origin.x, bounds->origin.y, bounds->size.width, bounds->size.height);
  cairo_clip (cr);
  for (int row = 0; row * SQUARE_PX < bounds->size.height; row++) {
    for (int column = row % 2; column * SQUARE_PX < bounds->size.width; column += 2)
      cairo_rectangle (cr, bounds->origin.x + column * SQUARE_PX,
                       bounds->origin.y + row * SQUARE_PX, SQUARE_PX, SQUARE_PX);
  }
  cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.25);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
mill_image_preview_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  MillImagePreview *self = MILL_IMAGE_PREVIEW (widget);
  const GdkRGBA shadow = { 0.0f, 0.0f, 0.0f, 0.3f };
  graphene_rect_t bounds;
  GskRoundedRect frame;
  double scale;

  if (self->scene == NULL)
    return;
  scale = fit (self, &bounds);
  if (scale <= 0.0)
    return;
  gsk_rounded_rect_init_from_rect (&frame, &bounds, 0);
  gtk_snapshot_append_outset_shadow (snapshot, &frame, &shadow, 0, 1, 0, 6);

  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  if (self->transparent)
    paint_squares (cr, &bounds);
  cairo_translate (cr, bounds.origin.x, bounds.origin.y);
  cairo_scale (cr, scale, scale);
  mill_scene_paint (self->scene, cr, !self->transparent);
  cairo_destroy (cr);
}

static void
mill_image_preview_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  MillImagePreview *self = MILL_IMAGE_PREVIEW (widget);

  *minimum = *natural = MIN_SIZE_PX;
  if (self->scene == NULL)
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (MIN_SIZE_PX, (int) mill_scene_get_width (self->scene));
  else if (for_size > 0)
    *natural = MAX (MIN_SIZE_PX, (int) (MIN (for_size / mill_scene_get_width (self->scene), 1.0) *
                                        mill_scene_get_height (self->scene)));
}

/* As high as the image is at the width it gets. */
static GtkSizeRequestMode
mill_image_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
mill_image_preview_finalize (GObject *object)
{
  g_clear_pointer (&MILL_IMAGE_PREVIEW (object)->scene, mill_scene_unref);
  G_OBJECT_CLASS (mill_image_preview_parent_class)->finalize (object);
}

static void
mill_image_preview_class_init (MillImagePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mill_image_preview_finalize;
  widget_class->snapshot = mill_image_preview_snapshot;
  widget_class->measure = mill_image_preview_measure;
  widget_class->get_request_mode = mill_image_preview_get_request_mode;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
mill_image_preview_init (MillImagePreview *self)
{
}

void
mill_image_preview_set_scene (MillImagePreview *preview, MillScene *scene, gboolean transparent)
{
  if (scene != NULL)
    mill_scene_ref (scene);
  g_clear_pointer (&preview->scene, mill_scene_unref);
  preview->scene = scene;
  preview->transparent = transparent;
  if (scene != NULL)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (preview), GTK_ACCESSIBLE_PROPERTY_LABEL, mill_scene_get_title (scene),
        GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, mill_scene_get_summary (scene), -1);
  gtk_widget_queue_resize (GTK_WIDGET (preview));
}

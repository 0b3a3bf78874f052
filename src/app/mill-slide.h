/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "charts/mill-chart-spec.h"

G_BEGIN_DECLS

/* No type is smaller than this share of the height, but the page number and the source line. */
#define MILL_SLIDE_LINES 26.0

#define MILL_TYPE_SLIDE (mill_slide_get_type ())
G_DECLARE_FINAL_TYPE (MillSlide, mill_slide, MILL, SLIDE, GtkWidget)

/* One page of a presentation, black on white whatever the interface looks like, in type that is
 * read from the last row. */

/* What stands on it. Borrowed: copied by mill_slide_set_content(). */
typedef struct {
  const char *heading;
  const char *const *items; /* NULL, or a list of choices */
  int marked;               /* the item that is chosen, or -1 */
  MillChartSpec *chart;     /* or NULL */
  const char *lead;         /* the bold begin of the text, or NULL */
  const char *text;         /* or NULL */
  double fraction;          /* of a bar of progress; NAN: none */
  const char *page;         /* "3 / 7" */
} MillSlideContent;

/* (transfer floating) an empty page. */
GtkWidget *mill_slide_new (void);
void mill_slide_set_content (MillSlide *slide, const MillSlideContent *content);

/* (transfer full): everything that stands there, as a screen reader says it. */
char *mill_slide_dup_text (MillSlide *slide);

G_END_DECLS

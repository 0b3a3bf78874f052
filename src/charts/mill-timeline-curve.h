/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-timeline-block.h"

G_BEGIN_DECLS

/**
 * mill_timeline_overview_add:
 * @models: (element-type MillTimelineModel)
 * @strip: stands for 0 to @whole_s
 * @window: the scale whose domain is visible
 *
 * Draws how long each model took in all, and which part of it is visible below.
 */
void mill_timeline_overview_add (MillLayout *layout,
                                 GPtrArray *models,
                                 const MillBox *strip,
                                 double whole_s,
                                 const MillScale *window,
                                 double name_width);

/**
 * mill_timeline_curve_add:
 *
 * Draws how many requests each model has in flight over the visible time, with the models' names
 * where they meet nothing.
 */
void mill_timeline_curve_add (MillLayout *layout,
                              GPtrArray *models,
                              const MillBox *plot,
                              const MillScale *scale,
                              double name_width);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "result/mill-result.h"

G_BEGIN_DECLS

/* Figures that others measured and published; they ship with the program. They are result
 * documents with `published` set, in which only what was published stands; the experiment is the
 * same work as it can be run here, and `corresponds_to` of a trial names the model, or the kind
 * of model, that it is here. */

/**
 * mill_published_list:
 *
 * Returns: (transfer full): the ids, in a fixed order
 */
GStrv mill_published_list (void);

/**
 * mill_published_load:
 * @id: one of mill_published_list()
 *
 * Returns: (transfer full): the result, or NULL with MILL_ERROR_USAGE for an unknown id
 */
MillResult *mill_published_load (const char *id, GError **error);

/**
 * mill_model_corresponds:
 * @model: as written: "main-loop:80"
 * @published: what a published trial corresponds to: a model as written, or its kind alone
 *
 * Returns: whether @published stands for @model
 */
gboolean mill_model_corresponds (const char *model, const char *published);

G_END_DECLS

/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MILL_ERROR (mill_error_quark ())
GQuark mill_error_quark (void);

/* The codes say which exit status and which remedy fit; the message says what, where and
 * what to do about it. */
typedef enum {
  MILL_ERROR_USAGE,      /* a value that cannot be: exit status 2 */
  MILL_ERROR_INVALID,    /* a document that is damaged, hostile or not ours: exit status 2 */
  MILL_ERROR_VERSION,    /* a document of a newer format: exit status 2 */
  MILL_ERROR_PERMISSION, /* a foreign host without permission to load it: exit status 2 */
  MILL_ERROR_LIMIT,      /* this machine's limits are too low: exit status 3 */
  MILL_ERROR_FAILED,     /* the run could not be made: exit status 3 */
  MILL_ERROR_STOPPED,    /* stopped on request; what was measured is kept */
} MillError;

G_END_DECLS

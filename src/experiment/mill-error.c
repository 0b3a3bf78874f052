/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "experiment/mill-error.h"

G_DEFINE_QUARK (mill - error - quark, mill_error)

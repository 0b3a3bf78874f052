/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "experiment/mill-command-line.h"
#include "result/mill-result.h"

G_BEGIN_DECLS

/* The files that `run` writes at its end. */

/**
 * mill_run_outputs_check:
 * @options: of the command line
 * @error: %MILL_ERROR_USAGE: the first file that could not be written
 *
 * Before a long run: each file must lie in a folder that is there and may be written, and must
 * not be a folder itself; each kind of chart must be one.
 *
 * Returns: whether all can be written, as far as that can be known before
 */
gboolean mill_run_outputs_check (const MillRunOptions *options, GError **error);

/**
 * mill_run_outputs_write:
 * @options: of the command line
 * @result: the document
 * @output_lost: whether standard output did not take what belongs there
 *
 * Writes every file, atomically. What cannot be written is said on standard error; then the
 * document is saved in the temporary folder, and its name is said, so that nothing is lost.
 *
 * Returns: whether all were written
 */
gboolean mill_run_outputs_write (const MillRunOptions *options,
                                 const MillResult *result,
                                 gboolean output_lost);

/* Saves the document among the temporary files and says where, when it cannot go where it should.
 */
void mill_run_outputs_rescue (const MillResult *result);

G_END_DECLS

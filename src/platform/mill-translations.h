/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Takes the user's locale and binds the texts of every program to its translations: those of
 * the installation, beside the program where it was moved, or of the folder that the environment
 * variable TEXTDOMAINDIR names (as gettext's own programs read it; so the checkout can be tried).
 * Called once, first in main() and before any thread. */
void mill_translations_bind (void);

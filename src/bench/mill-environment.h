/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The machine and the program as they stand in a result document. What the system does not say
 * is left out. */

/**
 * mill_environment_to_json:
 *
 * Reads the machine now: processor, cores, memory, system, kernel, frequency governor, turbo,
 * power source, load before the run, container limits, and the versions of the libraries. It
 * reads files of the system, so it is not for the thread of a window.
 *
 * Returns: (transfer full): `environment` of a result document
 */
JsonNode *mill_environment_to_json (void);

/**
 * mill_program_to_json:
 *
 * Returns: (transfer full): `program` of a result document: name, version, compiler
 */
JsonNode *mill_program_to_json (void);

G_END_DECLS

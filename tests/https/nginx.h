/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* nginx as an ordinary process, in a folder of its own. */
typedef struct {
  char *folder;
  guint16 port; /* free on the loopback interface when it was chosen */
  char *access_log;
  GSubprocess *process; /* once it was started */
} Nginx;

gboolean nginx_is_installed (void);

/* A folder and a port, for the configuration. */
Nginx *nginx_new (void);

/**
 * nginx_start:
 * @http: what stands in its block "http"; paths in it are relative to the folder
 *
 * Starts it, and returns once it accepts connections.
 */
void nginx_start (Nginx *nginx, const char *http);

/* Ends it, and removes its folder. */
void nginx_free (Nginx *nginx);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Nginx, nginx_free)

G_END_DECLS

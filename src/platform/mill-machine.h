/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The machine as it stands in a result document. Owned strings; NULL or negative where the
 * system does not say. */
typedef struct {
  char *cpu_model;
  int cores;         /* usable by this process */
  int cores_machine; /* in the machine */
  gint64 memory_bytes;
  char *os;                  /* "Debian GNU/Linux 12 (bookworm)" */
  char *kernel;              /* "Linux 6.1.0" */
  char *architecture;        /* "x86_64" */
  char *governor;            /* CPU frequency governor, "performance" */
  int turbo;                 /* 1 on, 0 off, -1 unknown */
  int on_battery;            /* 1, 0, -1 unknown */
  double load_average;       /* of the last minute, before the run */
  char *container;           /* "flatpak", "docker", ... or NULL */
  double cpu_quota_cores;    /* of the container, negative: none */
  gint64 memory_limit_bytes; /* of the container, negative: none */
  char *virtualisation;      /* "kvm", ... or NULL */
} MillMachine;

/**
 * mill_machine_read:
 *
 * Asks the system about this machine; reads some files, so it is not for a measured path.
 *
 * Returns: (transfer full): the answers
 */
MillMachine *mill_machine_read (void);
void mill_machine_free (MillMachine *machine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MillMachine, mill_machine_free)

G_END_DECLS

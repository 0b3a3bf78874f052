/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cli/mill-cli.h"

G_BEGIN_DECLS

/* What one call of the real program gave. */
typedef struct {
  int status;
  char *out;
  char *err;
} Call;

typedef struct {
  char *program;
  char *folder; /* empty, private; removed at the end */
} Fixture;

void call_free (Call *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);

/* Calls the program and waits for its end. */
Call *call_v (Fixture *fixture, const char *const *arguments);
#define CALL(fixture, ...) call_v (fixture, (const char *const[]){ __VA_ARGS__, NULL })

void assert_status (const Call *call, int status);
void assert_contains (const char *text, const char *part);

/* (transfer full) the path of a file in the folder; write_file() writes it. */
char *in_folder (Fixture *fixture, const char *name);
char *write_file (Fixture *fixture, const char *name, const char *text);

#define ADD(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

G_END_DECLS

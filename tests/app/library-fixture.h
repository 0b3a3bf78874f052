/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/mill-library.h"
#include "example-result.h"

G_BEGIN_DECLS

/* A library in an empty folder of its own. */
typedef struct {
  GFile *folder;
  MillLibrary *library;
  guint n_published;
  guint n_failed;      /* signals "failed" */
  guint n_save_failed; /* and "save-failed" */
} LibraryFixture;

/* For g_test_add(). */
void library_set_up (LibraryFixture *f, gconstpointer data);
void library_tear_down (LibraryFixture *f, gconstpointer data);

/* Until everything is read and written. */
void library_settle (LibraryFixture *f);

/* As a program ends, and as the next begins. */
void library_close (LibraryFixture *f);
void library_open (LibraryFixture *f);
void library_reopen (LibraryFixture *f);

/* How many there are beside the published ones. */
guint library_n_measured (LibraryFixture *f);

/* (transfer none) of the list. */
MillDocument *library_nth (LibraryFixture *f, guint position);

/* How many documents lie in a folder. */
guint library_n_files (GFile *folder);

/* A file in the library's folder. */
void library_write_file (LibraryFixture *f, const char *name, const char *text, gssize length);

/* What is asynchronous, waited for. */
const MillResult *library_load (MillDocument *document, GError **error);
MillDocument *library_import (LibraryFixture *f, GFile *file, GError **error);
void library_export (MillDocument *document, GFile *file);

/* (transfer none) the document of a new result that nobody else holds. */
MillDocument *library_add (LibraryFixture *f, const char *name);

G_END_DECLS

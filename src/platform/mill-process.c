/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "platform/mill-process.h"

#include <string.h>

/* What the names of a program and of a module end with. */
#ifdef G_OS_WIN32
#define PROGRAM_SUFFIX ".exe"
#define MODULE_SUFFIX ".dll"
#else
#define PROGRAM_SUFFIX ""
#define MODULE_SUFFIX ".so"
#endif

#define STANDARD_INPUT 0

/* The folder that the running program lies in. */
static char *
program_folder (void)
{
  g_autofree char *self = mill_process_self_path ();
  return self == NULL ? NULL : g_path_get_dirname (self);
}

/* Looks for @relative in the build tree that a program or test in @folder belongs to: these lie
 * in ROOT/src/MODULE and ROOT/tests/MODULE, and nowhere else is looked. */
static char *
find_in_build_tree (const char *folder, const char *relative)
{
  g_autofree char *group = g_path_get_dirname (folder);
  g_autofree char *name = g_path_get_basename (group);
  if (!g_str_equal (name, "src") && !g_str_equal (name, "tests"))
    return NULL;
  g_autofree char *root = g_path_get_dirname (group);
  g_autofree char *path = g_build_filename (root, relative, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

/* The first of the @candidates that exists; NULL-terminated, each is freed. */
static char *
first_existing (char **candidates)
{
  char *found = NULL;
  for (int i = 0; candidates[i] != NULL; i++) {
    if (found == NULL && g_file_test (candidates[i], G_FILE_TEST_EXISTS))
      found = g_strdup (candidates[i]);
  }
  return found;
}

/* How to get from the folder of installed programs to @target, both relative to the prefix. */
static char *
installed_path (const char *folder, const char *target, const char *name)
{
  g_autofree char *prefix = g_path_get_dirname (folder);
  if (g_path_is_absolute (target))
    return g_build_filename (target, name, NULL);
  return g_build_filename (prefix, target, name, NULL);
}

/* Finds @file, which is built in src/@module. */
static char *
find_built (const char *file, const char *module, GError **error)
{
  g_autofree char *folder = program_folder ();
  if (folder == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "The system does not say where this program lies, so %s was not found", file);
    return NULL;
  }
  g_autofree char *built = g_build_filename ("src", module, file, NULL);
  g_auto (GStrv) candidates = g_new0 (char *, 3);
  candidates[0] = g_build_filename (folder, file, NULL);
  candidates[1] = installed_path (folder, MILL_LIBEXECDIR, file);
  char *found = first_existing (candidates);
  if (found == NULL)
    found = find_in_build_tree (folder, built);
  if (found == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "%s was not found: neither %s nor %s is there. Install Threadmill again, or "
                 "build it whole",
                 file, candidates[0], candidates[1]);
  return found;
}

char *
mill_process_find_helper (const char *name, GError **error)
{
  /* "threadmill-worker" is built in src/worker. */
  const char *dash = strrchr (name, '-');
  g_autofree char *file = g_strconcat (name, PROGRAM_SUFFIX, NULL);
  return find_built (file, dash == NULL ? name : dash + 1, error);
}

char *
mill_process_find_module (const char *name, GError **error)
{
  g_autofree char *file = g_strconcat (name, MODULE_SUFFIX, NULL);
  return find_built (file, "runners", error);
}

char *
mill_process_find_data (const char *relative_path, GError **error)
{
  g_autofree char *folder = program_folder ();
  g_autofree char *built = g_build_filename ("data", relative_path, NULL);
  g_auto (GStrv) candidates = g_new0 (char *, 2);
  char *found = NULL;
  if (folder != NULL) {
    candidates[0] = installed_path (folder, MILL_DATADIR, relative_path);
    found = first_existing (candidates);
    if (found == NULL)
      found = find_in_build_tree (folder, built);
  }
  if (found == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 "The data file %s was not found. Install Threadmill again, or build it whole",
                 relative_path);
  return found;
}

char *
mill_process_find_locales (void)
{
  g_autofree char *folder = program_folder ();
  g_auto (GStrv) candidates = g_new0 (char *, 3);
  char *found = NULL;
  if (folder != NULL) {
    /* Programs lie in PREFIX/bin, helpers in PREFIX/libexec/threadmill. */
    g_autofree char *above = g_path_get_dirname (folder);
    candidates[0] = installed_path (folder, MILL_LOCALEDIR, NULL);
    candidates[1] = installed_path (above, MILL_LOCALEDIR, NULL);
    found = find_in_build_tree (folder, "po");
    if (found == NULL)
      found = first_existing (candidates);
  }
  return found != NULL ? found : g_build_filename (MILL_PREFIX, MILL_LOCALEDIR, NULL);
}

typedef struct {
  MillLineFunc callback;
  gpointer data;
} StdinWatch;

/* Not by stdio: the thread would hold the lock of stdin, for which exit () waits since glibc 2.41.
 */
static gpointer
read_stdin (gpointer data)
{
  g_autofree StdinWatch *watch = data;
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (STANDARD_INPUT);
  char *text;
  gsize end;

  g_io_channel_set_encoding (input, NULL, NULL);
  g_io_channel_set_line_term (input, "\n", 1);
  while (g_io_channel_read_line (input, &text, NULL, &end, NULL) == G_IO_STATUS_NORMAL) {
    g_autofree char *line = text;

    line[end] = '\0';
    watch->callback (line, watch->data);
  }
  watch->callback (NULL, watch->data);
  return NULL;
}

void
mill_process_watch_stdin (MillLineFunc callback, gpointer data)
{
  StdinWatch *watch = g_new (StdinWatch, 1);
  *watch = (StdinWatch){ callback, data };
  g_thread_unref (g_thread_new ("standard-input", read_stdin, watch));
}

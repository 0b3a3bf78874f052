/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "charts/mill-replay-film.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>

#include "experiment/mill-error.h"

guint64
mill_replay_film_count (const MillReplay *replay, const MillFilmOptions *film)
{
  double seconds =
      (double) mill_replay_get_end_us (replay) / G_USEC_PER_SEC * MAX (film->slowness, 1.0);

  return (guint64) ceil (seconds * MAX (film->frames_per_s, 1)) + 1;
}

static gboolean
check_film (const MillChartSpec *spec, const MillFilmOptions *film, GFile *folder, GError **error)
{
  const MillReplay *replay = mill_chart_spec_get_options (spec)->replay;
  guint64 n;

  if (replay == NULL) {
    g_set_error_literal (error, MILL_ERROR, MILL_ERROR_USAGE,
                         _ ("There is no replay in this chart: choose models that were recorded"));
    return FALSE;
  }
  n = mill_replay_film_count (replay, film);
  if (n > MILL_FILM_MAX_FRAMES) {
    g_set_error (error, MILL_ERROR, MILL_ERROR_USAGE,
                 _ ("At this speed the replay has %" PRIu64
                    " images, and at most %d can be saved: choose a faster replay"),
                 n, MILL_FILM_MAX_FRAMES);
    return FALSE;
  }
  if (g_file_query_exists (folder, NULL)) {
    g_autofree char *name = g_file_get_basename (folder);

    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                 _ ("“%s” is there already: choose another name"), name);
    return FALSE;
  }
  return TRUE;
}

/* Where the frames are written until all are there. */
static GFile *
part_folder (GFile *folder)
{
  g_autofree char *name = g_file_get_basename (folder);
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *part = g_strdup_printf (".%s-%.8s.part", name, id);
  g_autoptr (GFile) parent = g_file_get_parent (folder);

  return g_file_get_child (parent, part);
}

static GFile *
frame_file (GFile *folder, guint number)
{
  g_autofree char *name = g_strdup_printf ("frame-%04u.png", number);

  return g_file_get_child (folder, name);
}

static gboolean
write_frame (const MillChartSpec *spec,
             gint64 time_us,
             GFile *file,
             const MillExportOptions *export_options,
             GCancellable *cancellable,
             GError **error)
{
  MillChartOptions options = *mill_chart_spec_get_options (spec); /* borrows its strings */

  options.replay_us = time_us;
  g_autoptr (MillChartSpec) frame = mill_chart_spec_with_options (spec, &options);
  return mill_chart_save (frame, file, export_options, cancellable, error);
}

static gboolean
write_frames (const MillChartSpec *spec,
              GFile *folder,
              const MillExportOptions *options,
              const MillFilmOptions *film,
              GCancellable *cancellable,
              GError **error)
{
  const MillReplay *replay = mill_chart_spec_get_options (spec)->replay;
  guint n = (guint) mill_replay_film_count (replay, film);
  gint64 end_us = mill_replay_get_end_us (replay);

  for (guint i = 0; i < n; i++) {
    g_autoptr (GFile) file = frame_file (folder, i + 1);
    gint64 time_us = n > 1 ? (gint64) ((double) end_us * ((double) i / (double) (n - 1))) : end_us;

    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !write_frame (spec, time_us, file, options, cancellable, error))
      return FALSE;
    if (film->progress != NULL)
      film->progress (i + 1, n, film->data);
  }
  return TRUE;
}

/* The frames that are there, and the folder. */
static void
remove_frames (GFile *folder, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autoptr (GFile) file = frame_file (folder, i + 1);

    if (!g_file_delete (file, NULL, NULL))
      break;
  }
  g_file_delete (folder, NULL, NULL);
}

gboolean
mill_replay_film_save (const MillChartSpec *spec,
                       GFile *folder,
                       const MillExportOptions *options,
                       const MillFilmOptions *film,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GFile) part = NULL;

  if (!check_film (spec, film, folder, error))
    return FALSE;
  part = part_folder (folder);
  if (!g_file_make_directory (part, cancellable, error))
    return FALSE;
  if (write_frames (spec, part, options, film, cancellable, error) &&
      g_file_move (part, folder, G_FILE_COPY_NO_FALLBACK_FOR_MOVE, cancellable, NULL, NULL, error))
    return TRUE;
  remove_frames (part, MILL_FILM_MAX_FRAMES);
  return FALSE;
}

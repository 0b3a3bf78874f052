/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-chart-content.h"

#include <glib/gi18n-lib.h>

#include "app/mill-document-text.h"
#include "charts/mill-chart-kind.h"

struct _MillChartContent {
  GdkContentProvider parent_instance;

  MillChartSpec *spec;
  MillExportOptions options;
  GFile *file; /* being written, or NULL */
};

G_DEFINE_FINAL_TYPE (MillChartContent, mill_chart_content, GDK_TYPE_CONTENT_PROVIDER)

/* One request for the bytes, for a thread of its own. */
typedef struct {
  MillChartSpec *spec;
  MillExportOptions options;
  MillExportFormat format;
  GFile *file;
  GOutputStream *stream;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  mill_chart_spec_unref (request->spec);
  g_clear_object (&request->file);
  g_clear_object (&request->stream);
  g_free (request);
}

static Request *
request_new (MillChartContent *self, MillExportFormat format)
{
  Request *request = g_new0 (Request, 1);

  request->spec = mill_chart_spec_ref (self->spec);
  request->options = self->options;
  request->format = format;
  return request;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
      mill_chart_to_bytes (request->spec, request->format, &request->options, &error);

  if (bytes != NULL)
    g_output_stream_write_all (request->stream, g_bytes_get_data (bytes, NULL),
                               g_bytes_get_size (bytes), NULL, cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
mill_chart_content_write_async (GdkContentProvider *provider,
                                const char *mime_type,
                                GOutputStream *stream,
                                int priority,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  MillChartContent *self = MILL_CHART_CONTENT (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  gboolean svg = g_strcmp0 (mime_type, mill_export_media_type (MILL_EXPORT_SVG)) == 0;

  g_task_set_priority (task, priority);
  if (!svg && g_strcmp0 (mime_type, mill_export_media_type (MILL_EXPORT_PNG)) != 0) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                             _ ("A chart is offered as PNG and as SVG, not as %s"), mime_type);
    return;
  }
  Request *request = request_new (self, svg ? MILL_EXPORT_SVG : MILL_EXPORT_PNG);
  request->stream = g_object_ref (stream);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, write_in_thread);
}

static gboolean
mill_chart_content_write_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static GdkContentFormats *
mill_chart_content_ref_formats (GdkContentProvider *provider)
{
  MillChartContent *self = MILL_CHART_CONTENT (provider);
  GdkContentFormatsBuilder *builder = gdk_content_formats_builder_new ();

  if (self->file != NULL)
    gdk_content_formats_builder_add_gtype (builder, GDK_TYPE_FILE_LIST);
  gdk_content_formats_builder_add_mime_type (builder, mill_export_media_type (MILL_EXPORT_PNG));
  gdk_content_formats_builder_add_mime_type (builder, mill_export_media_type (MILL_EXPORT_SVG));
  return gdk_content_formats_builder_free_to_formats (builder);
}

static gboolean
mill_chart_content_get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  MillChartContent *self = MILL_CHART_CONTENT (provider);

  if (self->file != NULL && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    g_autoptr (GSList) files = g_slist_append (NULL, self->file);

    g_value_set_boxed (value, files);
    return TRUE;
  }
  return GDK_CONTENT_PROVIDER_CLASS (mill_chart_content_parent_class)
      ->get_value (provider, value, error);
}

static void
mill_chart_content_finalize (GObject *object)
{
  MillChartContent *self = MILL_CHART_CONTENT (object);

  g_clear_pointer (&self->spec, mill_chart_spec_unref);
  g_clear_object (&self->file);
  G_OBJECT_CLASS (mill_chart_content_parent_class)->finalize (object);
}

static void
mill_chart_content_class_init (MillChartContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = mill_chart_content_finalize;
  provider_class->ref_formats = mill_chart_content_ref_formats;
  provider_class->write_mime_type_async = mill_chart_content_write_async;
  provider_class->write_mime_type_finish = mill_chart_content_write_finish;
  provider_class->get_value = mill_chart_content_get_value;
}

static void
mill_chart_content_init (MillChartContent *self)
{
}

GdkContentProvider *
mill_chart_content_new (MillChartSpec *spec, const MillExportOptions *options)
{
  MillChartContent *self = g_object_new (MILL_TYPE_CHART_CONTENT, NULL);

  self->spec = mill_chart_spec_ref (spec);
  self->options = *options;
  return GDK_CONTENT_PROVIDER (self);
}

char *
mill_chart_file_name (const MillChartSpec *spec, const char *extension)
{
  const MillResult *result = mill_chart_spec_get_result (spec, 0);
  const char *kind = mill_chart_kind_info (mill_chart_spec_get_kind (spec))->id;
  g_autofree char *name = g_strdup_printf ("%s %s", result->name != NULL ? result->name : "", kind);

  return mill_document_text_file_name (name, extension);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Request *request = data;
  g_autoptr (GFile) folder = g_file_get_parent (request->file);
  GError *error = NULL;

  if (!g_file_make_directory_with_parents (folder, cancellable, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_EXISTS))
    g_clear_error (&error);
  if (error == NULL)
    mill_chart_save (request->spec, request->file, &request->options, cancellable, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

GdkContentProvider *
mill_chart_content_new_with_file (MillChartSpec *spec, const MillExportOptions *options)
{
  GdkContentProvider *provider = mill_chart_content_new (spec, options);
  MillChartContent *self = MILL_CHART_CONTENT (provider);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);
  g_autofree char *name = mill_chart_file_name (spec, ".png");
  g_autofree char *path =
      g_build_filename (g_get_user_cache_dir (), "threadmill", "dragged", name, NULL);
  Request *request;

  self->file = g_file_new_for_path (path);
  request = request_new (self, MILL_EXPORT_PNG);
  request->file = g_object_ref (self->file);
  g_task_set_task_data (task, request, request_free);
  g_task_run_in_thread (task, save_in_thread);
  return provider;
}

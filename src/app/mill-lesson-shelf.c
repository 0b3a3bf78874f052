/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-lesson-shelf.h"

#include <string.h>

#include "app/mill-load.h"
#include "experiment/mill-json.h"

/* A folder with more than this is not one of lessons. */
#define MAX_OWN_LESSONS 200
#define HEAD_BYTES 4096

/* A lesson, and the file of one that is the teacher's. */
typedef struct {
  MillLesson *lesson;
  GFile *file; /* or NULL */
} Item;

struct _MillLessonShelf {
  GObject parent_instance;

  GFile *folder;
  GPtrArray *items;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (MillLessonShelf, mill_lesson_shelf, G_TYPE_OBJECT)

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

static void
item_free (gpointer data)
{
  Item *item = data;

  mill_lesson_unref (item->lesson);
  g_clear_object (&item->file);
  g_free (item);
}

/* Takes both. */
static Item *
item_new (MillLesson *lesson, GFile *file)
{
  Item *item = g_new (Item, 1);

  item->lesson = lesson;
  item->file = file;
  return item;
}

static const Item *
get_item (MillLessonShelf *self, guint index)
{
  return g_ptr_array_index (self->items, index);
}

/* Puts one into its place, or at the end. Takes `item`. */
static void
insert (MillLessonShelf *self, Item *item)
{
  for (guint i = 0; i < self->items->len; i++) {
    const Item *other = get_item (self, i);

    if (other->file != NULL &&
        g_str_equal (mill_lesson_get_id (other->lesson), mill_lesson_get_id (item->lesson))) {
      item_free (self->items->pdata[i]);
      self->items->pdata[i] = item;
      return;
    }
  }
  g_ptr_array_add (self->items, item);
}

/* Lessons that are damaged are left where they are: somebody may still mend them. */
static gpointer
load_folder (GFile *folder, GCancellable *cancellable, GError **error)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (
      folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  GFile *child;

  while (children != NULL && items->len < MAX_OWN_LESSONS &&
         g_file_enumerator_iterate (children, NULL, &child, cancellable, NULL) && child != NULL) {
    g_autoptr (GPtrArray) problems = NULL;
    MillLesson *lesson = mill_lesson_load_file (child, cancellable, &problems);

    if (lesson != NULL)
      g_ptr_array_add (items, item_new (lesson, g_object_ref (child)));
  }
  return items;
}

static int
compare_titles (gconstpointer a, gconstpointer b)
{
  const Item *const *left = a, *const *right = b;

  return g_utf8_collate (mill_lesson_get_title ((*left)->lesson),
                         mill_lesson_get_title ((*right)->lesson));
}

static void
on_folder_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (MillLessonShelf) self = MILL_LESSON_SHELF (data);
  g_autoptr (GPtrArray) items = mill_load_finish (result, NULL);

  if (items == NULL || items->len == 0)
    return;
  g_ptr_array_sort (items, compare_titles);
  g_ptr_array_set_free_func (items, NULL);
  for (guint i = 0; i < items->len; i++)
    insert (self, g_ptr_array_index (items, i));
  g_signal_emit (self, signals[CHANGED], 0);
}

MillLessonShelf *
mill_lesson_shelf_new (GFile *folder)
{
  MillLessonShelf *self = g_object_new (MILL_TYPE_LESSON_SHELF, NULL);
  g_autoptr (GPtrArray) lessons = mill_lesson_list ();
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "threadmill", "lessons", NULL);

  self->folder = folder != NULL ? g_object_ref (folder) : g_file_new_for_path (path);
  for (guint i = 0; i < lessons->len; i++)
    g_ptr_array_add (self->items,
                     item_new (mill_lesson_ref (g_ptr_array_index (lessons, i)), NULL));
  mill_load_async (self->folder, load_folder, (GDestroyNotify) g_ptr_array_unref, self->cancellable,
                   on_folder_loaded, g_object_ref (self));
  return self;
}

guint
mill_lesson_shelf_get_n (MillLessonShelf *shelf)
{
  return shelf->items->len;
}

MillLesson *
mill_lesson_shelf_get (MillLessonShelf *shelf, guint index)
{
  return get_item (shelf, index)->lesson;
}

gboolean
mill_lesson_shelf_is_own (MillLessonShelf *shelf, guint index)
{
  return get_item (shelf, index)->file != NULL;
}

int
mill_lesson_shelf_find (MillLessonShelf *shelf, const char *id)
{
  /* From the end: a teacher's own version of a lesson is the one that is meant. */
  for (guint i = shelf->items->len; i > 0; i--) {
    if (g_strcmp0 (mill_lesson_get_id (get_item (shelf, i - 1)->lesson), id) == 0)
      return (int) i - 1;
  }
  return -1;
}

/* What a thread found out about a file. */
typedef struct {
  GFile *folder;
  MillLesson *lesson;
  GFile *copy;
  GPtrArray *problems;
} Addition;

static void
addition_free (gpointer data)
{
  Addition *addition = data;

  g_object_unref (addition->folder);
  g_clear_pointer (&addition->lesson, mill_lesson_unref);
  g_clear_object (&addition->copy);
  g_clear_pointer (&addition->problems, g_ptr_array_unref);
  g_free (addition);
}

/* The bytes that were checked are the ones that are kept. */
static gboolean
copy_lesson (Addition *addition, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = g_strconcat (mill_lesson_get_id (addition->lesson), ".json", NULL);

  if (!g_file_make_directory_with_parents (addition->folder, cancellable, error)) {
    if (error != NULL && !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_EXISTS))
      return FALSE;
    g_clear_error (error);
  }
  addition->copy = g_file_get_child (addition->folder, name);
  return mill_file_write (addition->copy, g_bytes_get_data (bytes, NULL),
                          (gssize) g_bytes_get_size (bytes), cancellable, error);
}

static void
add_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GFile *file = G_FILE (source);
  Addition *addition = data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = mill_file_read (file, MILL_LESSON_MAX_BYTES, cancellable, &error);

  if (bytes != NULL) {
    addition->lesson = mill_lesson_load_bytes (bytes, &addition->problems);
    if (addition->lesson != NULL)
      copy_lesson (addition, bytes, cancellable, &error);
  }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
mill_lesson_shelf_add_async (MillLessonShelf *shelf,
                             GFile *file,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autoptr (GTask) task = g_task_new (file, shelf->cancellable, callback, data);
  Addition *addition = g_new0 (Addition, 1);

  addition->folder = g_object_ref (shelf->folder);
  g_task_set_task_data (task, addition, addition_free);
  g_task_run_in_thread (task, add_in_thread);
}

const char *
mill_lesson_shelf_add_finish (MillLessonShelf *shelf,
                              GAsyncResult *result,
                              GPtrArray **problems,
                              GError **error)
{
  Addition *addition = g_task_get_task_data (G_TASK (result));

  *problems = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  if (addition->lesson == NULL) {
    *problems = g_steal_pointer (&addition->problems);
    return NULL;
  }
  Item *item = item_new (g_steal_pointer (&addition->lesson), g_steal_pointer (&addition->copy));
  insert (shelf, item);
  g_signal_emit (shelf, signals[CHANGED], 0);
  return mill_lesson_get_id (item->lesson);
}

/* Where there is no trash. */
static void
on_trashed (GObject *source, GAsyncResult *result, gpointer data)
{
  GFile *file = G_FILE (source);

  if (!g_file_trash_finish (file, result, NULL))
    g_file_delete_async (file, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
}

void
mill_lesson_shelf_remove (MillLessonShelf *shelf, guint index)
{
  const Item *item = get_item (shelf, index);

  g_return_if_fail (item->file != NULL);
  g_file_trash_async (item->file, G_PRIORITY_DEFAULT, NULL, on_trashed, NULL);
  g_ptr_array_remove_index (shelf->items, index);
  g_signal_emit (shelf, signals[CHANGED], 0);
}

gboolean
mill_lesson_file_is_lesson (GFile *file, GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  g_autofree char *head = g_malloc0 (HEAD_BYTES + 1);
  gsize n = 0;

  /* Also of a damaged one, whose problems are then told by line. */
  return stream != NULL &&
         g_input_stream_read_all (G_INPUT_STREAM (stream), head, HEAD_BYTES, &n, cancellable,
                                  NULL) &&
         strstr (head, "\"" MILL_LESSON_FORMAT "\"") != NULL;
}

static void
mill_lesson_shelf_dispose (GObject *object)
{
  g_cancellable_cancel (MILL_LESSON_SHELF (object)->cancellable);
  G_OBJECT_CLASS (mill_lesson_shelf_parent_class)->dispose (object);
}

static void
mill_lesson_shelf_finalize (GObject *object)
{
  MillLessonShelf *self = MILL_LESSON_SHELF (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->folder);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (mill_lesson_shelf_parent_class)->finalize (object);
}

static void
mill_lesson_shelf_class_init (MillLessonShelfClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = mill_lesson_shelf_dispose;
  object_class->finalize = mill_lesson_shelf_finalize;
  signals[CHANGED] = g_signal_new ("changed", MILL_TYPE_LESSON_SHELF, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
mill_lesson_shelf_init (MillLessonShelf *self)
{
  self->items = g_ptr_array_new_with_free_func (item_free);
  self->cancellable = g_cancellable_new ();
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-help-page.h"

#include <string.h>

#define SPACING_PX 12
#define INDENT_PX 12

struct _MillHelpPage {
  GtkBox parent_instance;

  char *title;
};

G_DEFINE_FINAL_TYPE (MillHelpPage, mill_help_page, GTK_TYPE_BOX)

/* A page while its XML is read. */
typedef struct {
  MillHelpPage *page;
  const char *pictures;
  GPtrArray *boxes; /* the innermost last */
  GArray *numbers;  /* of the item to come, for each open list; 0: bullets */
  GString *text;    /* Pango markup of the paragraph or heading that is open */
  char *picture;    /* of the image that is open, whose text describes it */
  int level;        /* of the heading that is open */
  gboolean keep;    /* the text of this element is text of the page */
} Reader;

static void
append (Reader *reader, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (g_ptr_array_index (reader->boxes, reader->boxes->len - 1)), widget);
}

static gboolean
on_link (GtkLabel *label, const char *uri, gpointer data)
{
  g_signal_emit_by_name (data, "link-activated", uri);
  return TRUE;
}

static GtkWidget *
text_new (Reader *reader, GtkAccessibleRole role)
{
  GtkWidget *label = g_object_new (
      GTK_TYPE_LABEL, "accessible-role", role, "label", reader->text->str, "use-markup", TRUE,
      "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR, "xalign", 0.0, "max-width-chars", 70, NULL);

  g_signal_connect (label, "activate-link", G_CALLBACK (on_link), reader->page);
  g_string_truncate (reader->text, 0);
  return label;
}

static void
append_heading (Reader *reader)
{
  static const char *const classes[] = { "title-1", "title-3", "heading" };
  GtkWidget *label;

  if (reader->page->title == NULL)
    pango_parse_markup (reader->text->str, -1, 0, NULL, &reader->page->title, NULL, NULL);
  label = text_new (reader, GTK_ACCESSIBLE_ROLE_HEADING);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  reader->level, -1);
  gtk_widget_add_css_class (label, classes[CLAMP (reader->level, 1, 3) - 1]);
  if (reader->level > 1)
    gtk_widget_set_margin_top (label, SPACING_PX);
  append (reader, label);
}

static void
append_paragraph (Reader *reader)
{
  if (reader->text->len > 0)
    append (reader, text_new (reader, GTK_ACCESSIBLE_ROLE_LABEL));
}

static void
append_code (Reader *reader)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *label;

  /* The block ends with the end of its last line. */
  while (g_str_has_suffix (reader->text->str, "\n"))
    g_string_truncate (reader->text, reader->text->len - 1);
  label = gtk_label_new (NULL);
  gtk_label_set_markup (GTK_LABEL (label), reader->text->str);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "monospace");
  gtk_widget_add_css_class (label, "help-code");
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  g_string_truncate (reader->text, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), label);
  gtk_widget_add_css_class (scroller, "card");
  append (reader, scroller);
}

/* The picture, with the text between its brackets as what it shows. */
static void
append_picture (Reader *reader)
{
  g_autofree char *path = g_build_path ("/", reader->pictures, reader->picture, NULL);
  GtkWidget *picture = gtk_picture_new_for_resource (path);
  g_autofree char *shows = NULL;

  pango_parse_markup (reader->text->str, -1, 0, NULL, &shows, NULL, NULL);
  g_string_truncate (reader->text, 0);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), shows);
  gtk_picture_set_can_shrink (GTK_PICTURE (picture), TRUE);
  gtk_widget_add_css_class (picture, "help-picture");
  append (reader, picture);
}

static void
open_box (Reader *reader, GtkOrientation orientation, int spacing_px)
{
  GtkWidget *box = gtk_box_new (orientation, spacing_px);

  append (reader, box);
  g_ptr_array_add (reader->boxes, box);
}

/* A bullet or a number, and a box for what the item holds. */
static void
open_item (Reader *reader)
{
  guint *number = &g_array_index (reader->numbers, guint, reader->numbers->len - 1);
  g_autofree char *sign = *number > 0 ? g_strdup_printf ("%u.", (*number)++) : g_strdup ("•");
  GtkWidget *label = gtk_label_new (sign);

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  open_box (reader, GTK_ORIENTATION_HORIZONTAL, INDENT_PX);
  append (reader, label);
  open_box (reader, GTK_ORIENTATION_VERTICAL, SPACING_PX / 2);
  gtk_widget_set_hexpand (g_ptr_array_index (reader->boxes, reader->boxes->len - 1), TRUE);
}

static void
close_box (Reader *reader)
{
  g_ptr_array_set_size (reader->boxes, (int) reader->boxes->len - 1);
}

/* The elements within a line, as Pango names them. */
static const struct {
  const char *element;
  const char *open;
  const char *close;
  gboolean holds_text; /* not only white space between elements */
} inlines[] = {
  { "text", "", "", TRUE },         { "strong", "<b>", "</b>", FALSE },
  { "emph", "<i>", "</i>", FALSE }, { "code", "<tt>", "</tt>", TRUE },
  { "softbreak", " ", "", FALSE },  { "linebreak", "\n", "", FALSE },
  { "code_block", "", "", TRUE },
};

static const char *
attribute (const char *name, const char **names, const char **values)
{
  for (; *names != NULL; names++, values++) {
    if (g_str_equal (*names, name))
      return *values;
  }
  return "";
}

static void
on_start (GMarkupParseContext *context,
          const char *element,
          const char **names,
          const char **values,
          gpointer data,
          GError **error)
{
  Reader *reader = data;

  reader->keep = FALSE;
  if (g_str_equal (element, "heading"))
    reader->level = atoi (attribute ("level", names, values));
  if (g_str_equal (element, "list")) {
    gboolean ordered = g_str_equal (attribute ("type", names, values), "ordered");
    guint first = ordered ? (guint) MAX (atoi (attribute ("start", names, values)), 1) : 0;

    g_array_append_val (reader->numbers, first);
    open_box (reader, GTK_ORIENTATION_VERTICAL, SPACING_PX / 2);
  }
  if (g_str_equal (element, "item"))
    open_item (reader);
  if (g_str_equal (element, "block_quote")) {
    open_box (reader, GTK_ORIENTATION_VERTICAL, SPACING_PX);
    gtk_widget_add_css_class (g_ptr_array_index (reader->boxes, reader->boxes->len - 1),
                              "help-quote");
  }
  if (g_str_equal (element, "thematic_break"))
    append (reader, gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  if (g_str_equal (element, "image")) {
    append_paragraph (reader);
    reader->picture = g_strdup (attribute ("destination", names, values));
  }
  if (g_str_equal (element, "link")) {
    g_autofree char *uri = g_markup_escape_text (attribute ("destination", names, values), -1);

    g_string_append_printf (reader->text, "<a href=\"%s\">", uri);
  }
  for (guint i = 0; i < G_N_ELEMENTS (inlines); i++) {
    if (!g_str_equal (element, inlines[i].element))
      continue;
    reader->keep = inlines[i].holds_text;
    g_string_append (reader->text, inlines[i].open);
  }
}

static void
on_end (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Reader *reader = data;

  reader->keep = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (inlines); i++) {
    if (g_str_equal (element, inlines[i].element))
      g_string_append (reader->text, inlines[i].close);
  }
  if (g_str_equal (element, "link"))
    g_string_append (reader->text, "</a>");
  if (g_str_equal (element, "heading"))
    append_heading (reader);
  if (g_str_equal (element, "paragraph"))
    append_paragraph (reader);
  if (g_str_equal (element, "code_block"))
    append_code (reader);
  if (g_str_equal (element, "image")) {
    append_picture (reader);
    g_clear_pointer (&reader->picture, g_free);
  }
  if (g_str_equal (element, "item")) {
    close_box (reader);
    close_box (reader);
  }
  if (g_str_equal (element, "list")) {
    g_array_set_size (reader->numbers, reader->numbers->len - 1);
    close_box (reader);
  }
  if (g_str_equal (element, "block_quote"))
    close_box (reader);
}

static void
on_text (
    GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Reader *reader = data;

  if (reader->keep) {
    g_autofree char *escaped = g_markup_escape_text (text, (gssize) length);

    g_string_append (reader->text, escaped);
  }
}

static void
mill_help_page_finalize (GObject *object)
{
  g_free (MILL_HELP_PAGE (object)->title);
  G_OBJECT_CLASS (mill_help_page_parent_class)->finalize (object);
}

static void
mill_help_page_class_init (MillHelpPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = mill_help_page_finalize;
  g_signal_new ("link-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
mill_help_page_init (MillHelpPage *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), SPACING_PX);
  gtk_widget_add_css_class (GTK_WIDGET (self), "help-page");
}

GtkWidget *
mill_help_page_new (const char *xml, gsize length, const char *pictures)
{
  static const GMarkupParser parser = { on_start, on_end, on_text, NULL, NULL };
  MillHelpPage *self = g_object_new (MILL_TYPE_HELP_PAGE, NULL);
  g_autoptr (GPtrArray) boxes = g_ptr_array_new ();
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  Reader reader = { .page = self, .pictures = pictures, .boxes = boxes, .numbers = numbers };
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GError) error = NULL;

  reader.text = g_string_new (NULL);
  g_ptr_array_add (boxes, self);
  context = g_markup_parse_context_new (&parser, 0, &reader, NULL);
  if (!g_markup_parse_context_parse (context, xml, (gssize) length, &error) ||
      !g_markup_parse_context_end_parse (context, &error))
    gtk_box_append (GTK_BOX (self), gtk_label_new (error->message));
  g_string_free (reader.text, TRUE);
  g_free (reader.picture);
  return GTK_WIDGET (self);
}

const char *
mill_help_page_get_title (MillHelpPage *self)
{
  return self->title;
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-note-row.h"

struct _MillNoteRow {
  GtkListBoxRow parent_instance;

  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (MillNoteRow, mill_note_row, GTK_TYPE_LIST_BOX_ROW)

static void
mill_note_row_class_init (MillNoteRowClass *klass)
{
}

static void
mill_note_row_init (MillNoteRow *self)
{
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (self);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self), "note");
  gtk_list_box_row_set_child (row, GTK_WIDGET (self->label));
  gtk_list_box_row_set_activatable (row, FALSE);
  gtk_list_box_row_set_selectable (row, FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
mill_note_row_set_text (MillNoteRow *self, GtkWidget *field, const char *text)
{
  gboolean wrong = text != NULL;

  gtk_label_set_text (self->label, wrong ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), wrong);
  if (field == NULL)
    return;
  if (wrong)
    gtk_widget_add_css_class (field, "error");
  else
    gtk_widget_remove_css_class (field, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  wrong ? text : "", -1);
}

const char *
mill_note_row_get_text (MillNoteRow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_text (self->label) : NULL;
}

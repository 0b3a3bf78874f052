/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "charts/mill-color.h"

G_BEGIN_DECLS

typedef enum {
  MILL_THEME_LIGHT,
  MILL_THEME_DARK,
  MILL_THEME_HIGH_CONTRAST,
  MILL_THEME_HIGH_CONTRAST_DARK,
  MILL_THEME_PRINT,
  MILL_N_THEMES
} MillThemeId;

/* The colours and widths of a theme. Widths are at the base type size and grow with it. */
typedef struct {
  MillThemeId id;
  const char *name;  /* "light", "dark", "high-contrast", "high-contrast-dark", "print" */
  const char *label; /* untranslated */
  gboolean dark;
  gboolean hatches_only; /* print: black hatches, no colour */
  MillColor background;
  MillColor text;
  MillColor secondary; /* subtitles, ticks, source */
  MillColor grid;
  MillColor axis;
  MillColor published; /* published results: a grey that no model has */
  MillColor published_text;
  MillColor annotation; /* predictions, means, cursors */
  MillColor error;      /* failures' first reason */
  MillColor readout;    /* the box under a readout */
  MillColor readout_text;
  MillColor readout_secondary;
  double axis_px;
  double outline_px; /* around bars; 0: none */
} MillTheme;

/**
 * mill_theme_get:
 *
 * Returns: (transfer none): static data, never NULL
 */
const MillTheme *mill_theme_get (MillThemeId id);

/**
 * mill_theme_from_name:
 * @name: "light", "dark", "high-contrast", "high-contrast-dark" or "print"
 *
 * Returns: FALSE where no theme has that name; @id is then untouched
 */
gboolean mill_theme_from_name (const char *name, MillThemeId *id);

G_END_DECLS

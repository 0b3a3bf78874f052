/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "charts/mill-chart-theme.h"

static const MillTheme themes[MILL_N_THEMES] = {
  [MILL_THEME_LIGHT] = {
    .id = MILL_THEME_LIGHT,
    .name = "light",
    .label = N_ ("Light"),
    .background = MILL_RGB (0xffffff),
    .text = MILL_RGB (0x241f31),
    .secondary = MILL_RGB (0x6b6b70),
    .grid = MILL_RGB (0xe4e4e6),
    .axis = MILL_RGB (0x9a9a9f),
    .published = MILL_RGB (0x8e8e93),
    .published_text = MILL_RGB (0x5e5c64),
    .annotation = MILL_RGB (0x3d3846),
    .error = MILL_RGB (0xc01c28),
    .readout = MILL_RGB (0x2b2b2f),
    .readout_text = MILL_RGB (0xffffff),
    .readout_secondary = MILL_RGB (0xc8c8cc),
    .axis_px = 1.0,
    .outline_px = 0.0,
  },
  [MILL_THEME_DARK] = {
    .id = MILL_THEME_DARK,
    .name = "dark",
    .label = N_ ("Dark"),
    .dark = TRUE,
    .background = MILL_RGB (0x2c2c2c),
    .text = MILL_RGB (0xffffff),
    .secondary = MILL_RGB (0xb5b5b5),
    .grid = MILL_RGB (0x454545),
    .axis = MILL_RGB (0x8a8a8a),
    .published = MILL_RGB (0x9a9996),
    .published_text = MILL_RGB (0xc0bfbc),
    .annotation = MILL_RGB (0xdeddda),
    .error = MILL_RGB (0xff7b63),
    .readout = MILL_RGB (0x000000),
    .readout_text = MILL_RGB (0xffffff),
    .readout_secondary = MILL_RGB (0xc8c8cc),
    .axis_px = 1.0,
    .outline_px = 0.0,
  },
  [MILL_THEME_HIGH_CONTRAST] = {
    .id = MILL_THEME_HIGH_CONTRAST,
    .name = "high-contrast",
    .label = N_ ("High contrast"),
    .background = MILL_RGB (0xffffff),
    .text = MILL_RGB (0x000000),
    .secondary = MILL_RGB (0x000000),
    .grid = MILL_RGB (0x8a8a8a),
    .axis = MILL_RGB (0x000000),
    .published = MILL_RGB (0x6e6e6e),
    .published_text = MILL_RGB (0x000000),
    .annotation = MILL_RGB (0x000000),
    .error = MILL_RGB (0xa51d2d),
    .readout = MILL_RGB (0x000000),
    .readout_text = MILL_RGB (0xffffff),
    .readout_secondary = MILL_RGB (0xffffff),
    .axis_px = 2.0,
    .outline_px = 2.0,
  },
  [MILL_THEME_HIGH_CONTRAST_DARK] = {
    .id = MILL_THEME_HIGH_CONTRAST_DARK,
    .name = "high-contrast-dark",
    .label = N_ ("High contrast, dark"),
    .dark = TRUE,
    .background = MILL_RGB (0x000000),
    .text = MILL_RGB (0xffffff),
    .secondary = MILL_RGB (0xffffff),
    .grid = MILL_RGB (0x8a8a8a),
    .axis = MILL_RGB (0xffffff),
    .published = MILL_RGB (0xa6a6a6),
    .published_text = MILL_RGB (0xffffff),
    .annotation = MILL_RGB (0xffffff),
    .error = MILL_RGB (0xff7b63),
    .readout = MILL_RGB (0xffffff),
    .readout_text = MILL_RGB (0x000000),
    .readout_secondary = MILL_RGB (0x000000),
    .axis_px = 2.0,
    .outline_px = 2.0,
  },
  [MILL_THEME_PRINT] = {
    .id = MILL_THEME_PRINT,
    .name = "print",
    .label = N_ ("Print"),
    .hatches_only = TRUE,
    .background = MILL_RGB (0xffffff),
    .text = MILL_RGB (0x000000),
    .secondary = MILL_RGB (0x444444),
    .grid = MILL_RGB (0xd0d0d0),
    .axis = MILL_RGB (0x000000),
    .published = MILL_RGB (0x9a9a9a),
    .published_text = MILL_RGB (0x444444),
    .annotation = MILL_RGB (0x000000),
    .error = MILL_RGB (0x000000),
    .readout = MILL_RGB (0xffffff),
    .readout_text = MILL_RGB (0x000000),
    .readout_secondary = MILL_RGB (0x444444),
    .axis_px = 1.0,
    .outline_px = 1.2,
  },
};

const MillTheme *
mill_theme_get (MillThemeId id)
{
  g_return_val_if_fail (id < MILL_N_THEMES, &themes[MILL_THEME_LIGHT]);
  return &themes[id];
}

gboolean
mill_theme_from_name (const char *name, MillThemeId *id)
{
  for (guint i = 0; i < MILL_N_THEMES; i++) {
    if (g_strcmp0 (name, themes[i].name) == 0) {
      *id = themes[i].id;
      return TRUE;
    }
  }
  return FALSE;
}

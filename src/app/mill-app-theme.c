/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/mill-app-theme.h"

MillThemeId
mill_app_theme_id (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);

  if (adw_style_manager_get_high_contrast (manager))
    return dark ? MILL_THEME_HIGH_CONTRAST_DARK : MILL_THEME_HIGH_CONTRAST;
  return dark ? MILL_THEME_DARK : MILL_THEME_LIGHT;
}

const MillTheme *
mill_app_theme (void)
{
  return mill_theme_get (mill_app_theme_id ());
}

void
mill_app_theme_watch (GtkWidget *widget, GCallback changed)
{
  AdwStyleManager *style = adw_style_manager_get_default ();

  g_signal_connect_object (style, "notify::dark", changed, widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (style, "notify::high-contrast", changed, widget, G_CONNECT_SWAPPED);
}

void
mill_app_theme_rgba (MillColor color, GdkRGBA *rgba)
{
  rgba->red = color.red / 255.0f;
  rgba->green = color.green / 255.0f;
  rgba->blue = color.blue / 255.0f;
  rgba->alpha = color.alpha / 255.0f;
}

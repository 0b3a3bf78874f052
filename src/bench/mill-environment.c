/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <libsoup/soup.h>

#include "bench/mill-environment.h"
#include "platform/mill-machine.h"

static void
add_string (JsonBuilder *builder, const char *member, const char *value)
{
  if (value == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, value);
}

static void
add_int (JsonBuilder *builder, const char *member, gint64 value)
{
  if (value < 0)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, value);
}

static void
add_double (JsonBuilder *builder, const char *member, double value)
{
  if (!(value >= 0))
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_double_value (builder, value);
}

/* -1: the system does not say. */
static void
add_flag (JsonBuilder *builder, const char *member, int value)
{
  if (value < 0)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, value != 0);
}

static void
add_version (JsonBuilder *builder, const char *library, guint major, guint minor, guint micro)
{
  g_autofree char *version = g_strdup_printf ("%u.%u.%u", major, minor, micro);

  add_string (builder, library, version);
}

/* The libraries as they are loaded now, where they say so: a build can meet newer ones. */
static void
add_libraries (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "libraries");
  json_builder_begin_object (builder);
  add_version (builder, "glib", glib_major_version, glib_minor_version, glib_micro_version);
  add_version (builder, "libsoup", soup_get_major_version (), soup_get_minor_version (),
               soup_get_micro_version ());
  add_version (builder, "json-glib", JSON_MAJOR_VERSION, JSON_MINOR_VERSION, JSON_MICRO_VERSION);
  add_string (builder, "libmicrohttpd", MILL_MICROHTTPD_VERSION);
#ifdef HAVE_EPOLL_LOOP
  add_string (builder, "libcurl", MILL_CURL_VERSION);
  add_string (builder, "libuv", MILL_UV_VERSION);
#endif
  json_builder_end_object (builder);
}

JsonNode *
mill_environment_to_json (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (MillMachine) machine = mill_machine_read ();

  json_builder_begin_object (builder);
  add_string (builder, "cpu_model", machine->cpu_model);
  add_int (builder, "cores", machine->cores);
  add_int (builder, "cores_machine", machine->cores_machine);
  add_double (builder, "memory_mib", (double) machine->memory_bytes / (1024 * 1024));
  add_string (builder, "os", machine->os);
  add_string (builder, "kernel", machine->kernel);
  add_string (builder, "architecture", machine->architecture);
  add_string (builder, "governor", machine->governor);
  add_flag (builder, "turbo", machine->turbo);
  add_flag (builder, "on_battery", machine->on_battery);
  add_double (builder, "load_average", machine->load_average);
  add_string (builder, "container", machine->container);
  add_double (builder, "cpu_quota_cores", machine->cpu_quota_cores);
  add_double (builder, "memory_limit_mib", (double) machine->memory_limit_bytes / (1024 * 1024));
  add_string (builder, "virtualisation", machine->virtualisation);
  add_libraries (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

JsonNode *
mill_program_to_json (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_string (builder, "name", "Threadmill");
  add_string (builder, "version", MILL_VERSION);
#ifdef __VERSION__
  add_string (builder, "compiler", __VERSION__);
#endif
#ifdef __OPTIMIZE__
  add_flag (builder, "optimised", 1);
#else
  add_flag (builder, "optimised", 0);
#endif
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-experiment.h"
#include "experiment/mill-url-list.h"
#include "experiment/mill-url.h"

static void
test_read (void)
{
  static const char text[] = "\xef\xbb\xbf# targets\r\n"
                             "http://127.0.0.1/a\r\n"
                             "\r\n"
                             "  https://example.org/b#part \n"
                             "\t# more\n"
                             "\r"
                             "http://[::1]:8080/c\r"
                             "HTTP://example.org";
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) urls = mill_url_list_parse (text, sizeof text - 1, "urls.txt", &error);
  g_autofree char *written = NULL;
  g_auto (GStrv) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (urls), ==, 4);
  g_assert_cmpstr (urls[0], ==, "http://127.0.0.1/a");
  g_assert_cmpstr (urls[1], ==, "https://example.org/b#part");
  g_assert_cmpstr (urls[2], ==, "http://[::1]:8080/c");
  g_assert_cmpstr (urls[3], ==, "HTTP://example.org");
  written = mill_url_list_to_text (urls);
  again = mill_url_list_parse (written, strlen (written), "again", NULL);
  g_assert_cmpstrv (urls, again);
}

static void
assert_refused (const char *text, gssize length, const char *expected)
{
  g_autoptr (GError) error = NULL;
  gsize size = length < 0 ? strlen (text) : (gsize) length;

  g_assert_null (mill_url_list_parse (text, size, "urls.txt", &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  g_assert_true (g_str_has_prefix (error->message, "urls.txt"));
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_nonnull (strstr (error->message, expected));
}

static void
test_bad_lines_are_named (void)
{
  g_autoptr (GString) text = g_string_new ("http://127.0.0.1/\n# comment\n");
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 22; i++)
    g_string_append (text, "nonsense\n\n");
  g_assert_null (mill_url_list_parse (text->str, text->len, "urls.txt", &error));
  g_assert_nonnull (strstr (error->message, "22 lines"));
  g_assert_nonnull (strstr (error->message, "line 3: "));
  g_assert_nonnull (strstr (error->message, "line 21: "));
  g_assert_null (strstr (error->message, "line 23: "));
  g_assert_nonnull (strstr (error->message, "and 12 more"));
}

static void
test_refused (void)
{
  g_autofree char *long_line = g_strnfill (10 * 1024 * 1024, 'a');

  assert_refused ("", -1, "holds no URL");
  assert_refused ("# only\n\n  \n", -1, "holds no URL");
  assert_refused ("http://a/\0http://b/", 20, "no text file");
  assert_refused ("\x7f"
                  "ELF\2\1\1\0\0",
                  9, "no text file");
  assert_refused ("http://a/\xff\n", -1, "line 1: ");
  assert_refused ("http://a/\nexample.org/x\n", -1, "line 2: “example.org/x” has no scheme");
  assert_refused (long_line, -1, "line 1: ");
  assert_refused ("http://a/ b\n", -1, "blank");
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < MILL_MAX_URLS; i++)
    g_string_append (text, "http://a/\n");
  {
    g_auto (GStrv) urls = mill_url_list_parse (text->str, text->len, "urls.txt", NULL);
    g_assert_cmpuint (g_strv_length (urls), ==, MILL_MAX_URLS);
  }
  g_string_append (text, "http://a/\n");
  assert_refused (text->str, -1, "more than 100,000 URLs");
}

static void
test_too_long_in_all (void)
{
  g_autofree char *path = g_strnfill (MILL_MAX_URL_BYTES - 20, 'a');
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len <= MILL_MAX_URL_LIST_BYTES + MILL_MAX_URL_BYTES)
    g_string_append_printf (text, "http://a/%s\n", path);
  assert_refused (text->str, -1, "more than 16 MiB");
}

static void
test_any_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (int i = 0; i < 5000; i++) {
    char bytes[64];
    gsize length = (gsize) g_rand_int_range (rand, 0, sizeof bytes);
    g_autoptr (GError) error = NULL;
    g_auto (GStrv) urls = NULL;

    for (gsize j = 0; j < length; j++)
      bytes[j] =
          (char) (g_rand_boolean (rand) ? g_rand_int_range (rand, 1, 256)
                                        : "http://a.b[]:@#\n\r"[g_rand_int_range (rand, 0, 17)]);
    urls = mill_url_list_parse (bytes, length, "urls.txt", &error);
    g_assert_true ((urls == NULL) == (error != NULL));
    if (error != NULL)
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    for (guint j = 0; urls != NULL && urls[j] != NULL; j++)
      g_assert_true (mill_url_check (urls[j], NULL));
  }
}

static void
test_loopback (void)
{
  static const struct {
    const char *url;
    gboolean loopback;
  } cases[] = {
    { "http://127.0.0.1/", TRUE },
    { "http://127.255.0.3:80/x", TRUE },
    { "http://[::1]/", TRUE },
    { "https://localhost:8443/", TRUE },
    { "http://LocalHost./", TRUE },
    { "http://a.b.localhost/", TRUE },
    { "http://user@127.0.0.1/", TRUE },
    { "http://example.org/", FALSE },
    { "http://notlocalhost/", FALSE },
    { "http://localhost.example.org/", FALSE },
    { "http://127.0.0.1.example.org/", FALSE },
    { "http://127.0.0.1@example.org/", FALSE },
    { "http://localhost:80@example.org/", FALSE },
    { "http://example.org/127.0.0.1", FALSE },
    { "http://example.org#@127.0.0.1/", FALSE },
    { "http://example.org?@127.0.0.1/", FALSE },
    { "http://128.0.0.1/", FALSE },
    { "http://0.0.0.0/", FALSE },
    { "http://10.0.0.1/", FALSE },
    { "http://[::2]/", FALSE },
    { "http://[fe80::1]/", FALSE },
    { "http://2130706433/", FALSE },
    { "nonsense", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    if (mill_url_is_loopback (cases[i].url) != cases[i].loopback)
      g_test_fail_printf ("%s: loopback is not %d", cases[i].url, cases[i].loopback);
  }
}

static void
test_check (void)
{
  static const char *const bad[] = {
    "",
    "http://",
    "http:///x",
    "http://:80/",
    "//a/",
    "a",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "http:/a/",
    "http://a:65536/",
    "http://a:0/",
    "http://a:x/",
    "http://[::",
    "http://a\r\nB: c",
    "http://a/\tb",
    " http://a/",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    if (mill_url_check (bad[i], &error))
      g_test_fail_printf ("“%s” was not refused", bad[i]);
    g_assert_error (error, MILL_ERROR, MILL_ERROR_USAGE);
  }
  g_assert_true (mill_url_check ("http://a", NULL));
  g_assert_true (mill_url_check ("http://[2001:db8::1]:8080/ä?b=c#d", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/url-list/read", test_read);
  g_test_add_func ("/url-list/bad-lines-are-named", test_bad_lines_are_named);
  g_test_add_func ("/url-list/refused", test_refused);
  g_test_add_func ("/url-list/too-many", test_too_many);
  g_test_add_func ("/url-list/too-long-in-all", test_too_long_in_all);
  g_test_add_func ("/url-list/any-bytes", test_any_bytes);
  g_test_add_func ("/url/loopback", test_loopback);
  g_test_add_func ("/url/check", test_check);
  return g_test_run ();
}

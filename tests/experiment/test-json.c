/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "experiment/mill-error.h"
#include "experiment/mill-json.h"
#include "experiment/mill-number.h"
#include "experiment/mill-text.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = mill_json_parse (text, -1, "here", &error);

  g_assert_no_error (error);
  return node;
}

static void
test_accepted (void)
{
  static const struct {
    const char *text;
    const char *written;
  } cases[] = {
    { "{}", "{}" },
    { " [ ] ", "[]" },
    { "\xef\xbb\xbf{}\r\n", "{}" },
    { "true", "true" },
    { "null", "null" },
    { "-0.5e-3", "-0.0005" },
    { "9223372036854775807", "9223372036854775807" },
    { "-9223372036854775808", "-9223372036854775808" },
    { "0.1", "0.1" },
    { "1e308", "1e+308" },
    { "1E+2", "100" },
    { "-0", "0" },
    { "[1e-400]", "[0]" },
    { "{\"\":1}", "{\"\":1}" },
    { "[1,2.5,\"x\",[[]],{\"a\":{}}]", "[1,2.5,\"x\",[[]],{\"a\":{}}]" },
    { "\"\\ud83d\\ude00\\u00e4\\n\\/\"", "\"😀ä\\n/\"" },
    { "{\"a\":1,\"b\":{\"a\":2},\"c\":[{\"a\":1},{\"a\":2}]}",
      "{\"a\":1,\"b\":{\"a\":2},\"c\":[{\"a\":1},{\"a\":2}]}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) node = parse (cases[i].text);
    g_autofree char *written = mill_json_to_line (node);
    g_assert_cmpstr (written, ==, cases[i].written);
  }
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "line 1, column 1: there is nothing" },
    { "  \n ", "line 2, column 2: there is nothing" },
    { "{", "ends in the middle" },
    { "{\"a\"", "ends in the middle" },
    { "{\"a\":", "ends in the middle" },
    { "{\"a\":1", "ends in the middle" },
    { "{\"a\":1,", "ends in the middle" },
    { "[1", "ends in the middle" },
    { "\"abc", "has no end" },
    { "\"abc\\", "ends in the middle" },
    { "{\n  \"a\": 1,\n  \"a\": 2\n}", "line 3, column 3: this name appears twice" },
    { "{\"a\":1,\"\\u0061\":2}", "appears twice" },
    { "{\"ä\":1,\"\\u00e4\":2}", "appears twice" },
    { "{\"😀\":1,\"\\ud83d\\ude00\":2}", "appears twice" },
    { "[NaN]", "column 2: a value was expected" },
    { "[Infinity]", "a value was expected" },
    { "[-]", "a digit was expected" },
    { "[1e400]", "too large" },
    { "[-1e400]", "too large" },
    { "[9223372036854775808]", "too large" },
    { "[0x10]", "a comma or ]" },
    { "[01]", "does not begin with 0" },
    { "[1.]", "a digit" },
    { "[1e]", "a digit" },
    { "[.5]", "a value" },
    { "[+5]", "a value" },
    { "[1,]", "a value" },
    { "{\"a\":1,}", "a name" },
    { "{a:1}", "a name" },
    { "{'a':1}", "a name" },
    { "[1 2]", "a comma or ]" },
    { "{\"a\" 1}", "a colon" },
    { "[1]]", "something follows" },
    { "{} {}", "something follows" },
    { "[1}", "a comma or ]" },
    { "// comment\n{}", "a value" },
    { "{} /* comment */", "something follows" },
    { "var a = {};", "a value" },
    { "[\"\t\"]", "control character" },
    { "[\"\\x41\"]", "no such escape" },
    { "[\"\\u12\"]", "four hexadecimal" },
    { "[\"\\u0000\"]", "U+0000" },
    { "[\"\\ud83d\"]", "surrogate" },
    { "[\"\\ud83dx\"]", "surrogate" },
    { "[\"\\ud83d\\u0041\"]", "surrogate" },
    { "[\"\\ude00\"]", "surrogate" },
    { "[\"a\xff\"]", "column 4: this is not UTF-8" },
    { "\xff\xfe{\0}", "not UTF-8" },
    { "truee", "something follows" },
    { "tru", "a value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (mill_json_parse (cases[i].text, -1, "here", &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
    g_assert_true (g_str_has_prefix (error->message, "here, line "));
    if (strstr (error->message, cases[i].expected) == NULL)
      g_test_fail_printf ("%s: “%s” does not say “%s”", cases[i].text, error->message,
                          cases[i].expected);
  }
}

static void
test_nul_bytes (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mill_json_parse ("{\"a\0\":1}", 9, "here", &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
}

static void
test_depth (void)
{
  for (int depth = MILL_JSON_MAX_DEPTH - 1; depth <= 1000000; depth = depth * 3 + 1) {
    g_autofree char *open = g_strnfill ((gsize) depth, '[');
    g_autofree char *close = g_strnfill ((gsize) depth, ']');
    g_autofree char *text = g_strconcat (open, close, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = mill_json_parse (text, -1, "here", &error);

    if (depth <= MILL_JSON_MAX_DEPTH)
      g_assert_no_error (error);
    else
      g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  }
}

static void
test_size (void)
{
  gsize size = MILL_JSON_MAX_BYTES + 1;
  g_autofree char *text = g_strnfill (size, ' ');
  g_autoptr (GError) error = NULL;

  text[0] = '1';
  g_assert_null (mill_json_parse (text, (gssize) size, "here", &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "64 MiB"));
}

/* Whatever is cut off or changed: an answer, never a crash, and never a value without a
 * complete text. */
static void
test_damaged (void)
{
  static const char text[] = "{\"a\": [1, -2.5e3, \"\\u00e4\\ud83d\\ude00ß\", true, null], "
                             "\"b\": {\"c\": {\"d\": []}}, \"e\": \"\"}";
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (gsize length = 0; length < strlen (text); length++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (mill_json_parse (text, (gssize) length, "here", &error));
    g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  }
  for (int i = 0; i < 20000; i++) {
    g_autofree char *damaged = g_strdup (text);
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = NULL;

    for (int j = g_rand_int_range (rand, 1, 4); j > 0; j--)
      damaged[g_rand_int_range (rand, 0, sizeof text - 1)] =
          (char) (g_rand_boolean (rand) ? g_rand_int_range (rand, 0, 256)
                                        : "{}[]\",:\\0e-."[g_rand_int_range (rand, 0, 12)]);
    node = mill_json_parse (damaged, sizeof text - 1, "here", &error);
    g_assert_true ((node == NULL) == (error != NULL));
    if (error != NULL)
      g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  }
}

static void
test_numbers_survive (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (int i = 0; i < 5000; i++) {
    double value = ldexp (g_rand_double (rand), g_rand_int_range (rand, -60, 60));
    g_autofree char *text = mill_number_to_string (value);
    double back = 0;

    g_assert_true (mill_number_parse_double (text, 0, G_MAXDOUBLE, &back, NULL));
    g_assert_cmpmem (&value, sizeof value, &back, sizeof back);
  }
}

static void
test_grouped_numbers (void)
{
  static const struct {
    double number;
    const char *text;
  } cases[] = {
    { 0, "0" },           { 999, "999" },   { 1000, "1,000" },
    { -1000, "-1,000" },  { -100, "-100" }, { 12345678, "12,345,678" },
    { 1000.5, "1000.5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = mill_number_group_double (cases[i].number);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

/* Wide characters take two columns of a terminal, accents of their own none. */
static void
test_text_columns (void)
{
  g_assert_cmpuint (mill_text_columns (""), ==, 0);
  g_assert_cmpuint (mill_text_columns ("sync"), ==, 4);
  g_assert_cmpuint (mill_text_columns ("é"), ==, 1);
  g_assert_cmpuint (mill_text_columns ("e\u0301"), ==, 1);
  g_assert_cmpuint (mill_text_columns ("モデル"), ==, 6);
}

static void
test_writing (void)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *line = NULL;

  json_object_set_double_member (object, "nan", NAN);
  json_object_set_double_member (object, "tenth", 0.1);
  json_object_set_double_member (object, "infinite", INFINITY);
  json_object_set_string_member (object, "text", "\"\\\n\t\x01\x7f<ä>");
  mill_json_set_uint64 (object, "small", G_GUINT64_CONSTANT (9007199254740992));
  mill_json_set_uint64 (object, "large", G_GUINT64_CONSTANT (9007199254740993));
  json_node_take_object (node, object);
  line = mill_json_to_line (node);
  g_assert_cmpstr (line, ==,
                   "{\"tenth\":0.1,\"text\":\"\\\"\\\\\\n\\t\\u0001\\u007f<ä>\","
                   "\"small\":9007199254740992,\"large\":\"9007199254740993\"}");
}

static void
test_members (void)
{
  g_autoptr (JsonNode) node =
      parse ("{\"int\":5,\"double\":2.5,\"whole\":3.0,\"text\":\"abc\",\"yes\":true,"
             "\"list\":[\"a\",\"b\"],\"mixed\":[\"a\",1],\"object\":{},\"none\":null,"
             "\"seed\":\"18446744073709551615\",\"big\":1e30,\"negative\":-1}");
  JsonObject *object = json_node_get_object (node);
  g_autofree char *text = NULL;
  g_auto (GStrv) list = NULL;
  JsonObject *inner = NULL;
  JsonArray *array = NULL;
  gboolean yes = FALSE;
  gint64 integer = 7;
  double number = 7;
  guint64 seed = 7;

  g_assert_true (mill_json_get_int (object, "missing", 0, 9, &integer, NULL));
  g_assert_true (mill_json_get_int (object, "none", 0, 9, &integer, NULL));
  g_assert_cmpint (integer, ==, 7);
  g_assert_true (mill_json_get_int (object, "int", 0, 9, &integer, NULL));
  g_assert_cmpint (integer, ==, 5);
  g_assert_true (mill_json_get_int (object, "whole", 0, 9, &integer, NULL));
  g_assert_cmpint (integer, ==, 3);
  g_assert_false (mill_json_get_int (object, "int", 6, 9, &integer, NULL));
  g_assert_false (mill_json_get_int (object, "double", 0, 9, &integer, NULL));
  g_assert_false (mill_json_get_int (object, "big", 0, G_MAXINT64, &integer, NULL));
  g_assert_false (mill_json_get_int (object, "text", 0, 9, &integer, NULL));
  g_assert_false (mill_json_get_int (object, "yes", 0, 9, &integer, NULL));
  g_assert_cmpint (integer, ==, 3);
  g_assert_true (mill_json_get_double (object, "double", 0, 9, &number, NULL));
  g_assert_cmpfloat (number, ==, 2.5);
  g_assert_true (mill_json_get_double (object, "int", 0, 9, &number, NULL));
  g_assert_false (mill_json_get_double (object, "double", 3, 9, &number, NULL));
  g_assert_false (mill_json_get_double (object, "text", 0, 9, &number, NULL));
  g_assert_true (mill_json_get_string (object, "text", 3, &text, NULL));
  g_assert_cmpstr (text, ==, "abc");
  g_assert_false (mill_json_get_string (object, "text", 2, &text, NULL));
  g_assert_false (mill_json_get_string (object, "int", 9, &text, NULL));
  g_assert_true (mill_json_get_boolean (object, "yes", &yes, NULL));
  g_assert_true (yes);
  g_assert_false (mill_json_get_boolean (object, "int", &yes, NULL));
  g_assert_true (mill_json_get_strings (object, "list", 2, 1, &list, NULL));
  g_assert_cmpuint (g_strv_length (list), ==, 2);
  g_assert_false (mill_json_get_strings (object, "list", 1, 1, &list, NULL));
  g_assert_false (mill_json_get_strings (object, "mixed", 9, 9, &list, NULL));
  g_assert_cmpuint (g_strv_length (list), ==, 2);
  g_assert_true (mill_json_get_object (object, "object", &inner, NULL));
  g_assert_nonnull (inner);
  g_assert_false (mill_json_get_object (object, "list", &inner, NULL));
  g_assert_true (mill_json_get_array (object, "mixed", 2, &array, NULL));
  g_assert_false (mill_json_get_array (object, "object", 2, &array, NULL));
  g_assert_true (mill_json_get_uint64 (object, "seed", &seed, NULL));
  g_assert_cmpuint (seed, ==, G_MAXUINT64);
  g_assert_true (mill_json_get_uint64 (object, "int", &seed, NULL));
  g_assert_cmpuint (seed, ==, 5);
  g_assert_false (mill_json_get_uint64 (object, "negative", &seed, NULL));
  g_assert_false (mill_json_get_uint64 (object, "text", &seed, NULL));
}

static void
test_errors_name_the_member (void)
{
  g_autoptr (JsonNode) node = parse ("{\"requests\":\"80\"}");
  g_autoptr (GError) error = NULL;
  gint64 requests;

  g_assert_false (
      mill_json_get_int (json_node_get_object (node), "requests", 1, 100, &requests, &error));
  g_assert_error (error, MILL_ERROR, MILL_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "“requests” must be a whole number from 1 to 100");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/accepted", test_accepted);
  g_test_add_func ("/json/refused", test_refused);
  g_test_add_func ("/json/nul-bytes", test_nul_bytes);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/size", test_size);
  g_test_add_func ("/json/damaged", test_damaged);
  g_test_add_func ("/json/numbers-survive", test_numbers_survive);
  g_test_add_func ("/json/numbers-grouped", test_grouped_numbers);
  g_test_add_func ("/json/text-columns", test_text_columns);
  g_test_add_func ("/json/writing", test_writing);
  g_test_add_func ("/json/members", test_members);
  g_test_add_func ("/json/errors-name-the-member", test_errors_name_the_member);
  return g_test_run ();
}

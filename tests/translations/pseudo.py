#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a language that nobody speaks: pseudo.py ROOT OUTPUT.mo

Every text is longer by two fifths and full of accents, so that a label that is cut off, or a text
that does not come from gettext, is seen at once. Placeholders, fields and markup stay.
"""
import importlib.util
import pathlib
import re
import subprocess
import sys
import tempfile

LETTERS = str.maketrans("aceinosuyACEINOSUY", "áçéîñöšüýÁÇÉÎÑÖŠÜÝ")
# What is not text: placeholders of printf and strftime, fields, markup, escapes.
KEPT = re.compile(r"(%[-+ #0']*[\d.*$]*(?:[hlzjt]+)?[A-Za-z%]|\{[^}]*\}|<[^>]*>|&[a-z]+;|\\.)")
WORD = re.compile(r"_?[A-Za-z][A-Za-z_’']*")
MORE = 0.4
# Formats of dates and of lists of words for the system are no prose.
UNTOUCHED = re.compile(r"^(?:[^A-Za-z]*|[a-z-]+(?:;[a-zA-Z -]+)+;?)$")


def longer(word):
    word = word.group()
    return word.translate(LETTERS) + "~" * max(1, round(len(word) * MORE))


def pseudo(text):
    if UNTOUCHED.match(KEPT.sub("", text)):
        return text
    return "".join(part if index % 2 else WORD.sub(longer, part)
                   for index, part in enumerate(KEPT.split(text)))


def main():
    root, output = pathlib.Path(sys.argv[1]), sys.argv[2]
    spec = importlib.util.spec_from_file_location("update", root / "po/update.py")
    update = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(update)
    with tempfile.TemporaryDirectory() as folder:
        template, language = pathlib.Path(folder) / "texts.pot", pathlib.Path(folder) / "xx.po"
        update.extract(root, template)
        text = subprocess.run(["msgcat", "--no-wrap", template], check=True, capture_output=True,
                              text=True).stdout
        head, body = text.split("\n\n", 1)
        head = head.replace("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=(n != 1);")
        head = head.replace("charset=CHARSET", "charset=UTF-8").replace("#, fuzzy\n", "")
        lines = []
        source = {}
        key = None
        for line in body.splitlines():
            found = re.match(r'(msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$', line)
            if found and not found.group(1).startswith("msgstr"):
                key = found.group(1)
                source[key] = found.group(2)
                lines.append(line)
            elif found:
                one = found.group(1) in ("msgstr", "msgstr[0]")
                english = source["msgid"] if one else source["msgid_plural"]
                lines.append(f'{found.group(1)} "{pseudo(english)}"')
                key = None
            elif line.startswith('"') and key:
                source[key] += line[1:-1]
                lines.append(line)
            elif not line.startswith('"'):
                lines.append(line)
        language.write_text(head + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
        subprocess.run(["msgfmt", "--check-format", "--output-file", output, language], check=True)


main()

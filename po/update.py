#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Renews what the translations are made from: `./dev translations`.

Writes POTFILES (every file with texts for a person), data-strings.h (the texts of the data files)
and brings each language's file up to the texts of the tree; then says what is left to translate.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3"]
MARKED = re.compile(r'\b(?:[CNQ]|NC)?_ ?\(\s*"|\bngettext \(')
DATA = ("*.desktop", "*.metainfo.xml", "*.gschema.xml", "*.mime.xml")


def sources(root):
    """The files with texts, relative to the root, in order."""
    found = ["po/data-strings.h"]
    for path in [*root.glob("src/**/*.[ch]"), *root.glob("src/**/*.def")]:
        if MARKED.search(path.read_text(encoding="utf-8")):
            found.append(path.relative_to(root).as_posix())
    for path in root.glob("resources/**/*.ui"):
        if 'translatable="yes"' in path.read_text(encoding="utf-8"):
            found.append(path.relative_to(root).as_posix())
    for pattern in DATA:
        found += [path.relative_to(root).as_posix() for path in root.glob("data/" + pattern)]
    return sorted(found)


def potfiles(root):
    head = "# Files with texts for a person; written by po/update.py.\n"
    return head + "".join(name + "\n" for name in sources(root))


def languages(po):
    lines = (po / "LINGUAS").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def data_strings(root, output):
    subprocess.run([sys.executable, root / "data/extract-strings.py", output, root / "data"], check=True)
    return output.read_text(encoding="utf-8")


def extract(root, output):
    """All texts of the tree as a template."""
    command = ["xgettext", "--from-code=UTF-8", "--add-comments=Translators", "--add-location=file",
               "--package-name=threadmill", "--copyright-holder=The Threadmill authors",
               "--directory", root, "--output", output]
    command += [f"--keyword={keyword}" for keyword in KEYWORDS]
    names = sources(root)
    tables = [name for name in names if name.endswith(".def")]
    subprocess.run(command + [name for name in names if name not in tables], check=True)
    # Tables that C files include; xgettext does not know them by their suffix.
    subprocess.run([*command, "--language=C", "--join-existing", *tables], check=True)


def merge(template, language_file, output):
    subprocess.run(["msgmerge", "--quiet", "--no-fuzzy-matching", "--add-location=file", "--width=98",
                    "--output-file", output, language_file, template], check=True)
    subprocess.run(["msgattrib", "--no-obsolete", "--add-location=file", "--width=98",
                    "--output-file", output, output], check=True)


def untranslated(language_file):
    """The English texts that a file has no translation of."""
    listed = subprocess.run(["msgattrib", "--untranslated", "--no-obsolete", "--no-wrap", language_file],
                            check=True, capture_output=True, text=True).stdout
    fuzzy = subprocess.run(["msgattrib", "--only-fuzzy", "--no-obsolete", "--no-wrap", language_file],
                           check=True, capture_output=True, text=True).stdout
    texts = re.findall(r'^msgid "(.+)"$', listed + fuzzy, re.MULTILINE)
    return texts if listed or fuzzy else []


def update(root):
    po = root / "po"
    (po / "POTFILES").write_text(potfiles(root), encoding="utf-8")
    data_strings(root, po / "data-strings.h")
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / "threadmill.pot"
        extract(root, template)
        for language in languages(po):
            file = po / f"{language}.po"
            merge(template, file, file)
            left = untranslated(file)
            print(f"{language}: {len(left)} to translate" + "".join(f"\n  {text}" for text in left))


if __name__ == "__main__":
    update(pathlib.Path(__file__).resolve().parent.parent)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the texts of the data files as C for xgettext, which reads no JSON.

extract-strings.py OUTPUT FOLDER: the presets in FOLDER/presets (name, description), the published
results in FOLDER/published (name, notes, source, models) and the lessons in FOLDER/lessons
(everything a person reads), one N_() each with a comment that says where it stands. The program
looks them up with gettext when it loads the file. po/POTFILES names OUTPUT; `./dev translations`
runs this again.
"""
import json
import pathlib
import sys

PRESET_MEMBERS = {"name", "description"}
PUBLISHED_MEMBERS = {"name", "notes", "source", "model"}
LESSON_MEMBERS = {"title", "question", "note", "prompt", "unit", "label", "headline", "text"}

KINDS = (("presets", PRESET_MEMBERS), ("published", PUBLISHED_MEMBERS), ("lessons", LESSON_MEMBERS))


def texts(value, members, path=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in members and isinstance(inner, str) and inner:
                yield f"{path}{name}", inner
            elif name not in ("format", "experiment"):
                yield from texts(inner, members, f"{path}{name}.")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, members, f"{path}{index}.")


def main():
    output, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    lines = ["/* Written by data/extract-strings.py; do not edit. */"]
    for kind, members in KINDS:
        for path in sorted((folder / kind).glob("*.json")):
            document = json.loads(path.read_text(encoding="utf-8"))
            for where, text in texts(document, members):
                lines.append(f"/* Translators: {kind}/{path.name}, {where}; leave words in "
                             "{braces} as they are, xgettext:no-c-format */")
                lines.append(f"N_({json.dumps(text, ensure_ascii=False)})")
    output.write_text("\n".join(lines) + "\n", encoding="utf-8")


main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text reaches the translators, and every language of po/LINGUAS is complete and keeps
placeholders, fields and mnemonics. check-translations.py ROOT CLI BUILT_PO"""
import collections
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT, CLI, BUILT = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
CORES = re.compile(r"\b\d+ cores?\b")
FIELD = re.compile(r"\{[a-z_0-9]*\}")
ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) "(.*)"$')
# A label with a mnemonic, "Show _Data" or "S_top"; not the name of a member, "delay_s".
MNEMONIC = re.compile(r"[^_%]{0,40}_[^_%]{1,40}")

spec = importlib.util.spec_from_file_location("update", ROOT / "po/update.py")
update = importlib.util.module_from_spec(spec)
spec.loader.exec_module(update)

failures = 0
count = 0


def check(holds, what, why=""):
    global failures, count
    count += 1
    failures += not holds
    print(f"{'ok' if holds else 'not ok'} {count} - {what}")
    for line in [] if holds else str(why).splitlines()[:30]:
        print(f"# {line}")


def entries(file):
    """Each entry of a file as a dictionary of its keywords."""
    text = subprocess.run(["msgcat", "--no-wrap", file], check=True, capture_output=True, text=True).stdout
    for block in text.split("\n\n")[1:]:
        entry, key = {}, None
        for line in block.splitlines():
            found = ENTRY.match(line)
            if found:
                key = found.group(1)
                entry[key] = found.group(2)
            elif key and line.startswith('"'):
                entry[key] += line[1:-1]
        yield entry


def differs(entry):
    """What a translation of an entry lost, or None."""
    english = entry.get("msgid_plural", entry["msgid"])
    for key, text in entry.items():
        if not key.startswith("msgstr"):
            continue
        source = entry["msgid"] if key in ("msgstr", "msgstr[0]") and "msgstr[1]" in entry else english
        if collections.Counter(FIELD.findall(source)) != collections.Counter(FIELD.findall(text)):
            return f"fields: {source} / {text}"
        if MNEMONIC.fullmatch(source) and text.count("_") != 1:
            return f"mnemonic: {source} / {text}"
        if source.endswith("…") != text.endswith("…") and len(source) < 40:
            return f"ellipsis: {source} / {text}"
    return None


def speaking_locale(folder):
    """Newer C libraries ignore LANGUAGE in the locale C.UTF-8, but not in the same by another name."""
    plain = pathlib.Path("/usr/lib/locale/C.utf8")
    if not plain.is_dir():
        return {"LC_ALL": "C.UTF-8"}
    (folder / "en_US.utf8").symlink_to(plain)
    return {"LC_ALL": "en_US.UTF-8", "LOCPATH": str(folder)}


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    locale = speaking_locale(folder)
    listed = (ROOT / "po/POTFILES").read_text(encoding="utf-8")
    check(listed == update.potfiles(ROOT), "POTFILES names every file with texts",
          "run ./dev translations\n" + "\n".join(set(listed.split()) ^ set(update.potfiles(ROOT).split())))
    check((ROOT / "po/data-strings.h").read_text(encoding="utf-8") ==
          update.data_strings(ROOT, folder / "data-strings.h"),
          "the texts of the data files are up to date", "run ./dev translations")
    update.extract(ROOT, folder / "threadmill.pot")
    measured = folder / "measured.threadmill"
    subprocess.run([CLI, "run", "--models", "sync", "--requests", "2", "--quiet", "--output", measured], check=True)
    for language in update.languages(ROOT / "po"):
        file, merged = ROOT / f"po/{language}.po", folder / f"{language}.po"
        checked = subprocess.run(["msgfmt", "--check", "--output-file", os.devnull, file],
                                 capture_output=True, text=True)
        check(checked.returncode == 0 and not checked.stderr, f"{language}: placeholders and plurals",
              checked.stderr)
        update.merge(folder / "threadmill.pot", file, merged)
        left = update.untranslated(merged)
        check(not left, f"{language}: complete", "run ./dev translations; not translated:\n" + "\n".join(left))
        lost = [what for what in map(differs, entries(merged)) if what]
        check(not lost, f"{language}: fields, mnemonics and ellipses", "\n".join(lost))

        # The command line speaks it, from the build tree.
        environment = dict(os.environ, **locale, LANGUAGE=language, TEXTDOMAINDIR=BUILT)
        said = subprocess.run([CLI, "list", "presets"], capture_output=True, text=True, env=environment)
        english = subprocess.run([CLI, "list", "presets"], capture_output=True, text=True)
        check(said.returncode == 0 and said.stdout != english.stdout, f"{language}: spoken by the command line",
              said.stdout + said.stderr)
        # Texts with a plural have a way of their own: the environment's line counts the cores.
        shown, in_english = (subprocess.run([CLI, "show", measured], capture_output=True, text=True, env=words).stdout
                             for words in (environment, None))
        check(CORES.search(in_english) and not CORES.search(shown), f"{language}: plurals are spoken too", shown)

print(f"1..{count}")
sys.exit(failures > 0)

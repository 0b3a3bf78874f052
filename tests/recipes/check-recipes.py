#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Follows the recipes of CONTRIBUTING.md in a copy of the tree: a new model, a new chart kind and a
new lesson, each with no more than the recipe names; builds the copy and uses all three.

check-recipes.py ROOT MESON
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT, MESON = pathlib.Path(sys.argv[1]), sys.argv[2:]
TITLES = ("A new model.", "A new chart kind.", "A new lesson.")

number = 0


def say(what):
    global number
    number += 1
    print(f"ok {number} - {what}", flush=True)


def run(*command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def replace(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file}: {old}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def add_model(tree):
    """One line in the table, one file, listed."""
    replace(tree / "src/experiment/mill-models.def", "/* clang-format on */",
            'MILL_MODEL (ONE_BY_ONE, one_by_one, "one-by-one", NONE, NONE, SYNC,\n'
            '            N_("What the recipe makes"))\n/* clang-format on */')
    text = (tree / "src/runners/mill-runner-sync.c").read_text(encoding="utf-8")
    (tree / "src/runners/mill-runner-one-by-one.c").write_text(
        text.replace("mill_runner_sync", "mill_runner_one_by_one"), encoding="utf-8")
    replace(tree / "src/runners/meson.build", "  'mill-runner-sync.c',\n",
            "  'mill-runner-sync.c',\n  'mill-runner-one-by-one.c',\n")


def add_chart_kind(tree):
    """One file with a layout function, one line in the table."""
    replace(tree / "src/charts/mill-chart-kinds.def", "/* clang-format on */",
            'MILL_CHART_KIND (DURATION, duration, "duration", N_("Duration"))\n/* clang-format on */')
    text = (tree / "src/charts/mill-chart-time.c").read_text(encoding="utf-8")
    (tree / "src/charts/mill-chart-duration.c").write_text(
        text.replace("mill_chart_time", "mill_chart_duration"), encoding="utf-8")
    replace(tree / "src/charts/meson.build", "  'mill-chart-time.c',\n",
            "  'mill-chart-time.c',\n  'mill-chart-duration.c',\n")


def add_lesson(tree):
    """The example of the guide as a file, one line in the list."""
    guide = (tree / "docs/help/classroom.md").read_text(encoding="utf-8")
    lesson = re.search(r"```json\n(\{.*?\n\})\n```", guide, re.DOTALL).group(1)
    identifier = json.loads(lesson)["id"]
    (tree / f"data/lessons/{identifier}.json").write_text(lesson + "\n", encoding="utf-8")
    replace(tree / "src/lessons/meson.build", "lesson_ids = [\n", f"lesson_ids = [\n  '{identifier}',\n")
    return identifier


def main():
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for title in TITLES:
        assert f"**{title}**" in contributing, f"CONTRIBUTING.md has no recipe “{title}”"
    with tempfile.TemporaryDirectory() as folder:
        tree, build = pathlib.Path(folder) / "tree", pathlib.Path(folder) / "build"
        shutil.copytree(ROOT, tree, symlinks=True,
                        ignore=lambda _, names: [name for name in names if name.startswith("_")
                                                 or name in (".git", ".flatpak-builder")])
        add_model(tree)
        add_chart_kind(tree)
        lesson = add_lesson(tree)
        environment = dict(os.environ, LC_ALL="C.UTF-8")
        run(*MESON, "setup", build, tree, "-Dgtk=disabled", "-Depoll_loop=disabled", "-Dtests=false",
            "-Dwerror=true", env=environment)
        run("ninja", "-C", build, env=environment)
        say("the copy builds without a warning")

        cli = build / "src/cli/threadmill-cli"
        result, image = pathlib.Path(folder) / "new.threadmill", pathlib.Path(folder) / "new.png"
        assert "one-by-one" in run(cli, "list", "models")
        run(cli, "run", "--models", "one-by-one", "--requests", "5", "--output", result)
        trial = json.loads(result.read_text(encoding="utf-8"))["trials"][0]
        assert trial["model"] == "one-by-one" and trial["verified"] and trial["requests_ok"] == 5, trial
        say("the new model is listed, runs and is verified")

        assert "duration" in run(cli, "list", "charts")
        run(cli, "chart", result, "--kind", "duration", "--output", image)
        assert image.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        say("the new kind of chart is listed and drawn")

        assert lesson in run(cli, "list", "lessons")
        run(cli, "validate", tree / f"data/lessons/{lesson}.json")
        say("the new lesson is listed and valid")
    print(f"1..{number}")


main()

#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page, in several sizes and schemes, from real runs under Xvfb.

screenshots.py BUILD [FOLDER] [--only NAME] [--look LOOK] [--chosen FOLDER]
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import palette

DARK = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}
LIGHT = {"ADW_DEBUG_COLOR_SCHEME": "default"}
CONTRAST = {"ADW_DEBUG_HIGH_CONTRAST": "1"}
# name: width and height in device pixels, device pixels per pixel, options, environment
LOOKS = {
    "1100x720": (1100, 720, 1, [], LIGHT),
    "1100x720-dark": (1100, 720, 1, [], DARK),
    "360x720": (360, 720, 1, [], LIGHT),
    "360x720-dark": (360, 720, 1, [], DARK),
    "1000x700": (1000, 700, 1, [], LIGHT),
    "800x600": (800, 600, 1, [], LIGHT),
    "1920x1080": (1920, 1080, 1, [], LIGHT),
    "3840x2160": (3840, 2160, 2, [], LIGHT),
    "1100x720-contrast": (1100, 720, 1, [], LIGHT | CONTRAST),
    "1100x720-contrast-dark": (1100, 720, 1, [], DARK | CONTRAST),
    "1100x720-text-200": (1100, 720, 1, ["--text", "200"], LIGHT),
    "360x720-text-200": (360, 720, 1, ["--text", "200"], LIGHT),
    "1100x720-rtl": (1100, 720, 1, ["--rtl"], LIGHT),
    "360x720-rtl": (360, 720, 1, ["--rtl"], LIGHT),
}
# What README.md and the metainfo show (there no larger): the look, the scene and the name of its
# picture.
CHOSEN = [
    ("1000x700", "results-time", "results"),
    ("1000x700", "experiment", "experiment"),
    ("1000x700", "lesson", "lesson"),
    ("1000x700", "replay", "replay"),
]
SPOILED = "spoiled.threadmill"
RUNS = [
    ["--preset", "first", "--name", "First experiment"],
    ["--preset", "first", "--name", "First experiment again"],
    ["--requests", "40", "--delay", "0.05", "--models", "thread-pool:20,main-loop:20",
     "--sweep", "concurrency=1,2,5,10,20", "--repeat", "3", "--name", "Threads swept"],
]


def measure(build, folder):
    """Runs the experiments whose results the pictures show, and spoils one document."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, arguments in enumerate(RUNS):
        subprocess.run([build / "src/cli/threadmill-cli", "run", *arguments, "--quiet",
                        "--output", folder / f"run-{number}.threadmill"], check=True)
    (folder / SPOILED).write_text("{ cut off", encoding="utf-8")


def take(build, look, results, out, only):
    """Takes the pictures of one look."""
    width, height, scale, options, variables = LOOKS[look]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="threadmill-look-",
                                     ignore_cleanup_errors=True) as home:
        shutil.copytree(results, pathlib.Path(home) / "threadmill/results")
        environment = os.environ | variables | {
            "ADW_DISABLE_PORTAL": "1", "GDK_BACKEND": "x11",
            "GSK_RENDERER": "cairo", "GSETTINGS_BACKEND": "memory", "GTK_A11Y": "none",
            "GSETTINGS_SCHEMA_DIR": str(build / "data"), "GDK_SCALE": str(scale),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "XDG_DATA_HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home,
        }
        command = ["xvfb-run", "-a", "-s", f"-screen 0 {max(width, 1280)}x{max(height, 1024)}x24",
                   str(build / "tests/app/screenshots"), "--out", str(out),
                   "--width", str(width // scale), "--height", str(height // scale),
                   "--scale", str(scale), *options]
        if only:
            command += ["--only", only]
        return subprocess.run(command, env=environment, check=False).returncode


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path, nargs="?", default="_screenshots")
    parser.add_argument("--only", help="only scenes whose name begins so")
    parser.add_argument("--look", action="append", choices=LOOKS, help="only this look")
    parser.add_argument("--results", type=pathlib.Path, help="results of an earlier call")
    parser.add_argument("--chosen", type=pathlib.Path,
                        help="where the pictures of README.md and the metainfo go")
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    out = arguments.folder.resolve()
    results = (arguments.results or out / "results").resolve()
    status = 0

    if not (results / SPOILED).exists():
        measure(build, results)
    for look in arguments.look or LOOKS:
        print(out / look, flush=True)
        status |= take(build, look, results, out / look, arguments.only)
    for look, scene, name in CHOSEN if arguments.chosen else []:
        picture = out / look / f"{scene}.png"
        if picture.exists():
            palette.shrink(picture, arguments.chosen / f"{name}.png")
    return status


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line of the Windows build under Wine, unpacked from its zip.

Usage: check-cli.py THREADMILL_CLI    the one of this system, for charts to compare with
"""

import ctypes
import json
import operator
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time

import tap
import wine

LINUX_CLI = pathlib.Path(sys.argv[1]).resolve()
MODELS = ["sync", "thread-per-request:10", "thread-pool:10", "gil-thread-pool:5", "main-loop:20",
          "main-loop-batched:10/20", "hybrid:2x10", "multiprocess:2x10"]
REQUESTS = 60
RESULT = wine.ROOT / "tests/fuzz/corpus/result/run.json"
# Of 255, in the mean over all pixels and colours. Another font makes 3, another chart 13.
TOLERANCE = 1.0
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts/truetype/dejavu</dir>
  <cachedir>{folder}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>DejaVu Sans</string></edit>
  </match>
</fontconfig>
"""
CTRL_C = b"\x03"
REDRAWN = 20
LONG_RUN = ["--requests", "100000", "--delay", "0.05", "--repeat", "1"]
FOLDER = pathlib.Path()  # where the zip was unpacked


def cli():
    """The program."""
    return FOLDER / "bin/threadmill-cli.exe"


def load(path):
    """A document."""
    return json.loads(path.read_text(encoding="utf-8"))


def helpers():
    """What the command line has started."""
    return {**wine.processes("threadmill-server"), **wine.processes("threadmill-worker")}


def test_folder(_):
    """All that belongs to the program is in the zip, and its programs find it there."""
    share = FOLDER / "share"
    languages = [line for line in (wine.ROOT / "po/LINGUAS").read_text("utf-8").splitlines()
                 if not line.startswith("#")]
    expected = [f"locale/{language}/LC_MESSAGES/threadmill.mo" for language in languages]
    expected += [f"threadmill/lessons/{path.name}"
                 for path in (wine.ROOT / "data/lessons").glob("*.json")]
    expected += [f"threadmill/{path.name}" for path in (wine.ROOT / "data").glob("*.schema.json")]
    expected += ["glib-2.0/schemas/gschemas.compiled", "icons/Adwaita/index.theme",
                 "icons/Adwaita/16x16/symbolic/open-menu-symbolic.symbolic.png",
                 "icons/hicolor/48x48/apps/io.github.threadmill.Threadmill.png"]
    missing = [name for name in expected if not (share / name).exists()]
    assert languages and not missing, missing
    assert (FOLDER / "etc/fonts/fonts.conf").exists() and (FOLDER / "LICENSE.txt").exists()
    assert "80-requests" in wine.succeed(cli(), "list", "published")
    assert "first" in wine.succeed(cli(), "list", "presets")
    german = wine.succeed(cli(), "--help", env={**os.environ, "LC_ALL": "de_DE.UTF-8"})
    assert "Aufruf" in german, german


def test_models(folder):
    """Every model against the built-in server: the server counted what the client did."""
    path = pathlib.Path(folder) / "résultat é.threadmill"
    wine.succeed(cli(), "run", "--models", ",".join(MODELS), "--requests", REQUESTS, "--delay",
                 "0.01", "--repeat", "1", "--quiet", "--output", wine.windows_path(path))
    document = load(path)
    trials = document["trials"]
    assert sorted(trial["model"] for trial in trials) == sorted(MODELS), trials
    for trial in trials:
        told = (trial["model"], trial["status"], trial["requests_ok"], trial["requests_failed"])
        assert told[1:] == ("complete", REQUESTS, 0) and trial["verified"] is True, told
        assert trial["wall_time_s"] > 0 and trial["memory_mib"]["max"] > 0, trial
        assert trial["threads"] > 0 and trial["processes"] > 0, trial
        # Windows does not tell the two kinds apart: absent, not zero.
        assert not [name for name in trial if "switches" in name], trial.keys()
    assert document["environment"]["os"].startswith("Windows"), document["environment"]
    assert "load_average" not in document["environment"], document["environment"]
    assert wine.run(cli(), "validate", wine.windows_path(path))[0] == 0


def draw_here(result, kind, folder):
    """A chart as this system draws it, with the fonts that Wine has."""
    fonts, picture = folder / "fonts.conf", folder / f"{kind}-linux.png"
    fonts.write_text(FONTS.format(folder=folder), encoding="utf-8")
    subprocess.run([LINUX_CLI, "chart", result, "--kind", kind, "--output", picture], check=True,
                   env={**os.environ, "FONTCONFIG_FILE": str(fonts)}, timeout=wine.TIMEOUT_S)
    return picture


def draw_there(result, kind, folder):
    """The same under Wine."""
    picture = folder / f"{kind} é.png"
    wine.succeed(cli(), "chart", wine.windows_path(result), "--kind", kind, "--output",
                 wine.windows_path(picture))
    return picture


def pixels(path):
    """(width, height, all bytes) of a PNG file."""
    cairo = ctypes.CDLL("libcairo.so.2")
    cairo.cairo_image_surface_create_from_png.restype = ctypes.c_void_p
    cairo.cairo_image_surface_get_data.restype = ctypes.c_void_p
    image = ctypes.c_void_p(cairo.cairo_image_surface_create_from_png(os.fsencode(path)))
    assert cairo.cairo_surface_status(image) == 0, path
    width, height, stride = (getattr(cairo, f"cairo_image_surface_get_{name}")(image)
                             for name in ("width", "height", "stride"))
    data = ctypes.string_at(cairo.cairo_image_surface_get_data(image), stride * height)
    cairo.cairo_surface_destroy(image)
    return width, height, data


def difference(one, other):
    """How much two pictures differ, 0 to 255; what does not fit together differs most."""
    one, other = pixels(one), pixels(other)
    if one[:2] != other[:2]:
        return 255
    return sum(map(abs, map(operator.sub, one[2], other[2]))) / len(one[2])


def test_charts(folder):
    """The same chart of the same document; of another document, another one."""
    folder = pathlib.Path(folder)
    changed = folder / "changed.json"
    document = load(RESULT)
    for model in document["models"]:
        if model["model"] != "sync":
            for figure in model["wall_time_s"]:
                model["wall_time_s"][figure] *= 4
    changed.write_text(json.dumps(document), encoding="utf-8")
    for kind in ("time", "latency", "timeline"):
        found = difference(draw_here(RESULT, kind, folder), draw_there(RESULT, kind, folder))
        print(f"# {kind}: {found:.2f} of 255", flush=True)
        assert found < TOLERANCE, (kind, found)
    found = difference(draw_here(RESULT, "time", folder), draw_there(changed, "time", folder))
    print(f"# another figure: {found:.2f} of 255", flush=True)
    assert found > 2 * TOLERANCE, found


def test_interrupt(folder):
    """Ctrl+C in a terminal: what was measured is kept, and nothing runs on."""
    path = pathlib.Path(folder) / "à moitié.threadmill"
    process, terminal = pty.fork()
    if process == 0:
        os.execv(wine.WINE, [wine.WINE, "", str(cli()), "run", "--models", "main-loop:5",
                             *LONG_RUN, "--output", wine.windows_path(path)])
    output, begun, pressed, deadline = b"", None, False, time.monotonic() + wine.TIMEOUT_S
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                output += os.read(terminal, 65536)
            except OSError:  # its other end was closed
                break
        if begun is None and wine.processes("threadmill-worker"):
            begun = len(output)
        # The line of the progress was drawn anew for a while: there is something to keep.
        if not pressed and begun is not None and output.count(b"\r", begun) > REDRAWN:
            os.write(terminal, CTRL_C)
            pressed = True
    else:
        os.kill(process, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.close(terminal)
    assert pressed and status == 130, (pressed, status, output[-2000:])
    trial, = load(path)["trials"]
    assert trial["status"] == "partial", trial["status"]
    wine.wait_for(lambda: not helpers(), "the end of server and worker")


def test_killed(_):
    """Who ends the command line by force leaves nothing behind: the server cannot even notice
    by itself, so its job must end it."""
    with wine.start(cli(), "run", "--models", "multiprocess:2x5", *LONG_RUN, "--quiet") as run:
        try:
            # A coordinator and its two.
            wine.wait_for(lambda: len(wine.processes("threadmill-worker")) >= 3, "the workers")
            server, = wine.processes("threadmill-server")
            os.kill(server, signal.SIGSTOP)
            wine.succeed("taskkill", "/f", "/im", "threadmill-cli.exe")
        finally:
            run.kill()
    wine.wait_for(lambda: not helpers(), "the end of server and workers")


def main():
    """Runs all on one Windows."""
    global FOLDER  # pylint: disable=global-statement
    wine.find_sysroot()
    with tempfile.TemporaryDirectory(prefix="threadmill é ") as folder, wine.session():
        FOLDER = wine.unpack(pathlib.Path(folder)).parent
        return tap.run(dict(globals()))


if __name__ == "__main__":
    sys.exit(main())

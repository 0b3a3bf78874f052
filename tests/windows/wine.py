# SPDX-License-Identifier: GPL-3.0-or-later
"""Wine, as the tests of the Windows build use it: a Windows of their own in the build's folder."""

import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile

from desktop import die_with_parent

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("MILL_WINDOWS_BUILD_DIR", ROOT / "_build-windows")).resolve()
OUTPUT = pathlib.Path(os.environ.get("MILL_WINDOWS_OUTPUT_DIR", ROOT / "_windows")).resolve()
PREFIX = pathlib.Path(os.environ.get("WINEPREFIX", BUILD / "wine"))
WINE = str(ROOT / "windows/wine")
TIMEOUT_S = 120
TURN_S = 0.1

os.environ.update(WINEPREFIX=str(PREFIX), LC_ALL="C.UTF-8", GSETTINGS_BACKEND="memory")
for name in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "LANGUAGE", "XDG_DATA_DIRS", "FONTCONFIG_FILE"):
    os.environ.pop(name, None)


def skip(reason):
    """Ends this program as a test that cannot be made here."""
    print(f"1..0 # SKIP {reason}", flush=True)
    sys.exit(0)


def _need(*programs):
    for program in programs:
        if shutil.which(program) is None:
            skip(f"{program} is not installed (./dev deps test windows)")


def find_sysroot():
    """The folder of the libraries; ends the program where something is missing."""
    if not os.path.exists("/usr/lib/wine/wine64"):
        skip("wine64 is not installed (./dev deps windows)")
    if not list(OUTPUT.glob("*-setup.exe")):
        skip(f"there is no Windows build in {OUTPUT}: ./dev windows makes one")
    found = subprocess.run([ROOT / "windows/build-sysroot", "--find"], stdout=subprocess.PIPE,
                           encoding="utf-8", check=False)
    if found.returncode != 0:
        skip("there is no sysroot for Windows: ./dev windows builds one")
    return found.stdout.strip()


def windows_path(path):
    """The name that Windows has for a file of this system."""
    return "Z:" + str(path).replace("/", "\\")


def start(*command, sysroot="", **options):
    """A Windows program that runs; its output goes where `stdout` says, else nowhere."""
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL,
               "stderr": subprocess.STDOUT, **options}
    # pylint: disable-next=subprocess-popen-preexec-fn
    return subprocess.Popen([WINE, sysroot, *map(str, command)], preexec_fn=die_with_parent,
                            **streams)


def run(*command, timeout_s=TIMEOUT_S, **options):
    """(exit status, output) of a Windows program; the status is None where it did not end. Its
    output goes to a file and no pipe: what Wine starts meanwhile would hold its other end."""
    with tempfile.TemporaryFile() as output:
        with start(*command, stdout=output, **options) as process:
            try:
                status = process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                status = None
                process.kill()
        output.seek(0)
        return status, output.read().decode("utf-8", "replace")


def succeed(*command, **options):
    """The output of a Windows program that must succeed."""
    status, output = run(*command, **options)
    assert status == 0, f"{command} ended with {status}:\n{output}"
    return output


def processes(name=""):
    """{id: program} of what runs on this Windows, by the beginning of the program's name."""
    mark = f"WINEPREFIX={PREFIX}".encode()
    found = {}
    for entry in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{entry}/environ", "rb") as file:
                ours = mark in file.read().split(b"\0")
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                program = file.read().split(b"\0")[0].decode(errors="replace")
        except OSError:
            continue
        program = program.replace("\\", "/").rsplit("/", 1)[-1]
        if ours and program.endswith(".exe") and program.startswith(name):
            found[int(entry)] = program
    return found


def wait_for(condition, what, timeout_s=TIMEOUT_S):
    """What a condition returns once that is true."""
    deadline = time.monotonic() + timeout_s
    while True:
        result = condition()
        if result:
            return result
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(TURN_S)


def unpack(folder):
    """The zip, unpacked in a folder whose name has a space and an accent; where its programs
    are."""
    archive, = OUTPUT.glob("*.zip")
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder / "W t é")
    return folder / "W t é/Threadmill/bin"


def _quietly(*arguments):
    # Nobody shares its streams: what it leaves running must not hold ours.
    subprocess.run([WINE, "", *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=False, timeout=TIMEOUT_S)


@contextlib.contextmanager
def display():
    """An X server for the windows."""
    _need("Xvfb", "xdotool")
    reader, writer = os.pipe()
    # pylint: disable-next=subprocess-popen-preexec-fn
    with subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x1024x24",
                           "-nolisten", "tcp", "-noreset"], pass_fds=[writer],
                          preexec_fn=die_with_parent, stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            os.close(writer)
            with open(reader, encoding="utf-8") as file:
                number = file.readline().strip()
            assert number, "Xvfb did not start"
            os.environ["DISPLAY"] = ":" + number
            yield
        finally:
            server.terminate()


@contextlib.contextmanager
def session():
    """Windows runs, with the services that stay; it has a display where this process has one.
    Nothing of it is left afterwards."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    BUILD.mkdir(exist_ok=True)
    _quietly("--end")
    _quietly("--prepare")
    with start("cmd", stdin=subprocess.PIPE) as shell:
        try:
            _quietly("net", "start", "rpcss")
            yield
        finally:
            shell.stdin.close()
            _quietly("--end")
    wait_for(lambda: not processes(), "the end of Wine")

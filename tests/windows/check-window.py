# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of the Windows build under Wine and Xvfb: installed, used, removed."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

import tap
import wine

APP_ID = "io.github.threadmill.Threadmill"
# Words, as the installer takes them: it knows no quotes.
INSTALLED = ["C:\\W", "t", "é\\Threadmill"]
FOLDER = wine.PREFIX / "drive_c/W t é/Threadmill"
PROGRAM, CLI, GDBUS = (FOLDER / f"bin/{name}.exe"
                       for name in ("threadmill", "threadmill-cli", "gdbus"))
KEYS = [r"HKCU\Software\Classes\.threadmill", r"HKCU\Software\Classes\Threadmill.Document",
        r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Threadmill"]
# The first experiment takes 46 s.
RUN_TIMEOUT_S = 300


def shortcuts():
    """What the start menu has of the program."""
    return list(wine.PREFIX.glob("drive_c/users/*/AppData/Roaming/Microsoft/Windows/Start Menu/"
                                 "Programs/**/Threadmill*.lnk"))


def has_key(key):
    """Whether the registry has a key."""
    return wine.run("reg", "query", key)[0] == 0


def merge_classes(folder):
    """Has all see the person's classes, as on Windows; Wine 8 only looks at the machine's."""
    path = pathlib.Path(folder) / "classes.reg"
    for key in KEYS[:2]:
        wine.succeed("reg", "export", key, wine.windows_path(path), "/y")
        text = path.read_text("utf-16").replace("HKEY_CURRENT_USER", "HKEY_LOCAL_MACHINE")
        path.write_text(text, "utf-16")
        wine.succeed("reg", "import", wine.windows_path(path))


def make_home(folder):
    """Folders of a person, with spaces and accents; sets the environment, returns the folder of
    the results."""
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        path = pathlib.Path(folder) / "Données é" / name.lower()
        path.mkdir(parents=True)
        os.environ[f"XDG_{name}_HOME"] = wine.windows_path(path)
    return pathlib.Path(folder) / "Données é/data/threadmill/results"


def wait_for_window(program):
    """Until the window shows."""
    def look():
        assert program.poll() is None, f"the program ended with {program.returncode}"
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^Threadmill$"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              timeout=wine.TIMEOUT_S, check=False).stdout
    wine.wait_for(look, "the window")
    wine.wait_for(lambda: call("List")[0] == 0, "the program on the bus")


def call(method, *arguments):
    """(exit status, output) of a call to the program's actions, as the bus takes it."""
    return wine.run(GDBUS, "call", "--session", "--dest", APP_ID, "--object-path",
                    "/" + APP_ID.replace(".", "/"), "--method", f"org.gtk.Actions.{method}",
                    *arguments)


def wait_for_result(folder, program):
    """The document of the first run that ends."""
    def look():
        assert program.poll() is None, f"the program ended with {program.returncode}"
        return list(folder.glob("*.threadmill"))
    path, = wine.wait_for(look, "the result", RUN_TIMEOUT_S)
    assert wine.run(CLI, "validate", wine.windows_path(path))[0] == 0, path
    return json.loads(path.read_text(encoding="utf-8"))


def end(program):
    """Quits the program, which leaves nothing behind."""
    def ask():
        call("Activate", "quit", "[]", "{}")
        return program.poll() is not None
    wine.wait_for(ask, "the end of the program")
    assert program.returncode == 0, program.returncode
    wine.wait_for(lambda: not wine.processes("threadmill"), "the end of what it started")


def keep_picture(name):
    """A picture of the screen in the folder of the build, for people; where there is a program
    that makes one."""
    if shutil.which("import") is not None:
        subprocess.run(["import", "-window", "root", wine.BUILD / f"window-{name}.png"],
                       check=False, timeout=wine.TIMEOUT_S)


def assert_verified(document, n_trials):
    """Each trial of a result is whole, and the server has counted the same."""
    trials = [(trial["model"], trial["status"], trial["verified"], trial["requests_failed"])
              for trial in document["trials"]]
    assert len(trials) == n_trials, trials
    assert all(trial[1:] == ("complete", True, 0) for trial in trials), trials


def test_installer(_):
    """Installs without a question: programs, start menu, association, uninstaller."""
    setup, = wine.OUTPUT.glob("*-setup.exe")
    wine.succeed(setup, "/S", "/D=" + INSTALLED[0], *INSTALLED[1:])
    packed = {path.relative_to(wine.OUTPUT / "Threadmill")
              for path in (wine.OUTPUT / "Threadmill").rglob("*")}
    there = {path.relative_to(FOLDER) for path in FOLDER.rglob("*")}
    assert there == packed | {pathlib.Path("uninstall.exe")}, there ^ packed
    assert len(shortcuts()) == 1, shortcuts()
    assert all(map(has_key, KEYS))
    assert wine.succeed(CLI, "--version").startswith("threadmill"), CLI


def test_first_experiment(folder):
    """The window shows, a second start hands its wish over to it, and the first experiment runs
    to its document."""
    results = make_home(folder)
    with wine.start(PROGRAM, "--preset", "first") as program:
        try:
            wait_for_window(program)
            keep_picture("form")
            status, output = wine.run(PROGRAM, "--run")
            assert status == 0, (status, output)
            assert len(wine.processes("threadmill.exe")) == 1, wine.processes()
            document = wait_for_result(results, program)
            keep_picture("result")
            end(program)
        finally:
            program.kill()
    assert_verified(document, 20)


def test_association(folder):
    """A document is opened by double click, at first and while the program runs."""
    results = make_home(folder)
    documents = pathlib.Path(folder) / "Mes documents é"
    documents.mkdir()
    merge_classes(folder)
    paths = []
    for name, requests in (("Café crème", 12), ("Thé glacé", 9)):
        paths.append(documents / f"{name}.threadmill")
        paths[-1].write_text(json.dumps({
            "format": {"name": "threadmill-experiment", "version": 1}, "name": name,
            "workload": "http", "models": ["main-loop:3", "thread-pool:3"],
            "server": {"delay_s": 0.01}, "requests": requests, "repetitions": 1,
        }), encoding="utf-8")
    with wine.start("start", "/wait", "/unix", paths[0]) as program:
        try:
            wait_for_window(program)
            wine.succeed("start", "/wait", "/unix", paths[1])
            assert len(wine.processes("threadmill.exe")) == 1, wine.processes()
            wine.succeed(PROGRAM, "--run")
            document = wait_for_result(results, program)
            end(program)
        finally:
            program.kill()
    assert document["name"] == "Thé glacé", document["name"]
    assert_verified(document, 2)


def test_uninstaller(_):
    """Removes what was installed, all of it, once nothing of it runs any more."""
    wine.wait_for(lambda: not wine.processes("gdbus"), "the end of the session bus")
    wine.succeed(FOLDER / "uninstall.exe", "/S")
    # It goes on in a copy of itself.
    wine.wait_for(lambda: not FOLDER.exists(), "the end of the folder")
    wine.wait_for(lambda: not any(map(has_key, KEYS)), "the end of its keys")
    assert not shortcuts(), shortcuts()


def main():
    """Runs all on one Windows."""
    wine.find_sysroot()
    with wine.display(), wine.session():
        return tap.run(dict(globals()))


if __name__ == "__main__":
    sys.exit(main())

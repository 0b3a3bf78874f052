# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the functions test_* of a module, each with a desktop of its own, and reports them as TAP.

A program of stories is called with the window's program and the command line's.
"""

import json
import os
import sys
import time
import traceback

import desktop

THREADMILL, CLI = (os.path.abspath(path) for path in (sys.argv + ["", ""])[1:3])


def experiment(folder, name="Short story", **values):
    """A file with an experiment that takes a fraction of a second, or as `values` say."""
    document = {"format": {"name": "threadmill-experiment", "version": 1}, "name": name,
                "workload": "http", "models": ["main-loop:6", "thread-pool:3"],
                "server": {"delay_s": 0.01}, "requests": 12, "repetitions": 1}
    document.update(values)
    path = os.path.join(folder, name.lower().replace(" ", "-") + ".json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    return path


def long_experiment(folder, name="Long story", **values):
    """One that would take minutes, for those that are ended before."""
    return experiment(folder, name, **{"models": ["main-loop:4"], "requests": 20000,
                                       "server": {"delay_s": 0.05}, **values})


def load(path):
    """A document."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def run_experiment(app, path=None):
    """Runs what stands in the form, or in a file, to its end; returns its document."""
    before = set(app.desk.results())
    if path is not None:
        open_experiment(app, path)
    app.activate("run")
    new = app.wait_for(lambda: set(app.desk.results()) - before, "the result's file")
    app.wait_for(lambda: app.can("run"), "the end of the run")
    return load(new.pop())


def open_experiment(app, path):
    """Opens a document in the program that runs already, as the file manager does."""
    app.open(path)
    name = load(path)["name"]
    app.wait_for(lambda: app.page() == "Experiment" and app.see(
        "label", name, within=app.part("MillExperimentPage")), f"{name} in the form")


def start_long(app, **values):
    """Starts what would take minutes; returns once a worker works on it."""
    open_experiment(app, long_experiment(app.desk.folder, **values))
    app.activate("run")
    return app.wait_for(lambda: app.helpers("threadmill-worker"), "a worker")


def _report(text):
    for line in text.rstrip().split("\n"):
        print("# " + line, flush=True)


def _keep_evidence(desk, name, app):
    folder = os.path.join(os.environ.get("G_TEST_BUILDDIR", desk.folder), "stories-failed")
    os.makedirs(folder, exist_ok=True)
    picture = os.path.join(folder, name + ".png")
    desk.save_screen(picture)
    _report(f"the screen: {picture}")
    if app is not None and app.process.poll() is None:
        _report(app.log())
        _report("\n".join(app.root.dump()))


def _tell(number, name, function, make_desktop):
    # What is imported late needs GLib, without which there are no stories.
    from app import App  # pylint: disable=import-outside-toplevel
    begun = time.monotonic()
    with make_desktop(CLI) as desk:
        try:
            function(desk)
            print(f"ok {number} {name} # {time.monotonic() - begun:.1f} s", flush=True)
            return 0
        except Exception:  # pylint: disable=broad-except
            print(f"not ok {number} {name}")
            _report(traceback.format_exc())
            try:
                _keep_evidence(desk, name, App.last)
            except Exception:  # pylint: disable=broad-except
                _report(traceback.format_exc())
            if App.last is not None:
                App.last.process.kill()
            return 1


def run(functions, make_desktop=desktop.Desktop):
    """Tells each function test_*, each on a desktop of its own; returns the exit status."""
    chosen = sys.argv[3:]
    tests = [(name[5:], function) for name, function in functions.items()
             if name.startswith("test_") and (not chosen or name[5:] in chosen)]
    reason = desktop.why_not()
    if reason is not None and "CI" not in os.environ:
        print(f"1..0 # SKIP {reason}")
        return 0
    assert reason is None, reason
    print(f"1..{len(tests)}", flush=True)
    return 1 if sum(_tell(number, name, function, make_desktop)
                    for number, (name, function) in enumerate(tests, 1)) else 0

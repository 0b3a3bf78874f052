# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong is said, with what to do, and the window goes on."""

import os
import shutil
import signal
import socket
import sys

import story
from app import App


def assert_goes_on(app):
    """The next experiment runs as if nothing had been."""
    document = story.run_experiment(app, story.experiment(app.desk.folder, "And on"))
    assert [trial["status"] for trial in document["trials"]] == ["complete", "complete"]


def close_message(app, dialog, button="Close"):
    """Closes a message, and waits until it has gone."""
    app.press(button, within=dialog)
    app.wait_for(lambda: dialog.path not in [window.path for window in app.windows()],
                 "the end of the message")


def install(desk, *helpers):
    """The program in a folder of its own, with some of its helpers beside it."""
    folder = os.path.join(desk.folder, "bin")
    os.mkdir(folder)
    program = os.path.join(folder, "threadmill")
    shutil.copy(story.THREADMILL, program)
    for helper in helpers:
        install_helper(folder, helper)
    return folder, program


def install_helper(folder, name):
    """Puts a helper of the build into a folder."""
    source = os.path.join(os.path.dirname(story.THREADMILL), "..", name.partition("-")[2], name)
    target = os.path.join(folder, name)
    if os.path.exists(target):
        os.unlink(target)
    shutil.copy(source, target)


def test_server_is_missing(desk):
    folder, program = install(desk, "threadmill-worker")
    with App(desk, story.experiment(desk.folder), program=program) as app:
        app.wait_for(lambda: "Short story" in app.texts(app.part("MillExperimentPage")), "the form")
        app.activate("run")
        close_message(app, app.dialog("Could Not Be Run", "threadmill-server", "Install"))
        assert not desk.results()
        install_helper(folder, "threadmill-server")
        assert_goes_on(app)


def test_server_ends_at_once(desk):
    folder, program = install(desk, "threadmill-worker")
    path = os.path.join(folder, "threadmill-server")
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\necho no room in the engine >&2\nexit 3\n")
    os.chmod(path, 0o755)
    with App(desk, story.experiment(desk.folder), program=program) as app:
        app.wait_for(lambda: "Short story" in app.texts(app.part("MillExperimentPage")), "the form")
        app.activate("run")
        close_message(app, app.dialog("Could Not Be Run", "server"))
        install_helper(folder, "threadmill-server")
        assert_goes_on(app)


def test_target_refuses(desk):
    # A port that nothing listens on: bound, so that nobody else takes it.
    with socket.socket() as taken, App(desk) as app:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        document = story.run_experiment(app, story.experiment(
            desk.folder, "Refused", urls=[url], models=["main-loop:6"], server=None))
        trial = document["trials"][0]
        assert trial["errors"] == {"refused": 12}, trial["errors"]
        app.wait_for(lambda: app.page() == "Results", "the results")
        results = app.part("MillResultsPage")
        app.wait_for(lambda: "fail" in app.texts(results) and "refused" in app.texts(results),
                     "the reason")
        assert_goes_on(app)


def test_worker_dies(desk):
    with App(desk) as app:
        for worker in story.start_long(app, models=["main-loop:4", "thread-pool:4"],
                                       requests=2000):
            os.kill(worker, signal.SIGKILL)
        # The other model is measured all the same.
        app.wait_for(lambda: app.can("stop") and app.helpers("threadmill-worker"),
                     "the next worker")
        app.activate("stop")
        app.wait_for(lambda: app.can("run") and desk.results(), "the end of the run")
        document = story.load(desk.results()[0])
        assert document["trials"][0]["status"] != "complete", document["trials"][0]["status"]
        app.activate("page", "results")
        app.find("button", "worker", lambda node: node.has_size(), app.part("MillResultsPage"))
        assert_goes_on(app)


def test_disk_is_full(desk):
    path = os.path.join(desk.folder, "elsewhere.threadmill")
    with App(desk) as app:
        story.open_experiment(app, story.experiment(desk.folder))
        app.limit_files(2048)
        app.activate("run")
        dialog = app.dialog("The Result Is Not Saved", "Short story", "Elsewhere")
        # What was measured can be looked at all the same.
        app.find("image", "Execution time", lambda node: "main-loop:6" in node.description,
                 app.part("MillResultsPage"))
        assert not desk.results()
        app.limit_files(None)
        app.press("Elsewhere", within=dialog)
        app.choose_file(path)
        app.wait_for(lambda: os.path.exists(path), "the document")
        assert len(story.load(path)["trials"]) == 2
        assert_goes_on(app)


if __name__ == "__main__":
    sys.exit(story.run(dict(globals())))

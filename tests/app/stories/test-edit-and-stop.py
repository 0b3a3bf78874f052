# SPDX-License-Identifier: GPL-3.0-or-later
"""A form filled in, run and stopped; and the same experiment from the command that it shows."""

import os
import subprocess
import sys

import story
from app import App


def fill_in(app, values):
    """Writes into fields of the form by their names."""
    form = app.part("MillExperimentPage")
    for name, text in values.items():
        app.find("text", name, lambda node: node.has_size(), form).write(text)


def command(app):
    """The command line that the plan shows."""
    return app.find("label", "threadmill-cli run", within=app.part("MillExperimentPage")).name


def test_edit_run_stop(desk):
    with App(desk, story.experiment(desk.folder, "Edited", models=["main-loop:4"])) as app:
        app.wait_for(lambda: "Edited" in app.texts(app.part("MillExperimentPage")), "the form")
        fill_in(app, {"Requests": "5000", "Delay": "0.05", "Repetitions": "2"})
        app.wait_for(lambda: all(word in command(app) for word in (
            "--requests 5000", "--delay 0.05", "--repeat 2")), "the command to follow")
        app.activate("run")
        app.wait_for(lambda: app.helpers("threadmill-worker"), "a worker")
        page = app.part("MillRunPage")
        app.find("progress bar", within=page, where=lambda node: node.value > 0)
        app.activate("stop")
        app.wait_for(lambda: app.can("run") and desk.results(), "the end of the run")
        document = story.load(desk.results()[0])
        assert document["experiment"]["requests"] == 5000, document["experiment"]
        trials = document["trials"]
        assert [trial["status"] for trial in trials] == ["partial"], trials
        assert trials[0]["requests_asked"] == 5000, trials[0]["requests_asked"]
        assert 0 < trials[0]["requests_ok"] < 5000, trials[0]["requests_ok"]
        app.wait_for(lambda: app.page() == "Results", "the results")
        app.activate("page", "history")
        app.find("label", " · partial · ", within=app.part("MillHistoryPage"))


def test_invalid_field_says_so(desk):
    with App(desk, story.experiment(desk.folder)) as app:
        app.wait_for(lambda: "Short story" in app.texts(app.part("MillExperimentPage")), "the form")
        fill_in(app, {"Requests": "a few"})
        app.wait_for(lambda: not app.can("run"), "a run that cannot be started")
        app.find("text", "Requests", lambda node: "no whole number" in node.explanation,
                 app.part("MillExperimentPage"))
        fill_in(app, {"Requests": "9"})
        document = story.run_experiment(app)
        assert document["experiment"]["requests"] == 9


def test_command_runs_the_same(desk):
    with App(desk, story.experiment(desk.folder, "It's \"the same\" $HOME")) as app:
        app.wait_for(lambda: "the same" in app.texts(app.part("MillExperimentPage")), "the form")
        fill_in(app, {"Requests": "8", "Delay": "0.02", "Repetitions": "2"})
        app.wait_for(lambda: "--repeat 2" in command(app), "the command to follow")
        path = os.path.join(desk.folder, "pasted.threadmill")
        folder = os.path.dirname(desk.cli_program)
        subprocess.run(["sh", "-c", command(app) + " --quiet --output=" + path], check=True,
                       env=dict(desk.env, PATH=folder + os.pathsep + desk.env["PATH"]),
                       cwd=desk.folder, timeout=60, stdin=subprocess.DEVNULL)
        document = story.run_experiment(app)
        assert document["experiment"]["requests"] == 8, document["experiment"]
        assert document["experiment"] == story.load(path)["experiment"]
        assert [trial["model"] for trial in document["trials"]] == [
            trial["model"] for trial in story.load(path)["trials"]]


if __name__ == "__main__":
    sys.exit(story.run(dict(globals())))

# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window asks before it acts, and how it speaks up when nobody looks."""

import sys

import story
from app import App


def test_load_on_another_host(desk):
    with App(desk) as app:
        story.open_experiment(app, story.experiment(
            desk.folder, "Far away", urls=["http://example.invalid/"], server=None,
            requests=50000))
        app.activate("run")
        dialog = app.dialog("May You Load example.invalid?")
        # Nothing runs that could have sent anything.
        assert not app.helpers(), app.helpers()
        app.press("Cancel", within=dialog)
        app.wait_for(lambda: len(app.windows()) == 1, "the end of the question")
        assert not app.helpers() and app.can("run") and not desk.results()


def test_close_while_running(desk):
    with App(desk) as app:
        story.start_long(app)
        app.activate("quit", on="app")
        dialog = app.dialog("Stop the Experiment?", "kept")
        app.press("Cancel", within=dialog)
        app.wait_for(lambda: len(app.windows()) == 1, "the end of the question")
        assert app.can("stop") and app.helpers("threadmill-worker")
        app.activate("quit", on="app")
        app.press("Stop and Close", within=app.dialog("Stop the Experiment?"))
        app.wait_for_end()
        document = story.load(desk.results()[0])
        assert [trial["status"] for trial in document["trials"]] == ["partial"]


def six_seconds(desk):
    """Long enough to look away."""
    return story.experiment(desk.folder, "Six seconds", models=["main-loop:1"], requests=60,
                            server={"delay_s": 0.1})


def test_notice_when_nobody_looks(desk):
    with App(desk) as app:
        story.run_experiment(app, story.experiment(desk.folder))
        assert not desk.services.asked("Notify"), "a short run needs no notice"
        story.open_experiment(app, six_seconds(desk))
        desk.look_away()
        story.run_experiment(app)
        notice = app.wait_for(lambda: desk.services.asked("Notify"), "the notice")[0]
        assert notice[3] == "The Experiment Is Done", notice
        assert "Six seconds" in notice[4], notice
        # Each run kept the computer awake, and no longer than it took.
        assert len(desk.services.asked("Inhibit")) == 2
        app.wait_for(lambda: len(desk.services.asked("Uninhibit")) == 2, "the end of that")
        assert "experiment is running" in desk.services.asked("Inhibit")[0][2]


def test_no_notice_to_who_looks(desk):
    with App(desk) as app:
        story.run_experiment(app, six_seconds(desk))
        app.wait_for(lambda: app.page() == "Results", "the results")
        assert not desk.services.asked("Notify")


if __name__ == "__main__":
    sys.exit(story.run(dict(globals())))

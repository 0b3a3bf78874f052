# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole lesson, a teacher's own one, by keyboard alone; and what is said of a wrong one."""

import os
import sys

import story
from app import App
from keyboard import focused, walk_to

LESSON = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                      "example-lesson.json")


def own_lessons(desk):
    """The files of the teacher's lessons."""
    folder = os.path.join(desk.env["XDG_DATA_HOME"], "threadmill", "lessons")
    return os.listdir(folder) if os.path.isdir(folder) else []


def window(app, name):
    """A window by its name, once it is there."""
    return app.wait_for(lambda: next((one for one in app.windows() if one.name == name), None),
                        f"the window {name}")


def open_lesson(desk, app):
    """Opens the example, and gives the keyboard to the window."""
    app.open(LESSON)
    lesson = app.part("MillLearnPage")
    app.find("label", "10 requests, each waits", lambda node: node.has_size(), lesson)
    desk.focus_window("Threadmill")
    assert own_lessons(desk) == ["ten-at-once.json"]
    return lesson


def test_lesson_by_keyboard(desk):
    with App(desk) as app:
        lesson = open_lesson(desk, app)
        run = app.find("button", "Run, about", lambda node: node.has_size(), lesson)
        assert not run.has("sensitive")
        # Nothing of the answer shows before there is a prediction.
        assert not app.see("image", "Execution time", lambda node: node.has_size(), lesson)
        walk_to(desk, app, "5 ×", within=lesson)
        desk.keys("space")
        app.wait_for(lambda: run.has("sensitive"), "the run")
        walk_to(desk, app, "Run, about", within=lesson)
        desk.keys("Return")
        app.find("label", "times faster.", lambda node: node.has_size(), lesson)
        # The keyboard stands on the chart, which says what it shows.
        chart = app.wait_for(lambda: focused(app, lesson), "the focus")
        assert "Execution time" in chart.name, chart.name
        assert "main-loop:10" in chart.description, chart.description
        app.find("label", "You predicted", lambda node: node.has_size(), lesson)
        app.wait_for(desk.results, "the result's file")
        walk_to(desk, app, "Replay", within=lesson)
        desk.keys("space")
        watch_replay(desk, app)
        app.wait_for(lambda: len(app.windows()) == 1, "the end of the replay")
        desk.focus_window("Threadmill")
        # What others measured, beside it, and back.
        walk_to(desk, app, "Beside the Published Figures", within=lesson)
        desk.keys("Return")
        app.wait_for_text("Why do they differ?", app.part("MillResultsPage"))
        app.activate("page", "learn")
        # A follow-up, which runs at once.
        walk_to(desk, app, "Without keep-alive", within=lesson)
        desk.keys("Return")
        app.find("label", "What does a new connection", lambda node: node.has_size(), lesson)
        app.wait_for(lambda: len(desk.results()) == 2, "the second result's file")
        app.wait_for(lambda: app.can("run"), "the end of the run")
        # And the list, where the lesson is done now.
        walk_to(desk, app, "All Lessons", "shift+Tab", app.part("MillLearnPage"))
        desk.keys("Return")
        app.find("label", "Predict, measure, understand", lambda node: node.has_size(),
                 app.part("MillLearnPage"))
        assert len(story.load(desk.results()[0])["trials"]) == 10


def watch_replay(desk, app):
    """Steps through the replay, and closes it."""
    chart = app.find("image", "Replay", lambda node: "main-loop:10" in node.description,
                     window(app, "Replay"))
    desk.focus_window("Replay")
    desk.keys("Home")
    app.wait_for(lambda: chart.description.startswith("At 0:"), "the begin")
    desk.keys("Right")
    app.wait_for(lambda: not chart.description.startswith("At 0:"), "the first step")
    desk.keys("End")
    app.wait_for(lambda: "main-loop:10: 0 ready, 0 running, 0 waiting, 10 done" in
                 chart.description, "the end")
    desk.keys("Escape")


def test_presenter_by_clicker(desk):
    with App(desk) as app:
        open_lesson(desk, app)
        desk.keys("F11")
        presentation = window(app, "Presentation")
        app.find("image", "10 requests, each waits", within=presentation)
        desk.focus_window("Presentation")
        desk.keys("Page_Down", "3", "Page_Down")
        app.wait_for(desk.results, "the result's file")
        app.wait_for(lambda: app.can("run"), "the end of the run")
        desk.keys("Page_Down", "Page_Down")
        app.find("image", "Ten at once", lambda node: "times faster." in node.description,
                 presentation)
        desk.keys("Escape")
        app.wait_for(lambda: len(app.windows()) == 1, "the end of the presentation")


def test_wrong_lesson(desk):
    path = os.path.join(desk.folder, "wrong.json")
    with open(LESSON, encoding="utf-8") as source, open(path, "w", encoding="utf-8") as file:
        file.write(source.read().replace('"chart": "time"', '"chart": "tme"'))
    with App(desk) as app:
        app.open(path)
        app.wait_for_text("wrong.json", app.part("MillLearnPage"))
        text = app.texts(app.part("MillLearnPage"))
        assert "1 mistake" in text, text
        assert "Line 2" in text and "tme" in text, text
        assert not own_lessons(desk)


def test_closed_in_the_middle(desk):
    with App(desk) as app:
        lesson = open_lesson(desk, app)
        walk_to(desk, app, "2 ×", within=lesson)
        desk.keys("space")
        walk_to(desk, app, "Run, about", within=lesson)
        desk.keys("Return")
        app.wait_for(lambda: app.can("stop"), "the run")
        app.wait_for(lambda: app.helpers("threadmill-worker"), "a worker")
        desk.keys("ctrl+q")
        dialog = app.dialog("Stop the Experiment?", "is kept")
        app.press("Stop and Close", within=dialog)
        app.wait_for_end()


sys.exit(story.run(dict(globals())))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has never seen it: one button, a chart, a saved image; with pointer or keyboard alone."""

import os
import re
import sys

import png
import story
from app import App
from keyboard import walk_to

# How far around the inside of a button its focus may be drawn.
RING_PX = 40
MODELS = ["sync", "thread-pool:20", "main-loop:80", "hybrid:4x20"]


def find_chart(app):
    """The chart of the first results, which says what it shows."""
    return app.find("image", "Execution time", lambda node: all(
        model in node.description for model in MODELS), app.part("MillResultsPage"))


def stop_and_count(app):
    """Ends the run; returns the document that keeps what was measured."""
    app.activate("stop")
    app.wait_for(lambda: app.can("run"), "the end of the run")
    app.wait_for(app.desk.results, "the result's file")
    return story.load(app.desk.results()[0])


def test_first_run_to_saved_image(desk):
    with App(desk) as app:
        button = app.find("button", "First Experiment", lambda node: node.has_size())
        assert app.shows(button), button.extents()
        button.press()
        app.wait_for(lambda: app.page() == "Results", "the results")
        chart = find_chart(app)
        app.wait_for(lambda: app.shows(chart), "the chart")
        assert re.search(r"main-loop:80 [0-9.]+\s+s, [0-9.]+\s+× ", chart.description)
        sentence = app.find("label", "than sync", lambda node: node.has_size())
        assert re.search("[0-9.]+ (s|times)", sentence.name), sentence.name
        # The other rounds go on while the first image is saved.
        assert app.can("stop")
        app.press("Save Image", within=app.part("MillResultsPage"))
        dialog = app.dialog("Save Image", "pixels")
        assert app.see("image", "Execution time", within=dialog).description
        app.press("Save…", within=dialog)
        path = os.path.join(desk.folder, "first.png")
        app.choose_file(path)
        app.wait_for(lambda: os.path.exists(path), "the image")
        app.wait_for(lambda: not app.see(name="drag it out"), "the end of the dialog")
        width, height, n_telling = png.read(path)
        assert (width, height) == (1920, 1080), (width, height)
        assert n_telling > height / 10, n_telling
        document = stop_and_count(app)
        assert [model["model"] for model in document["models"]] == MODELS
        assert document["experiment"]["preset"] == "first"


def assert_focus_is_visible(desk, app, node):
    """What has the focus looks different from when it has not."""
    def look():
        x, y, width, height = node.extents()
        return [row[4 * max(x - RING_PX, 0):4 * (x + width + RING_PX)]
                for row in desk.screen()[max(y - RING_PX, 0):y + height + RING_PX]]

    def look_at_rest():
        looks = []
        def rests():
            looks.append(look())
            return len(looks) > 10 and all(one == looks[-1] for one in looks[-10:])
        app.wait_for(rests, "the end of a motion")
        return looks[-1]

    with_focus = look_at_rest()
    desk.keys("Tab")
    app.wait_for(lambda: not node.has("focused"), "the focus to move on")
    assert look_at_rest() != with_focus, "the focus cannot be seen"
    desk.keys("shift+Tab")
    app.wait_for(lambda: node.has("focused"), "the focus to come back")


def test_keyboard_alone(desk):
    with App(desk) as app:
        app.find("button", "First Experiment", lambda node: node.has_size())
        desk.focus_window("Threadmill")
        button = walk_to(desk, app, "First Experiment")
        assert_focus_is_visible(desk, app, button)
        desk.keys("Return")
        app.wait_for(lambda: app.page() == "Results", "the results")
        find_chart(app)
        kind = walk_to(desk, app, "Execution time")
        assert kind.role == "list item", kind.role
        desk.keys("Down", "Return")
        app.find("image", "Speed-up", within=app.part("MillResultsPage"))
        # Back to what runs, which Escape ends.
        desk.keys("alt+1")
        app.wait_for(lambda: app.page() == "Experiment", "the run")
        desk.keys("Escape")
        app.wait_for(lambda: app.can("run"), "the end of the run")
        app.wait_for(desk.results, "the result's file")
        desk.keys("alt+3")
        app.wait_for(lambda: app.page() == "History", "the history")
        desk.keys("ctrl+q")
        app.wait_for_end()


def assert_names(app, where):
    """Whatever can be used says what it is: a name that is not that of its class."""
    controls = ("button", "toggle button", "check box", "combo box", "entry", "spin button", "text")
    nameless = [f"{node.role} {node.name!r} ({node.description})" for node in app.root.walk()
                if node.role in controls and node.has_size() and
                (not node.name or node.name.startswith(("Gtk", "Adw", "Mill")))]
    assert not nameless, f"{where}: " + "\n".join(nameless)


def test_every_control_has_a_name(desk):
    with App(desk) as app:
        app.find("button", "First Experiment", lambda node: node.has_size())
        assert_names(app, "the welcome")
        app.press("Set Up My")
        app.find("text", "Requests", lambda node: node.has_size())
        assert_names(app, "the form")
        story.run_experiment(app, story.experiment(desk.folder))
        app.wait_for(lambda: app.page() == "Results", "the results")
        app.find("button", "Save Image", lambda node: node.has_size())
        assert_names(app, "the results")
        app.activate("page", "history")
        app.find("check box", "Short story", lambda node: node.has_size())
        assert_names(app, "the history")
        app.check("Short story")
        app.find("text", "Notes", lambda node: node.has_size())
        assert_names(app, "a result in the history")
        app.activate("page", "results")
        app.activate("save-chart")
        dialog = app.dialog("drag it out")
        assert_names(app, "the dialog that saves an image")
        app.press("Cancel", within=dialog)
        app.activate("preferences", on="app")
        app.dialog("Preferences")
        assert_names(app, "the preferences")


if __name__ == "__main__":
    sys.exit(story.run(dict(globals())))

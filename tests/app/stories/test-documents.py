# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in files: damaged ones, those of a newer version, two compared, deleted ones."""

import json
import os
import sys

import story
from app import App


def write(path, document):
    """A document, or the text of one."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(document if isinstance(document, str) else json.dumps(document))
    return path


def measured(desk, name="Short story", **values):
    """The text of a result that the command line measured."""
    path = os.path.join(desk.folder, name.replace(" ", "-") + ".threadmill")
    desk.cli("run", "--experiment", story.experiment(desk.folder, name, **values), "--quiet",
             "--output", path)
    with open(path, encoding="utf-8") as file:
        return file.read()


def keep(desk, name, text):
    """Puts a file into the history of a program that does not run yet."""
    folder = os.path.join(desk.env["XDG_DATA_HOME"], "threadmill", "results")
    os.makedirs(folder, exist_ok=True)
    return write(os.path.join(folder, name + ".threadmill"), text)


def assert_goes_on(app):
    """The next experiment runs as if nothing had been."""
    document = story.run_experiment(app, story.experiment(app.desk.folder, "And on"))
    assert [trial["status"] for trial in document["trials"]] == ["complete", "complete"]


def close_message(app, dialog):
    """Closes a message, and waits until it has gone."""
    app.press("Close", within=dialog)
    app.wait_for(lambda: dialog.path not in [window.path for window in app.windows()],
                 "the end of the message")


def test_open_damaged(desk):
    path = write(os.path.join(desk.folder, "broken.threadmill"), '{"format": {"name": ')
    with App(desk, path) as app:
        close_message(app, app.dialog("broken.threadmill", "Could Not Be Opened"))
        app.open(path)
        close_message(app, app.dialog("broken.threadmill", "Could Not Be Opened"))
        assert_goes_on(app)


def test_open_newer_version(desk):
    newer = json.loads(measured(desk))
    newer["format"]["version"] = 99
    path = write(os.path.join(desk.folder, "newer.threadmill"), newer)
    experiment = story.load(story.experiment(desk.folder, "From tomorrow"))
    experiment["format"]["version"] = 99
    other = write(os.path.join(desk.folder, "newer-experiment.json"), experiment)
    with App(desk, path) as app:
        close_message(app, app.dialog("newer.threadmill", "newer version", "99"))
        app.open(other)
        close_message(app, app.dialog("newer-experiment.json", "newer Threadmill", "99"))
        assert_goes_on(app)


def test_open_result_and_experiment(desk):
    path = write(os.path.join(desk.folder, "good.threadmill"), measured(desk))
    with App(desk, path) as app:
        app.wait_for(lambda: app.page() == "Results", "the results")
        app.find("image", "Execution time", lambda node: "main-loop:6" in node.description,
                 app.part("MillResultsPage"))
        # It is in the history from now on.
        app.wait_for(desk.results, "a copy")
        assert_goes_on(app)


def test_history_with_broken_files(desk):
    text = measured(desk)
    keep(desk, "whole", text)
    keep(desk, "half", text[:len(text) // 3])
    tail = keep(desk, "tail", text[:-200])
    newer = json.loads(text)
    newer["format"]["version"] = 99
    newer["name"] = "From tomorrow"
    keep(desk, "newer", newer)
    with App(desk) as app:
        app.activate("page", "history")
        page = app.part("MillHistoryPage")
        app.find("check box", "Short story", within=page)
        for name in ("half.threadmill", "newer.threadmill"):
            app.find("check box", name, within=page)
        app.wait_for_text("newer version", page)
        assert os.path.exists(tail)
        assert_goes_on(app)


def test_damage_is_told_when_opened(desk):
    text = measured(desk)
    start = text.index('"trials":[')
    # The head, of which the list is made, and the end are whole.
    keep(desk, "damaged", text[:start] + '"trials":[{"status":"upside down"}]\n}\n')
    with App(desk) as app:
        app.activate("page", "history")
        page = app.part("MillHistoryPage")
        app.check("Short story", page)
        app.find("label", "upside down", lambda node: node.has_size(), page)
        assert_goes_on(app)


def test_compare(desk):
    keep(desk, "a", measured(desk, "Quick story", repetitions=5))
    keep(desk, "b", measured(desk, "Slow story", repetitions=5, server={"delay_s": 0.05}))
    with App(desk) as app:
        app.activate("page", "history")
        page = app.part("MillHistoryPage")
        for name in ("Quick story", "Slow story"):
            app.check(name, page)
        app.activate("compare")
        app.wait_for(lambda: app.page() == "Results", "the comparison")
        results = app.part("MillResultsPage")
        app.wait_for_text("Quick story", results)
        app.wait_for_text("Slow story", results)
        app.find("label", within=results, where=lambda node: node.has_size() and any(
            word in node.name for word in ("faster", "slower", "longer", "shorter", "times")))


def test_projection_of_no_model(desk):
    experiment = story.load(story.experiment(desk.folder, "Projected"))
    experiment["projections"] = [{"model": "sync", "requests": 3}]
    path = write(os.path.join(desk.folder, "projected.json"), experiment)
    with App(desk, path) as app:
        close_message(app, app.dialog("A Projection Was Left Out", "sync", "projected"))
        assert_goes_on(app)


def test_delete_undo_and_end(desk):
    for name in ("a", "b"):
        keep(desk, name, measured(desk, f"Story {name}"))
    files = desk.results()
    with App(desk) as app:
        app.activate("page", "history")
        page = app.part("MillHistoryPage")
        app.check("Story a", page)
        app.activate("delete")
        app.wait_for(lambda: len(desk.results()) == 1, "the file to go")
        assert not app.see("check box", "Story a", within=page)
        app.activate("undo")
        app.wait_for(lambda: desk.results() == files, "the file to come back")
        app.find("check box", "Story a", within=page)
        app.check("Story b", page)
        app.activate("delete")
        app.wait_for(lambda: len(desk.results()) == 1, "the file to go")
    left = [name for _, _, names in os.walk(os.path.dirname(files[0])) for name in names]
    assert len(left) == 1, left


if __name__ == "__main__":
    sys.exit(story.run(dict(globals())))

# SPDX-License-Identifier: GPL-3.0-or-later
"""One window for a long time: many runs, and runs that are stopped at once.

Usage: window-load.py THREADMILL THREADMILL_CLI

MILL_TRIALS trials in a row, for MILL_WINDOW_SECONDS at least, and Run and Stop MILL_TIMES times.
"""

import json
import os
import pathlib
import random
import sys
import time
import uuid

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "app" / "stories")]
# pylint: disable=wrong-import-position
import fragments
import story
import watch
from app import App

TRIALS = int(os.environ.get("MILL_TRIALS", "200"))
SECONDS = int(os.environ.get("MILL_WINDOW_SECONDS", "200"))
TIMES = int(os.environ.get("MILL_TIMES", "200"))
SEED = int(os.environ.get("MILL_SEED", str(random.randrange(1 << 32))))
TRIALS_OF_A_RUN = 4
# A list makes so many rows at most, whatever it holds.
LONG_HISTORY = 220


def check_window(app, seen, name):
    """It holds no more than before, and nothing that it has started is left."""
    app.wait_for(lambda: not app.helpers(), "the end of the helpers")
    assert not watch.zombies(app.process.pid), watch.zombies(app.process.pid)
    seen.check(name)


def give_back_at_once(desk):
    """Lets the C library return what is freed to the system, so that what stays is in use: else
    one picture more at a time than ever before looks like growth."""
    desk.env.update({"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "65536",
                     "MALLOC_TRIM_THRESHOLD_": "65536"})


def make_history(desk):
    """The results of many days, so that the list of them is as long as it gets."""
    path = pathlib.Path(desk.folder, "old.threadmill")
    desk.cli("run", "--quiet", "--models", "sync", "--requests", "2", "--output", str(path))
    document = story.load(path)
    folder = pathlib.Path(desk.env["XDG_DATA_HOME"], "threadmill", "results")
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(LONG_HISTORY):
        document["id"] = str(uuid.uuid4())
        (folder / f"old-{number}.threadmill").write_text(json.dumps(document), encoding="utf-8")


def test_many_trials(desk):
    """So many trials in a row."""
    make_history(desk)
    give_back_at_once(desk)
    with App(desk) as app:
        story.open_experiment(app, story.experiment(
            desk.folder, "Again", models=["main-loop:6", "thread-pool:3"], repetitions=2))
        seen = watch.Watch(app.process.pid)
        trials = 0
        while trials < TRIALS or time.monotonic() - seen.begun < SECONDS:
            document = story.run_experiment(app)
            statuses = [trial["status"] for trial in document["trials"]]
            assert statuses == ["complete"] * TRIALS_OF_A_RUN, (trials, statuses)
            trials += TRIALS_OF_A_RUN
            seen.look()
        check_window(app, seen, "window")
        fragments.write("window-trials", {"trials": trials, "seconds": round(seen.memory[-1][0]),
                                          "window": seen.figures()})


def test_run_and_stop(desk):
    """Run and Stop, as fast as the window lets one and at random moments."""
    rand = random.Random(SEED)
    print(f"# MILL_SEED={SEED}", flush=True)
    make_history(desk)
    give_back_at_once(desk)
    with App(desk) as app:
        story.open_experiment(app, story.long_experiment(
            desk.folder, "Never to its end", models=["main-loop:4", "hybrid:2x2"]))
        seen = watch.Watch(app.process.pid)
        for _ in range(TIMES):
            app.activate("run")
            time.sleep(rand.choice([0, 0, rand.uniform(0, 0.3)]))
            app.activate("stop")
            app.wait_for(lambda: app.can("run"), "the end of the run")
            seen.look()
        check_window(app, seen, "window")
        document = story.run_experiment(app, story.experiment(desk.folder, "And on"))
        assert [trial["status"] for trial in document["trials"]] == ["complete", "complete"]
        fragments.write("window-stops", {"times": TIMES, "seconds": round(seen.memory[-1][0]),
                                         "window": seen.figures()})


if __name__ == "__main__":
    sys.exit(story.run(dict(globals())))

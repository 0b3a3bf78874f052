# SPDX-License-Identifier: GPL-3.0-or-later
"""Long runs by the command line: memory stays, no descriptor and no process leaks. TAP on standard
output.

Usage: long-load.py THREADMILL_CLI

MILL_LONG_SECONDS says how long each lasts: 600, or a few in the tests of every day.
"""

import os
import sys
import time

import matrix
import tap
import watch
from processes import descendants, is_alive, run_folders, wait_for

SECONDS = int(os.environ.get("MILL_LONG_SECONDS", "600"))
FIGURES = {}


def load(folder, model):
    """One model for so long, its processes watched."""
    with matrix.Run(folder, "--models", model, "--duration", str(SECONDS), "--delay", "0.1") as run:
        helpers = wait_for(lambda: run.pump() and len(descendants(run.process.pid)) >= 2 and
                           descendants(run.process.pid), "server and worker did not start")
        server = next(pid for pid, name in helpers if "threadmill-serv" in name)
        watched = {"command line": watch.Watch(run.process.pid), "server": watch.Watch(server)}
        begun = time.monotonic()
        while time.monotonic() - begun < SECONDS - 1:
            run.pump()
            for one in watched.values():
                one.look()
            assert not watch.zombies(run.process.pid), watch.zombies(run.process.pid)
            time.sleep(1 if SECONDS > 60 else 0.2)
        for name, one in watched.items():
            one.check(name)
        assert run.wait() == 0, run.said()
        trial, = run.document()["trials"]
        assert trial["status"] == "complete" and trial["verified"], trial
        assert trial["requests_failed"] == 0, trial["errors"]
        wait_for(lambda: not any(is_alive(pid) for pid, _ in helpers), "a helper stays")
        assert not run_folders(folder)
    FIGURES[model] = {"seconds": SECONDS, "requests": trial["requests_ok"],
                      **{name: one.figures() for name, one in watched.items()}}


def test_main_loop(folder):
    """Two hundred in flight on one loop."""
    load(folder, "main-loop:200")


def test_thread_pool(folder):
    """A hundred threads."""
    load(folder, "thread-pool:100")


def test_figures(_):
    """For the report."""
    matrix.fragments.write("long-load", FIGURES)


if __name__ == "__main__":
    sys.exit(tap.run(globals()))

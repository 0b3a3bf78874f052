# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes that are killed or stopped in the middle of a trial, under all models: TAP on standard
output.

Usage: check-killed.py THREADMILL_CLI
"""

import os
import signal
import sys
import time

import matrix
import tap
from processes import descendants, is_alive, run_folders, wait_for

SURVIVED = matrix.Survived("killed")
REQUESTS, IN_FLIGHT = 240, 6
# Long enough that the first news of a trial comes well before its end.
LOAD = ["--requests", str(REQUESTS), "--delay", "0.05", "--timeout", str(matrix.TIMEOUT_S)]
ENDLESS = ["--requests", "1000000", "--delay", "0.02", "--after", "write"]
# The promise: what a program has started is gone so long after its death.
GONE_S = 2


def strike(folder, models, blow):
    """Runs the models, each followed by the probe; `blow` is called once in each faulty trial,
    when some of its requests are done. Returns the run and the faulty trials."""
    struck = {}

    def on_event(run, event):
        order = event.get("order", 0)
        if event["event"] != "progress" or order % 2 == 0 or order in struck:
            return
        if 0 < event["done"] < REQUESTS:
            struck[order] = time.monotonic()
            blow(run)
    run = matrix.Run(folder, "--models", matrix.alternate(models), *LOAD, on_event=on_event)
    with run:
        status = run.wait()
        trials = matrix.check_trials(run, models, REQUESTS)
    assert status == 1, (status, run.ended)
    assert len(struck) == len(models), (sorted(struck), [t["model"] for t in trials])
    for probe in run.document()["trials"][1::2]:
        assert probe["verified"] is True, probe
    for order, begun in struck.items():
        # The timeout and a second; the rest is the machine's.
        lasted_s = run.ended[order] - begun
        assert lasted_s <= matrix.TIMEOUT_S + matrix.LATE_S + matrix.BUSY_S, lasted_s
    return run, trials


def signal_helper(name, number):
    """A blow: a signal for a helper of that name."""
    return lambda run: os.kill(run.helper(name), number)


def member(run):
    """One of the processes that a worker has started."""
    worker = run.helper("threadmill-work")
    return next(pid for pid, name in descendants(worker) if "threadmill-work" in name)


def server_killed(folder):
    """The requests fail with reasons; the next trial has a new server."""
    _, trials = strike(folder, matrix.models(IN_FLIGHT),
                       signal_helper("threadmill-serv", signal.SIGKILL))
    for trial in trials:
        assert trial["status"] == "complete", trial["status"]
        assert trial["requests_ok"] > 0 and trial["requests_failed"] > 0, trial["errors"]
        assert set(trial["errors"]) <= {"reset", "refused", "protocol"}, trial["errors"]
        assert trial["verified"] is None and trial["verification"], trial["verification"]
    SURVIVED.add("server killed", len(trials))


def worker_killed(folder):
    """What was measured until then stands, marked, with the reason."""
    _, trials = strike(folder, matrix.models(IN_FLIGHT),
                       signal_helper("threadmill-work", signal.SIGKILL))
    for trial in trials:
        assert trial["status"] == "partial" and trial["requests_ok"] > 0, trial["model"]
        assert "signal 9" in trial["reason"], trial["reason"]
    SURVIVED.add("worker killed", len(trials))


def worker_stopped(folder):
    """A worker that says nothing any more is ended after its timeout, within a second."""
    _, trials = strike(folder, matrix.models(IN_FLIGHT),
                       signal_helper("threadmill-work", signal.SIGSTOP))
    for trial in trials:
        assert trial["status"] == "partial" and trial["requests_ok"] > 0, trial["model"]
        assert ("said nothing" in trial["reason"] or
                "longer than the timeout" in trial["reason"]), trial["reason"]
    SURVIVED.add("worker stopped", len(trials))


def process_of_multiprocess(folder):
    """One of several processes dies, or stops: the trial ends, and says so."""
    models = [f"multiprocess:2x{IN_FLIGHT // 2}"]
    for name, number in [("killed", signal.SIGKILL), ("stopped", signal.SIGSTOP)]:
        place = matrix.make_folder(folder, name)
        _, (trial,) = strike(place, models, lambda run: os.kill(member(run), number))
        assert trial["status"] == "partial" and trial["requests_ok"] > 0, trial["model"]
        word = "ended unexpectedly" if number == signal.SIGKILL else "longer than the timeout"
        assert word in trial["reason"], trial["reason"]
        SURVIVED.add(f"process of multiprocess {name}", 1)


def test_helpers(folder):
    """The above, at the same time."""
    matrix.in_parallel([
        (blow.__name__, lambda blow=blow: blow(matrix.make_folder(folder, blow.__name__)))
        for blow in (server_killed, worker_killed, worker_stopped, process_of_multiprocess)])


def kill_parent(folder, model, number, before=None):
    """The command line is gone; so is all that it started, and what it wrote aside."""
    folder = matrix.make_folder(folder, f"{number}-{model.replace('/', '-')}")
    measuring = []
    run = matrix.Run(folder, "--models", model, *ENDLESS,
                     on_event=lambda _, event: measuring.append(event["event"] == "progress"))
    with run:
        wait_for(lambda: run.pump() and any(measuring), f"{model} did not begin")
        helpers = [pid for pid, _ in descendants(run.process.pid)]
        assert len(helpers) >= 2 and run_folders(folder), helpers
        if before is not None:
            before(run)
        run.process.send_signal(number)
        if number == signal.SIGKILL:
            run.process.wait()
        room_s = matrix.BUSY_S
        begun = time.monotonic()
        wait_for(lambda: not any(is_alive(pid) for pid in helpers) and not run_folders(folder),
                 f"{model}: {run_folders(folder)} stays", GONE_S + room_s)
        if not matrix.SANITIZED and os.getloadavg()[0] < 1:
            assert time.monotonic() - begun < GONE_S, model
    SURVIVED.add("parent killed" if number == signal.SIGKILL else "parent ended", 1)


def test_parent_killed(folder):
    """Under each model; nothing stays."""
    matrix.in_parallel([
        (f"{model} {number}", lambda model=model, number=number: kill_parent(folder, model, number))
        for model in matrix.models(IN_FLIGHT) for number in (signal.SIGKILL, signal.SIGTERM)])


def test_parent_killed_while_worker_is_stopped(folder):
    """A worker that was stopped goes too."""
    kill_parent(folder, "thread-pool:6", signal.SIGKILL,
                lambda run: os.kill(run.helper("threadmill-work"), signal.SIGSTOP))


def test_figures(_):
    """What was survived, for the report."""
    SURVIVED.write()


if __name__ == "__main__":
    sys.exit(tap.run(globals()))

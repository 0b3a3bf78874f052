# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one fault against all models: every trial with the fault is followed by one without.

The command line runs the models in the order of its list, so the trials with odd numbers are the
faulty ones. Which trial runs now is read from its events, which it writes before it goes on.
"""

import concurrent.futures
import json
import os
import select
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "cli"))
# pylint: disable=wrong-import-position
import fragments
from models import epoll_loop
from processes import children, is_alive, load, run_folders, wait_for
from watch import SANITIZED

CLI = os.path.abspath(sys.argv[1])
# Of a request. What goes right takes milliseconds; on a machine that does other things, more.
TIMEOUT_S = 4 if SANITIZED else 2
# The promise is a second beyond the timeout; what is beyond that belongs to a busy machine.
LATE_S = 1
BUSY_S = 24 if SANITIZED else 8
# Where nothing is to time out, however busy the machine is.
LONG_TIMEOUT_S = 30
# The longest a whole command may take before the test gives it up.
COMMAND_S = 400
PROBE = "main-loop:30"
# Faults mostly wait: so many at a time.
JOBS = int(os.environ.get("MILL_JOBS", "6"))


def models(in_flight=6):
    """All models of this build with that many requests in flight, an even number."""
    half = in_flight // 2
    return ["sync", f"thread-per-request:{in_flight}", f"thread-pool:{in_flight}",
            f"gil-thread-pool:{in_flight}", f"main-loop:{in_flight}",
            f"main-loop-batched:{in_flight}/{in_flight}", f"hybrid:2x{half}",
            f"multiprocess:2x{half}", *epoll_loop(CLI, in_flight)]


class Run:
    """One command line; `on_event` is called with each event, before anything else happens."""

    def __init__(self, folder, *arguments, on_event=None, environment=None, prepare=None):
        self.folder = folder
        self.path = os.path.join(folder, "result.threadmill")
        self.on_event = on_event
        self.lock = threading.RLock()
        self.trial = None
        self.begun = {}   # monotonic time of each trial, by its order
        self.ended = {}
        self.buffer = b""
        self.errors = open(os.path.join(folder, "errors.txt"), "wb+")
        self.process = subprocess.Popen(
            [CLI, "run", "--events", "--quiet", "--output", self.path, *arguments],
            stdout=subprocess.PIPE, stderr=self.errors, stdin=subprocess.DEVNULL, cwd=folder,
            env={**os.environ, "TMPDIR": folder, **(environment or {})}, preexec_fn=prepare)
        os.set_blocking(self.process.stdout.fileno(), False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.errors.close()

    def pump(self):
        """Takes in the events that are there; FALSE after the last."""
        with self.lock:
            while True:
                try:
                    piece = os.read(self.process.stdout.fileno(), 65536)
                except BlockingIOError:
                    return True
                if not piece:
                    return False
                *lines, self.buffer = (self.buffer + piece).split(b"\n")
                for line in lines:
                    self._take(json.loads(line))

    def _take(self, event):
        now = time.monotonic()
        if event["event"] == "trial-started":
            self.trial = event
            self.begun[event["order"]] = now
        elif event["event"] == "trial-finished":
            self.ended[event["order"]] = now
        if self.on_event is not None:
            self.on_event(self, event)

    def is_faulty(self):
        """Whether the trial that runs now has the fault."""
        self.pump()
        return self.trial["order"] % 2 == 1

    def wait(self):
        """The exit status."""
        end = time.monotonic() + COMMAND_S
        more = True
        while more:
            select.select([self.process.stdout], [], [], 1)
            more = self.pump()
            assert time.monotonic() < end, f"the command does not end: {self.said()}"
        return self.process.wait(COMMAND_S)

    def said(self):
        """What it wrote to standard error."""
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def helper(self, name):
        """A living child by a part of its name, or None."""
        return next((pid for pid, comm in children(self.process.pid) if name in comm), None)

    def document(self):
        """The result; it is checked as `threadmill-cli validate` does."""
        check = subprocess.run([CLI, "validate", self.path], capture_output=True, check=False,
                               encoding="utf-8")
        assert check.returncode == 0, check.stderr
        return load(self.path)


def faults(**settings):
    """An environment in which faults.c makes calls fail: write=3 is MILL_FAULT_WRITE=3."""
    environment = {"MILL_FAULT_" + name.upper(): str(value) for name, value in settings.items()}
    environment["LD_PRELOAD"] = ":".join(
        filter(None, [os.environ.get("LD_PRELOAD"), os.environ["MILL_FAULTS"]]))
    if "ASAN_OPTIONS" in os.environ:
        environment["ASAN_OPTIONS"] = os.environ["ASAN_OPTIONS"] + ":verify_asan_link_order=0"
    return environment


def alternate(names):
    """The models, each followed by one that has nothing to fear."""
    return ",".join(f"{name},{PROBE}" for name in names)


def check_counts(trial, requests):
    """What every trial keeps to, whatever happened to it."""
    what = {key: trial.get(key) for key in ("model", "status", "reason", "requests_ok",
                                            "requests_failed", "errors", "wall_time_s")}
    ended = trial.get("requests_ok", 0) + trial.get("requests_failed", 0)
    assert sum(trial["errors"].values()) == trial.get("requests_failed", 0), what
    assert trial["requests_asked"] == requests, what
    if trial["status"] == "complete":
        assert ended == requests, what
    else:
        assert ended <= requests and trial["reason"], what
    return what


def check_time(trial, requests, in_flight, timeout_s=TIMEOUT_S):
    """Every request ends within its timeout, and nothing comes after the last."""
    rounds = requests if trial["model"] == "sync" else -(-requests // in_flight)
    allowed_s = rounds * timeout_s + LATE_S + BUSY_S
    assert trial.get("wall_time_s", 0) <= allowed_s, (trial["model"], trial["wall_time_s"])


def check_probe(trial, requests):
    """The trial after a faulty one runs as if nothing had been."""
    what = check_counts(trial, requests)
    assert trial["status"] == "complete" and trial["requests_ok"] == requests, what


def check_nothing_left(run, helpers=()):
    """No temporary folder and no process stays."""
    wait_for(lambda: not any(is_alive(pid) for pid in helpers), "a helper outlives its run", 20)
    assert not run_folders(run.folder), run_folders(run.folder)


def check_trials(run, names, requests):
    """The faulty trials of a run that was alternated; the others are checked."""
    trials = run.document()["trials"]
    assert [trial["model"] for trial in trials[::2]] == names, [t["model"] for t in trials]
    assert len(trials) == 2 * len(names), len(trials)
    for trial in trials[1::2]:
        check_probe(trial, requests)
    for trial in trials[::2]:
        check_counts(trial, requests)
    check_nothing_left(run)
    return trials[::2]


class Survived:
    """Counts the faults, by name, and leaves the figures for the report."""

    def __init__(self, group):
        self.group = group
        self.faults = {}
        self.begun = time.monotonic()

    def add(self, fault, n_models):
        """So many models have survived a fault."""
        self.faults[fault] = self.faults.get(fault, 0) + n_models

    def write(self):
        """Once all is done."""
        fragments.write(f"faults-{self.group}", {
            "faults": self.faults, "seconds": round(time.monotonic() - self.begun)})


def in_parallel(functions):
    """Calls (name, function) pairs, some at a time; fails with all that failed."""
    failures = []

    def call(name, function):
        try:
            function()
        except Exception as error:  # pylint: disable=broad-except
            failures.append(f"{name}: {type(error).__name__}: {error}")
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for future in [pool.submit(call, *pair) for pair in functions]:
            future.result()
    assert not failures, "\n".join(failures)


def make_folder(folder, name):
    """A folder in a folder."""
    path = os.path.join(folder, name)
    os.mkdir(path)
    return path



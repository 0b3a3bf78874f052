# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that break their side of HTTP, against all models: TAP on standard output.

Usage: check-hostile.py THREADMILL_CLI
"""

import os
import shutil
import socket
import sys

import hostile
import matrix
import tap

SURVIVED = matrix.Survived("hostile")
# What waits for the timeout gets fewer: one after another they wait longest.
FEW, MANY, IN_FLIGHT = 4, 24, 6
WORKER = "threadmill-worker"
# Memory that a worker may take whatever it is sent; its own is a tenth of that.
MEMORY_MIB = 400

# Each way with the number of requests, and the reasons that may stand in the result: libsoup and
# curl do not see everything alike. "ok" is a reason: to take what is odd but readable.
WAYS = [
    (hostile.silent, FEW, {"timeout"}),
    (hostile.trickle, FEW, {"timeout"}),
    (hostile.trickled_body, FEW, {"timeout"}),
    (hostile.huge_body, FEW, {"timeout", "ok"}),
    (hostile.headers_only, MANY, {"protocol"}),
    (hostile.half_header, MANY, {"reset", "protocol", "ok"}),
    (hostile.long_length, MANY, {"protocol"}),
    (hostile.short_length, MANY, {"ok", "protocol", "reset"}),
    (hostile.no_length, MANY, {"ok", "protocol", "other"}),
    # libsoup takes a size that is no number for the last.
    (hostile.broken_chunks, MANY, {"ok", "protocol", "other"}),
    (hostile.cut_chunks, MANY, {"protocol", "reset"}),
    (hostile.many_headers, FEW, {"ok", "protocol"}),
    (hostile.large_header, FEW, {"ok", "protocol"}),
    (hostile.no_http, MANY, {"protocol"}),
    (hostile.reset, MANY, {"reset"}),
    (hostile.closed, MANY, {"reset"}),
    (hostile.redirect_circle, MANY, {"redirect"}),
]


def timeout_of(reasons):
    """A short one where it is the fault."""
    return matrix.TIMEOUT_S if "timeout" in reasons else matrix.LONG_TIMEOUT_S


def check_reasons(trial, reasons):
    """Whether a result names what happened, and nothing else."""
    seen = set(trial["errors"])
    if trial["requests_ok"] > 0:
        seen.add("ok")
    assert seen <= reasons, (trial["model"], trial["errors"], trial["requests_ok"],
                             trial.get("reason"))


def survive(folder, way, requests, reasons):
    """All models under one of the ways, and the trial after each."""
    folder = matrix.make_folder(folder, way.__name__)
    names = matrix.models(IN_FLIGHT)
    timeout_s = timeout_of(reasons)
    run = None
    with hostile.Hostile(way, lambda: run.is_faulty()) as server:
        run = matrix.Run(folder, "--url", server.url, "--models", matrix.alternate(names),
                         "--requests", str(requests), "--timeout", str(timeout_s))
        with run:
            status = run.wait()
            trials = matrix.check_trials(run, names, requests)
    for trial in trials:
        assert trial["status"] == "complete", (trial["model"], trial["status"], trial["reason"])
        check_reasons(trial, reasons)
        matrix.check_time(trial, requests, IN_FLIGHT, timeout_s)
        if not matrix.SANITIZED:
            assert trial["memory_mib"]["max"] < MEMORY_MIB, (trial["model"], trial["memory_mib"])
    failed = any(trial["requests_failed"] for trial in trials)
    assert status == (1 if failed else 0), status
    SURVIVED.add(way.__name__.replace("_", " "), len(trials))


def mix(folder, name, bad_url, reasons, environment=None):
    """A list of a bad address and a good one: half of the requests fail, for that reason."""
    folder = matrix.make_folder(folder, name)
    names = matrix.models(IN_FLIGHT)
    timeout_s = timeout_of(reasons)
    with hostile.Hostile(hostile.good) as server:
        urls = os.path.join(folder, "urls.txt")
        with open(urls, "w", encoding="utf-8") as file:
            file.write(f"{bad_url}\n{server.url}\n")
        run = matrix.Run(folder, "--url-list", urls, "--models", ",".join(names), "--requests",
                         str(2 * FEW), "--timeout", str(timeout_s),
                         environment=environment)
        with run:
            status = run.wait()
            trials = run.document()["trials"]
            matrix.check_nothing_left(run)
        assert status == 1, status
        assert [trial["model"] for trial in trials] == names
        for trial in trials:
            what = matrix.check_counts(trial, 2 * FEW)
            matrix.check_time(trial, 2 * FEW, IN_FLIGHT, timeout_s)
            check_reasons(trial, reasons | {"ok"})
            assert trial["status"] == "complete", what
            assert trial["requests_ok"] == FEW, (trial["model"], trial["errors"])
        # The same bad address for all, and then a good one, in another command.
        run = matrix.Run(folder, "--url", server.url, "--models", matrix.PROBE, "--requests",
                         str(FEW))
        with run:
            assert run.wait() == 0, run.said()
            matrix.check_probe(run.document()["trials"][0], FEW)
    SURVIVED.add(name.replace("_", " "), len(trials))


def refused(folder):
    """A port that nobody listens on: bound, so that nobody else takes it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        mix(folder, "refused", f"http://127.0.0.1:{taken.getsockname()[1]}/", {"refused"})


def name_not_found(folder):
    """A name that there cannot be."""
    mix(folder, "name_not_found", "http://nobody.invalid/", {"resolve"},
        matrix.faults(program=WORKER, resolver=0))


def resolver_that_hangs(folder):
    """Names that are looked up for longer than anybody waits."""
    mix(folder, "resolver_that_hangs", "http://nobody.invalid/", {"timeout"},
        matrix.faults(program=WORKER, resolver=20))


def bad_certificate(folder):
    """A certificate that nobody vouches for."""
    if shutil.which("openssl") is None:
        return
    with hostile.Hostile(hostile.good, certificate=hostile.make_certificate(folder)) as server:
        mix(folder, "bad_certificate", server.url, {"tls"})


def test_servers(folder):
    """All of them, some at a time."""
    mixed = (resolver_that_hangs, name_not_found, refused, bad_certificate)
    matrix.in_parallel([
        *((function.__name__, lambda function=function: function(folder)) for function in mixed),
        *((way.__name__, lambda way=way, requests=requests, reasons=reasons:
           survive(folder, way, requests, reasons)) for way, requests, reasons in WAYS)])


def test_figures(_):
    """What was survived, for the report."""
    SURVIVED.write()


if __name__ == "__main__":
    sys.exit(tap.run(globals()))

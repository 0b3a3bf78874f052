#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the command line on the sizes that the program promises to bear, and fails when it does not.

Usage: bench-targets.py THREADMILL_CLI
"""

import json
import os
import subprocess
import sys
import tempfile

CLI = sys.argv[1]
MILLION = 1_000_000
MIB = 1024 * 1024
ATTEMPTS = 3


def run(folder, *arguments):
    """The only trial of a run, and the size of its document in bytes."""
    path = os.path.join(folder, "result.threadmill")
    subprocess.run([CLI, "run", "--quiet", "--output", path, *arguments], check=True,
                   stdout=subprocess.DEVNULL)
    with open(path, encoding="utf-8") as file:
        trial, = json.load(file)["trials"]
    assert trial["status"] == "complete" and trial["verified"], (trial["status"], trial["model"])
    assert trial["requests_failed"] == 0, trial["errors"]
    return trial, os.path.getsize(path)


def has_epoll_loop():
    listed = subprocess.run([CLI, "list", "models"], check=True, stdout=subprocess.PIPE,
                            encoding="utf-8").stdout
    return "epoll-loop" in listed and "not built" not in listed


class Report:
    def __init__(self):
        self.missed = 0

    def at_most(self, what, value, limit, unit=""):
        missed = value > limit
        self.missed += missed
        print(f"{'MISSED' if missed else 'kept  '} {what}: {value:.4g}{unit}, "
              f"at most {limit:.4g}{unit}", flush=True)


def waiting(folder, report):
    """The time against what waiting alone takes, of the best of a few attempts: another program
    can only lengthen it."""
    cases = [("main-loop:1000", 10000, 0.2, 2.0, 1.3), ("main-loop:20", 20, 1, 1.0, 1.05),
             ("sync", 80, 0.1, 8.0, 1.03)]
    if has_epoll_loop():
        cases.append(("epoll-loop:8000", 40000, 1, 5.0, 1.35))
    for model, requests, delay_s, ideal_s, limit in cases:
        best = float("inf")
        for _ in range(ATTEMPTS):
            trial, _ = run(folder, "--models", model, "--requests", str(requests), "--delay",
                           str(delay_s))
            best = min(best, trial["wall_time_s"] / ideal_s)
            if best <= limit:
                break
        report.at_most(f"{model}, {requests} x {delay_s} s, time to ideal", best, limit)


def memory(folder, report):
    for model, limit_mib in [("thread-pool:1000", 150), ("main-loop:1000", 45)]:
        trial, _ = run(folder, "--models", model, "--requests", "10000", "--delay", "0.2")
        assert trial["max_in_flight"] == 1000, trial["max_in_flight"]
        report.at_most(f"{model}, memory", trial["memory_mib"]["max"], limit_mib, " MiB")


def million(folder, report):
    """The memory of few requests is the base of that of many under the same model."""
    model = "multiprocess:2x50"
    base, _ = run(folder, "--models", model, "--requests", str(MILLION // 10))
    trial, size = run(folder, "--models", model, "--requests", str(MILLION))
    assert trial["requests_ok"] == MILLION and trial["processes"] >= 2, trial["requests_ok"]
    grown = (trial["memory_mib"]["max"] - base["memory_mib"]["max"]) * MIB
    report.at_most(f"{model}, memory per further request", grown / (MILLION - MILLION // 10),
                   40, " B")
    report.at_most(f"{model}, document", size / 1e6, 3, " MB")
    print(f"       {model}, {MILLION} requests in {trial['wall_time_s']:.1f} s", flush=True)


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="threadmill-targets-") as folder:
        for part in [waiting, memory, million]:
            part(folder, report)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())

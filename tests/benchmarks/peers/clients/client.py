# SPDX-License-Identifier: GPL-3.0-or-later
"""What the Python clients share: arguments, processes, the measured phase, the report.

Usage of each: client_NAME.py URL REQUESTS IN_FLIGHT PROCESSES TIMEOUT_S
REQUESTS and IN_FLIGHT are those of all processes together.
"""

import json
import multiprocessing
import resource
import sys
import time


def share(total, parts, index):
    """Of a total divided among parts; the first ones take the remainder."""
    return total // parts + (1 if index < total % parts else 0)


def measure(send, url, requests, in_flight, timeout_s):
    begin_s = time.monotonic()
    ok = send(url, requests, in_flight, timeout_s)
    return {"begin_s": begin_s, "end_s": time.monotonic(), "ok": ok}


def child(send, load, ready, reports):
    ready.wait()
    reports.put(measure(send, *load))


def measure_in_processes(send, url, requests, in_flight, processes, timeout_s):
    """All begin together, once each of them is there."""
    fork = multiprocessing.get_context("fork")
    ready = fork.Barrier(processes)
    reports = fork.SimpleQueue()
    children = []
    for index in range(processes):
        load = (url, share(requests, processes, index), share(in_flight, processes, index),
                timeout_s)
        children.append(fork.Process(target=child, args=(send, load, ready, reports), daemon=True))
    for process in children:
        process.start()
    # A report is small enough for the pipe: whoever ends has left it there.
    for process in children:
        process.join()
    if any(process.exitcode != 0 for process in children):
        sys.exit("a process failed")
    return [reports.get() for _ in children]


def main(send):
    """`send (url, requests, in_flight, timeout_s)` returns how many were answered with 200."""
    url, *numbers = sys.argv[1:]
    requests, in_flight, processes = map(int, numbers[:3])
    timeout_s = float(numbers[3])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if processes == 1:
        reports = [measure(send, url, requests, in_flight, timeout_s)]
    else:
        reports = measure_in_processes(send, url, requests, in_flight, processes, timeout_s)
    wall_s = max(report["end_s"] for report in reports) - min(r["begin_s"] for r in reports)
    print(json.dumps({"ok": sum(report["ok"] for report in reports), "wall_s": wall_s}))

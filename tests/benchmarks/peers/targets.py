# SPDX-License-Identifier: GPL-3.0-or-later
"""The targets: ratios inside one run, judged by the numbers."""

import os
import re
from dataclasses import dataclass
from typing import Callable

import estimates
import measure
import tools

AT_MOST = "at most"
AT_LEAST = "at least"
SAMPLED_S = 5
OTHER_TIMEOUT_S = 170


@dataclass(frozen=True)
class Target:
    """`value` takes the rows by case and tool and the cases by id, and returns an Estimate, or None
    when something that it needs was not measured."""
    title: str
    bound: str
    limit: float
    value: Callable
    unit: str = " ×"

    def met(self, estimate):
        if self.bound == AT_MOST:
            return estimate.median <= self.limit
        return estimate.median >= self.limit


def values(rows, place):
    """Of a place: case, tool, figure."""
    case, tool, figure = place
    row = rows.get(case, {}).get(tool)
    return row.values(figure) if row is not None and row.usable else None


def ratio(place, base):
    def value(rows, _):
        measured, to = values(rows, place), values(rows, base)
        if measured is None or to is None or min(to) <= 0:
            return None
        return estimates.ratio(measured, to)
    return value


def to_ideal(case, tool):
    def value(rows, cases):
        measured = values(rows, (case, tool, "wall_s"))
        return estimates.ratio(measured, [cases[case].ideal_s]) if measured else None
    return value


def cpu(tool, base, case="fifty"):
    """How many times the CPU per request of another tool."""
    return ratio((case, tool, "cpu_us"), (case, base, "cpu_us"))


TARGETS = [
    Target("epoll-loop:50, no delay: CPU per request, to hey", AT_MOST, 0.5,
           cpu("epoll-loop", "hey")),
    Target("epoll-loop:50, no delay: CPU per request, to wrk", AT_MOST, 3,
           cpu("epoll-loop", "wrk")),
    Target("epoll-loop:50, no delay: times less CPU per request than aiohttp", AT_LEAST, 12,
           cpu("aiohttp", "epoll-loop")),
    Target("epoll-loop:8000, 40,000 requests of 1 s: time, to the ideal 5 s", AT_MOST, 1.35,
           to_ideal("waiting-8000", "epoll-loop")),
    Target("epoll-loop:8000, 40,000 requests of 1 s: times faster than aiohttp", AT_LEAST, 2.5,
           ratio(("waiting-8000", "aiohttp", "wall_s"), ("waiting-8000", "epoll-loop", "wall_s"))),
    Target("epoll-loop: CPU per request with 8,000 in flight, to that with 50", AT_MOST, 4,
           ratio(("waiting-8000", "epoll-loop", "cpu_us"), ("fifty", "epoll-loop", "cpu_us"))),
    Target("main-loop:50, no delay: times less CPU per request than aiohttp", AT_LEAST, 3,
           cpu("aiohttp", "main-loop")),
    Target("main-loop:1000, 10,000 requests of 0.2 s: time, to the ideal 2 s", AT_MOST, 1.3,
           to_ideal("waiting", "main-loop")),
    Target("multiprocess:2x50, 1,000,000 requests: throughput, to aiohttp in as many processes",
           AT_LEAST, 2.5, ratio(("million", "multiprocess", "rps"), ("million", "aiohttp", "rps"))),
    Target("thread-pool:20, no delay: times less CPU per request than requests in a "
           "ThreadPoolExecutor", AT_LEAST, 6,
           cpu("requests, ThreadPoolExecutor", "thread-pool", case="threads")),
]


def other_benchmark(build, name, words, pattern):
    """The figure that another benchmark of this folder prints; None where it cannot be had."""
    program = build / "tests" / "benchmarks" / name
    os.environ["MILL_TEST_SERVER"] = str(build / "src" / "server" / "threadmill-server")
    os.environ["MILL_TEST_WORKER"] = str(build / "src" / "worker" / "threadmill-worker")
    try:
        # It fails when a bound of its own is missed, and prints the figure all the same.
        command = tools.Command([str(program), *words], may_fail=True)
        output = measure.run(command, OTHER_TIMEOUT_S).output
    except (OSError, measure.RunError):
        return None
    match = re.search(pattern, output)
    return float(match[1]) if match else None


def sampling_percent(server, worker, repeats):
    """Of a core, while a loop waits for one answer: what a longer wait costs more than none."""
    loop = tools.model(worker, "main-loop:{in_flight}", ("loop",))
    command = loop.command(tools.Load(server.url, 1, 1, 1, 1, 4 * SAMPLED_S))

    def cpu_s(delay_s):
        server.begin(delay_s)
        return measure.run(command, 10 * SAMPLED_S).cpu_s

    return [max(cpu_s(SAMPLED_S) - cpu_s(0), 0) / SAMPLED_S * 100 for _ in range(repeats)]


def constant(measured):
    """The value of a target that was measured beside the cases."""
    def value(_rows, _cases):
        return estimates.estimate(measured) if measured else None
    return value


def beside(build, server, worker, repeats):
    """The targets that no case measures."""
    bare = other_benchmark(build, "bench-main-loop", ["-p", "/main-loop/cpu"],
                           r"CPU per request, main-loop:50 to bare libsoup: ([\d.]+)")
    recording = other_benchmark(build, "bench-threads", [], r"recording: ([\d.]+) ns per request")
    return [
        Target("main-loop:50: CPU per request, to a bare libsoup loop (`./dev bench main-loop`)",
               AT_MOST, 1.1, constant([bare] if bare is not None else [])),
        Target("The recorder, per request (`./dev bench threads`)", AT_MOST, 100,
               constant([recording] if recording is not None else []), unit=" ns"),
        Target(f"Sampling, while main-loop:1 waits {SAMPLED_S} s: share of a core", AT_MOST, 0.5,
               constant(sampling_percent(server, worker, repeats)), unit=" %"),
    ]

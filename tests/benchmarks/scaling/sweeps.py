# SPDX-License-Identifier: GPL-3.0-or-later
"""What is swept, and which figures are drawn of it."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Run:
    """One call of the program."""
    name: str
    models: str
    sweep: str
    # Per trial, where they are not what is swept.
    requests: int | None = None

    @property
    def size(self):
        requests = [] if self.requests is None else ["--requests", str(self.requests)]
        return ["--sweep", self.sweep, *requests]


@dataclass(frozen=True)
class Figure:
    """By its name in the document."""
    id: str
    title: str
    unit: str
    # What a reader should know before the numbers.
    text: str


@dataclass(frozen=True)
class Sweep:
    id: str
    title: str
    # Of a value: "at 8,000 in flight".
    value: str
    runs: tuple
    figures: tuple


CPU = "cpu_per_request_us"
THROUGHPUT = "throughput_rps"
MEMORY = "memory_mib.max"

SWEEPS = [
    Sweep("in-flight", "By requests in flight", "in flight", (
        Run("loops", "epoll-loop:1,main-loop:1", "concurrency=1,10,100,1000,8000", 40_000),
        # A thread that waits needs three descriptors: 8,000 of them are more than most systems
        # give a process.
        Run("threads", "thread-pool:1", "concurrency=1,10,100,1000", 40_000),
    ), (
        Figure(CPU, "CPU time per request", "µs",
               "User and system time of the client. The server answers at once, so as many "
               "requests as are in flight compete for the client. A loop over GMainContext "
               "hands all its descriptors to `poll` at every turn, a loop over epoll only asks "
               "for those that are ready; threads pay for switching between them. With as many "
               "connections as a fifth of the requests, opening them is part of the cost."),
        Figure(THROUGHPUT, "Throughput", "requests/s",
               "Client and server share the cores of this machine, so this is what both together "
               "reach, not what the client alone could send."),
        Figure(MEMORY, "Memory", "MiB",
               "The most that the client had resident, with the records of all its requests (at "
               "most 40 bytes each). Every connection has its buffers; every thread has a stack "
               "and a session of its own besides."),
    )),
    Sweep("requests", "By number of requests", "requests", (
        Run("requests", "epoll-loop:50,main-loop:50,thread-pool:20,multiprocess:2x50",
            "requests=1000,10000,100000,1000000"),
    ), (
        Figure(CPU, "CPU time per request", "µs",
               "With few requests, opening the connections weighs more. Beyond that a line that "
               "stays level says that a request costs the same whether it is one of ten thousand "
               "or of a million."),
        Figure(THROUGHPUT, "Throughput", "requests/s",
               "A short run has hardly begun when it ends: what is measured then is mostly its "
               "beginning."),
        Figure(MEMORY, "Memory", "MiB",
               "What grows with the requests is the record of each, kept until the end so that "
               "every percentile is exact."),
    )),
]


def quick_sweeps():
    """What shows in a few seconds that all of this still works."""
    sizes = {"in-flight": {"sweep": "concurrency=1,10", "requests": 100},
             "requests": {"sweep": "requests=200,400"}}
    return [replace(sweep, runs=tuple(replace(run, **sizes[sweep.id]) for run in sweep.runs))
            for sweep in SWEEPS]

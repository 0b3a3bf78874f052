# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured: one entry per case."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Case:
    id: str
    title: str
    in_flight: int
    requests: int
    # Tools that need about a millisecond of CPU per request do fewer where nothing but CPU counts:
    # figures per request stay comparable.
    slow_requests: int
    # For a tool that takes a time, not a number.
    seconds: int
    # Of a tool whose command line has no number of processes, threads.
    processes: int = 1
    delay_s: float = 0.0
    timeout_s: float = 120.0
    # Kinds of tools that this case is about; all when empty.
    kinds: tuple = ()
    # It takes long: only on demand.
    on_demand: bool = False

    @property
    def ideal_s(self):
        """What waiting alone takes; None where nothing waits."""
        rounds = -(-self.requests // self.in_flight)
        return rounds * self.delay_s if self.delay_s > 0 else None


CASES = [
    Case("sequence", "No delay, 1 in flight", in_flight=1, requests=20_000, slow_requests=4_000,
         seconds=3),
    Case("threads", "No delay, 20 threads", in_flight=20, requests=40_000, slow_requests=5_000,
         seconds=3, kinds=("threads",)),
    Case("fifty", "No delay, 50 in flight", in_flight=50, requests=50_000, slow_requests=5_000,
         seconds=3),
    Case("thousand", "No delay, 1,000 in flight", in_flight=1_000, requests=50_000,
         slow_requests=10_000, seconds=3, timeout_s=180),
    Case("waiting", "0.2 s of delay, 10,000 requests, 1,000 in flight", in_flight=1_000,
         requests=10_000, slow_requests=10_000, seconds=4, delay_s=0.2),
    Case("waiting-8000", "1 s of delay, 40,000 requests, 8,000 in flight", in_flight=8_000,
         requests=40_000, slow_requests=40_000, seconds=8, delay_s=1.0),
    Case("processes", "No delay, 100,000 requests, 2 processes with 50 in flight each",
         in_flight=100, requests=100_000, slow_requests=10_000, seconds=4, processes=2,
         kinds=("processes",), timeout_s=180),
    Case("million", "No delay, 1,000,000 requests, 2 processes with 50 in flight each",
         in_flight=100, requests=1_000_000, slow_requests=50_000, seconds=20, processes=2,
         kinds=("processes",), timeout_s=600, on_demand=True),
]

# What shows in a few seconds that all of this still works.
QUICK_SIZES = {
    "sequence": {"requests": 100, "slow_requests": 50},
    "waiting": {"requests": 100, "slow_requests": 100, "in_flight": 50},
    "processes": {"requests": 500, "slow_requests": 200},
}


def quick_cases():
    return [replace(case, seconds=1, title=f"{case.title} (quick: smaller)",
                    **QUICK_SIZES[case.id]) for case in CASES if case.id in QUICK_SIZES]

# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured: per case and tool the repetitions, or why there are none."""

from dataclasses import dataclass, field

# A tool keeps its connections when it opens hardly more than it has in flight.
KEPT_SHARE = 1.1
# Of what it should have in flight where every answer waits.
REACHED_SHARE = 0.9
# What the process of a tool may take beside its start and the time that it reports.
SILENT_SHARE = 0.2
SILENT_S = 0.5


@dataclass(frozen=True)
class Sample:
    """One repetition."""
    requests: int
    wall_s: float
    # How long its process took, less its start.
    outside_s: float
    cpu_us: float
    memory_mib: float
    # That the server saw.
    connections: int
    max_in_flight: int

    @property
    def rps(self):
        return self.requests / self.wall_s


@dataclass
class Row:
    """A tool in a case."""
    samples: list = field(default_factory=list)
    # Why it has no place here.
    left_out: str = ""
    # What went wrong, then nothing of it is used.
    failed: str = ""

    @property
    def usable(self):
        return bool(self.samples) and not self.failed

    def values(self, figure):
        return [getattr(sample, figure) for sample in self.samples]


def count_problem(tool, load, ok, counts):
    """Does the server agree? "" if so. A tool that stops by time leaves requests unanswered."""
    seen = counts["answered"] - counts["errors"]
    if tool.timed:
        agrees = ok <= seen <= ok + load.in_flight
    else:
        agrees = ok == seen == load.requests
    asked = "" if tool.timed else f" of {load.requests:,}"
    return "" if agrees else f"counts differ: it says {ok:,}{asked}, the server answered {seen:,}"


def remarks(case, row):
    """What a reader has to know beside the figures of a tool."""
    connections = max(row.values("connections"))
    max_in_flight = min(row.values("max_in_flight"))
    if connections > KEPT_SHARE * case.in_flight + 1:
        yield f"opened {connections:,} connections"
    if case.delay_s > 0 and max_in_flight < REACHED_SHARE * case.in_flight:
        yield f"had at most {max_in_flight:,} in flight"
    silent_s = max(sample.outside_s - sample.wall_s for sample in row.samples)
    if silent_s > SILENT_SHARE * min(row.values("wall_s")) + SILENT_S:
        yield f"its process took up to {silent_s:.1f} s longer than the time it reports"

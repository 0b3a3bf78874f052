# SPDX-License-Identifier: GPL-3.0-or-later
"""What each tool prints, as the number of requests answered well and the time they took."""

import json
import re
from dataclasses import dataclass

UNITS_S = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}


class ParseError(Exception):
    pass


@dataclass(frozen=True)
class Outcome:
    ok: int
    wall_s: float


def find(pattern, text):
    match = re.search(pattern, text, re.MULTILINE)
    if match is None:
        raise ParseError(f"no “{pattern}” in what it printed: {text[-300:].strip()!r}")
    return match


def duration_s(text):
    """wrk and h2load write 23.44ms, 1.00s, 1.50m."""
    match = find(r"^([\d.]+)(us|ms|s|m|h)$", text)
    return float(match[1]) * UNITS_S[match[2]]


def worker(text):
    """The last event of threadmill-worker."""
    for line in text.splitlines():
        event = json.loads(line)
        if event["event"] == "failed":
            raise ParseError(event.get("message", line))
        if event["event"] == "finished":
            return Outcome(event["requests_ok"], event["wall_time_s"])
    raise ParseError("the worker did not finish")


def python_client(text):
    report = json.loads(text)
    return Outcome(report["ok"], report["wall_s"])


def wrk(text):
    match = find(r"^\s*(\d+) requests in ([\d.]+\w+),", text)
    ok = int(match[1])
    wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Outcome(ok - int(wrong[1]) if wrong else ok, duration_s(match[2]))


def hey(text):
    wall_s = float(find(r"^\s*Total:\s+([\d.]+) secs", text)[1])
    well = re.search(r"\[200\]\s+(\d+) responses", text)
    return Outcome(int(well[1]) if well else 0, wall_s)


def ab(text):
    ok = int(find(r"^Complete requests:\s+(\d+)", text)[1])
    wrong = re.search(r"^Non-2xx responses:\s+(\d+)", text, re.MULTILINE)
    failed = int(find(r"^Failed requests:\s+(\d+)", text)[1])
    wall_s = float(find(r"^Time taken for tests:\s+([\d.]+) seconds", text)[1])
    return Outcome(ok - failed - (int(wrong[1]) if wrong else 0), wall_s)


def h2load(text):
    wall_s = duration_s(find(r"^finished in ([\d.]+\w+),", text)[1])
    return Outcome(int(find(r"^status codes: (\d+) 2xx", text)[1]), wall_s)

# SPDX-License-Identifier: GPL-3.0-or-later
"""The results as Markdown."""

import estimates
import results

ABSENT = "–"
TEXT_COLUMNS = ("Tool", "Notes", "Target", "Result", "Machine", "")

HOW = """\
## How it was measured

- All tools ask the same process of `threadmill-server` for `/ping` (12 bytes of JSON) over
  HTTP/1.1 on 127.0.0.1, on the same cores; ab speaks HTTP/1.0 with `Connection: keep-alive`. Every
  tool is told to keep its connections; where the server saw many more connections than were in
  flight, a note says so.
- Repetitions are interleaved (A B C, A B C). A figure is the median of the repetitions, with the
  95 % interval of a bootstrap ({resamples:,} resamples of both sides for a ratio). With few
  repetitions an interval is hardly more than their range.
- Every tool sends an exact number of requests; wrk can only be given a time, and does not count
  what is in flight when that is over: where answers wait, up to one round of them. A tool whose
  counts differ from the server's is left out, and its reason is written down.
- Where nothing but CPU counts, httpx and requests send fewer requests than the others; the column
  Requests says how many.
- **Time** and **requests/s** are the tool's own figure for the phase in which it sends: without its
  start, for Python without its imports. With several processes it is from the first start to the
  last end, once all of them are there. Where a tool's process took clearly longer, a note says so.
- **CPU per request** is user and system time of all processes of the client, as the kernel
  accounts it for the whole process, less the median of {starts} starts of the same tool with one
  request (wrk: `--version`). Connecting, and creating threads for it, is part of it. So is what a
  tool computes for its report; the report of ours is made by another program, and is not.
- **Memory** is the most that each process of the client had resident, added up; pages that
  processes share are counted in each. It is looked at every {poll_ms} ms: what a process of a few
  milliseconds has at its end can be missed.
- **Ours** is `threadmill-worker`, the process that `threadmill-cli` starts for each trial. A ratio
  compares with the first of ours in its table: requests/s above 1 is faster than it, CPU and memory
  below 1 is less.
- hey uses all cores by itself. wrk and h2load get as many threads as the case has processes.
"""


def figure(value):
    """Three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def with_interval(estimate, unit=""):
    """One repetition has none."""
    if not estimate.low < estimate.high:
        return figure(estimate.median) + unit
    return f"{figure(estimate.median)}{unit} ({figure(estimate.low)}–{figure(estimate.high)})"


def table(head, rows):
    lines = [head, ["---" if name in TEXT_COLUMNS else "--:" for name in head], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def ratio_text(values, base):
    if base is None or min(base) <= 0:
        return ABSENT
    return with_interval(estimates.ratio(values, base), " ×")


def case_table(case, rows):
    first = next((row for row in rows.values() if row.usable), None)
    lines = []
    for name, row in rows.items():
        if not row.usable:
            continue
        cells = [name, f"{row.samples[0].requests:,}",
                 with_interval(estimates.estimate(row.values("wall_s")))]
        for key in ("rps", "cpu_us", "memory_mib"):
            cells.append(with_interval(estimates.estimate(row.values(key))))
            cells.append(ABSENT if row is first else
                         ratio_text(row.values(key), first.values(key)))
        lines.append([*cells, "; ".join(results.remarks(case, row))])
    head = ["Tool", "Requests", "Time, s", "Requests/s", "to ours", "CPU/request, µs", "to ours",
            "Memory, MiB", "to ours", "Notes"]
    return table(head, lines) if lines else "Nothing was measured.\n"


def case_section(case, rows):
    left_out = [f"- {name}: {row.left_out or row.failed}." for name, row in rows.items()
                if not row.usable]
    ideal = ""
    if case.ideal_s:
        ideal = (f"Waiting alone takes {case.ideal_s:g} s, which is "
                 f"{case.requests / case.ideal_s:,.0f} requests/s.\n\n")
    text = f"## {case.title}\n\n{ideal}{case_table(case, rows)}"
    if left_out:
        text += "\nLeft out:\n\n" + "\n".join(left_out) + "\n"
    return text


def target_line(target, rows, cases):
    estimate = target.value(rows, cases)
    wanted = f"{target.bound} {figure(target.limit)}{target.unit}"
    if estimate is None:
        return [target.title, wanted, ABSENT, "not measured"]
    verdict = "met" if target.met(estimate) else "**not met**"
    return [target.title, wanted, with_interval(estimate, target.unit), verdict]


def targets_section(targets, rows, cases):
    lines = [target_line(target, rows, cases) for target in targets]
    missed = any("not met" in line[-1] for line in lines)
    return ("## Targets\n\n" + table(["Target", "Wanted", "Measured", "Result"], lines) +
            ("\n[What stands in the way](PROFILE.md) of what is not met.\n" if missed else ""))


def render(facts, cases, rows, targets, starts, poll_ms):
    """`rows` by the case's id, then by the tool's name."""
    by_id = {case.id: case for case in cases}
    parts = [
        "# Threadmill beside what else one would take\n\n"
        "Written by `./dev bench peers`. These are ratios of one run on one machine, this one:\n",
        table(["Machine", ""], [[name, value] for name, value in facts]),
        *([targets_section(targets, rows, by_id)] if targets else []),
        *(case_section(case, rows[case.id]) for case in cases if case.id in rows),
        HOW.format(resamples=estimates.RESAMPLES, starts=starts, poll_ms=poll_ms),
    ]
    return "\n".join(parts)

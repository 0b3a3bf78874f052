#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what the tests of reliability have found into tests/RELIABILITY.md.

    tests/reliability/report.py BUILD-FOLDER

The tests leave their figures in BUILD-FOLDER/figures (see fragments.py); a section whose tests
have not run stays as it is. The fuzz programs write theirs by the same put_section().
"""

import pathlib
import re
import sys

import fragments

REPORT = pathlib.Path(__file__).resolve().parent.parent / "RELIABILITY.md"


def put_section(heading, lines):
    """Puts a section into the report, in the place of an older one of that heading."""
    section = "\n".join([f"## {heading}", "", *lines]) + "\n"
    old = REPORT.read_text(encoding="utf-8") if REPORT.exists() else "# Reliability\n"
    pattern = re.compile(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if pattern.search(old):
        new = pattern.sub(lambda _: section + "\n", old)
    else:
        new = old.rstrip("\n") + "\n\n" + section
    REPORT.write_text(new.rstrip("\n") + "\n", encoding="utf-8")


def table(head, rows):
    """Lines of a table; numbers, all but the first column, stand to the right."""
    def line(cells):
        return "| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else str(cell)
                                 for cell in cells) + " |"
    return [line(head), "|---|" + "---:|" * (len(head) - 1), *map(line, rows)]


def duration(seconds):
    """Seconds as a person would say it."""
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def write_faults(found):
    """Which faults each model has survived."""
    faults, seconds = {}, 0
    for name, figures in found.items():
        if name.startswith("faults-"):
            faults.update(figures["faults"])
            seconds += figures["seconds"]
    if not faults:
        return
    rows = [[fault, times] for fault, times in sorted(faults.items())]
    put_section("Faults", [
        "Each under every model (`tests/reliability/check-*.py`): the trial ends in time, what was "
        "measured is kept and marked, the reason is in the result, the exit status is right, the "
        f"next trial runs as if nothing had been. {duration(seconds)}.",
        "", *table(["fault", "survived"], [*rows, ["all", sum(faults.values())]])])


def write_counts(found):
    """How many random experiments were counted the same on both sides."""
    rows = []
    for name, target in (("counts-built-in", "the built-in server"), ("counts-nginx", "nginx")):
        if name in found:
            figures = found[name]
            rows.append([target, figures["experiments"], figures["requests"], figures["partial"], 0,
                         duration(figures["seconds"])])
    if rows:
        put_section("Counts", [
            "Random experiments; what the document says is what the server saw "
            "(`tests/reliability/test-counts.c` says exactly how they compare).", "",
            *table(["target", "experiments", "requests", "trials stopped in the middle",
                    "differences", "time"], rows)])


def write_long(found):
    """Whether anything grows."""
    rows = []
    for model, figures in found.get("long-load", {}).items():
        for process in ("command line", "server"):
            one = figures[process]
            rows.append([f"{model}, {process}", duration(figures["seconds"]), figures["requests"],
                         one["memory_mib"], f"{one['growth_percent']} %", one["descriptors"]])
    for name, what in (("window-trials", "trials in one window"),
                       ("window-stops", "times Run and Stop in one window")):
        if name in found:
            figures, one = found[name], found[name]["window"]
            rows.append([f"{figures.get('trials', figures.get('times'))} {what}",
                         duration(figures["seconds"]), "", one["memory_mib"],
                         f"{one['growth_percent']} %", one["descriptors"]])
    if rows:
        put_section("Long load", [
            "Memory after the first minute and its growth until the end (of a run under three "
            "minutes: from its middle on); no process and no descriptor was left over.", "",
            *table(["run", "time", "requests", "memory (MiB)", "growth", "descriptors"], rows)])


def write_races(found):
    """How often a run was stopped at a random moment."""
    if "cancels" in found:
        figures = found["cancels"]
        put_section("Races", [
            f"{figures['cancels']} runs stopped at random moments, {figures['partial']} of them "
            f"while something was measured, in {duration(figures['seconds'])}: none hung, none "
            "lost a count. All models and the bench also run under ThreadSanitizer in CI "
            "(`./dev test --sanitize=thread --suite threads`)."])


def main():
    found = fragments.read(pathlib.Path(sys.argv[1], "figures"))
    for write in (write_faults, write_counts, write_long, write_races):
        write(found)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Threadmill beside wrk, hey, ab, h2load and Python's clients: one run, one server, ratios.

    ./dev bench peers                                 all but the longest case
    ./dev bench peers --test-args='--million'         with 1,000,000 requests too
    ./dev bench peers --test-args='--cases fifty,threads --repeat 3 --output some.md'
"""

import argparse
import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import cases
import machine
import measure
import report
import suite
import targets
import tools
from server import Server

# Of each tool, with next to nothing to do.
STARTS = 5


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build", type=Path, help="the build folder")
    parser.add_argument("--output", type=Path, help="the Markdown file; standard output if absent")
    parser.add_argument("--repeat", type=int, default=5, help="repetitions (5)")
    parser.add_argument("--cases", help="only these, with commas: "
                        + ",".join(case.id for case in cases.CASES))
    parser.add_argument("--tools", help="only these, by their names, with commas")
    parser.add_argument("--million", action="store_true",
                        help="also the case of a million requests")
    parser.add_argument("--quick", action="store_true",
                        help="small sizes and 2 repetitions: shows that it works, measures nothing")
    return parser.parse_args()


def chosen(names, known, what):
    """The names of an option, checked; None when it was not given."""
    if names is None:
        return None
    names = names.split(",")
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"{what}: there is no {', '.join(unknown)}; there are {', '.join(known)}")
    return names


def chosen_cases(options):
    known = cases.quick_cases() if options.quick else cases.CASES
    names = chosen(options.cases, [case.id for case in known], "--cases")
    if names is not None:
        return [case for case in known if case.id in names]
    return [case for case in known if options.million or not case.on_demand]


def chosen_tools(options, worker, cli):
    models = subprocess.run([cli, "list", "models"], check=True, capture_output=True, text=True)
    known = tools.tools(worker, "epoll-loop" in models.stdout)
    names = chosen(options.tools, [tool.name for tool in known], "--tools")
    return [tool for tool in known if names is None or tool.name in names]


def raise_descriptors():
    """As far as allowed; the tools inherit it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return sys.maxsize if hard == resource.RLIM_INFINITY else hard


def build_kind(build):
    """How the program was built: a sanitizer or no optimisation spoils every figure."""
    options = json.loads((build / "meson-info" / "intro-buildoptions.json").read_text("utf-8"))
    values = {option["name"]: option["value"] for option in options}
    return (f"{values['buildtype']}, optimisation {values['optimization']}, sanitizers "
            f"{values['b_sanitize']}")


def describe(options, cli, used_tools):
    version = subprocess.run([cli, "--version"], check=True, capture_output=True, text=True)
    others = [tool for tool in used_tools if not tool.ours and not tool.missing]
    versions = dict.fromkeys(filter(None, (tool.version() for tool in others)))
    return [
        *machine.describe(),
        ("date", time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())),
        ("program", f"{version.stdout.strip()} ({build_kind(options.build)})"),
        ("tools", "; ".join([*versions, f"Python {sys.version.split()[0]}"])),
        ("repetitions", str(options.repeat)),
    ]


def say(text):
    print(text, file=sys.stderr, flush=True)


def measure_all(options, used_tools, used_cases, worker, max_descriptors):
    """The rows of all cases, and the targets."""
    with Server(options.build / "src" / "server" / "threadmill-server") as server:
        runs = suite.Suite(server, used_tools, options.repeat, options.starts, max_descriptors, say)
        rows = {case.id: runs.run_case(case) for case in used_cases}
        judged = [] if options.quick else [
            *targets.TARGETS, *targets.beside(options.build, server, worker, options.repeat)]
    return rows, judged


def main():
    options = arguments()
    options.starts = 1 if options.quick else STARTS
    if options.quick:
        options.repeat = min(options.repeat, 2)
    # A signal to end unwinds, so that no tool outlives this program.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    options.build = options.build.resolve()
    cli = options.build / "src" / "cli" / "threadmill-cli"
    worker = options.build / "src" / "worker" / "threadmill-worker"
    max_descriptors = raise_descriptors()
    used_cases = chosen_cases(options)
    used_tools = chosen_tools(options, worker, cli)
    for tool in used_tools:
        if tool.missing:
            say(f"skipped: {tool.name} {tool.missing}")
    facts = describe(options, cli, used_tools)
    begin_s = time.monotonic()
    rows, judged = measure_all(options, used_tools, used_cases, worker, max_descriptors)
    facts.append(("duration", f"{(time.monotonic() - begin_s) / 60:.0f} min"))
    text = report.render(facts, used_cases, rows, judged, options.starts, measure.POLL_MS)
    if options.output is None:
        print(text)
    else:
        options.output.write_text(text, encoding="utf-8")
        say(f"written: {options.output}")
    # What others cannot do is a result; where ours fails, it is a failure.
    ours = {tool.name for tool in used_tools if tool.ours}
    failed = [(case, name) for case, by_tool in rows.items() for name, row in by_tool.items()
              if name in ours and row.failed]
    for case, name in failed:
        say(f"failed: {case}, {name}: {rows[case][name].failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

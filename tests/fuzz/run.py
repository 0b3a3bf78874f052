#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the fuzz programs, two at a time, and says how many inputs were tried and what was found.

    tests/fuzz/run.py BUILD-FOLDER [--seconds N] [--only NAME…] [--report]

Inputs that libFuzzer finds interesting stay in BUILD-FOLDER/fuzz and are the start of the next
run; an input that breaks something lands in BUILD-FOLDER/fuzz/found and makes the status 1. Its
place after the fault is mended is tests/fuzz/corpus/NAME. --report writes the figures into
tests/RELIABILITY.md.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "reliability"))
from report import put_section  # pylint: disable=wrong-import-position

JOBS = 2
# An input that takes longer, or more memory, is a finding as much as a crash.
INPUT_TIMEOUT_S = 20
MEMORY_MIB = 2048
MAX_INPUT_BYTES = 32 * 1024
# Beyond its time: starting, reading the corpus, and the last input.
GRACE_S = 120
SUPPRESSIONS = HERE.parent / "sanitizers" / "lsan.supp"


def environment():
    return dict(
        os.environ,
        ASAN_OPTIONS="detect_stack_use_after_return=1:strict_string_checks=1",
        UBSAN_OPTIONS="halt_on_error=1:print_stacktrace=1",
        LSAN_OPTIONS=f"suppressions={SUPPRESSIONS}:print_suppressions=0",
        GIO_USE_VFS="local",
        LC_ALL="C.UTF-8",
    )


def run(build, name, seconds):
    """Fuzzes one program: its name, inputs tried, coverage, findings."""
    grown = build / "fuzz" / name
    found = build / "fuzz" / "found"
    grown.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    log = build / "fuzz" / f"{name}.log"
    with open(log, "w", encoding="utf-8") as output:
        status = subprocess.run(
            [
                build / "tests" / "fuzz" / f"fuzz-{name}",
                f"-max_total_time={seconds}",
                f"-timeout={INPUT_TIMEOUT_S}",
                f"-rss_limit_mb={MEMORY_MIB}",
                f"-max_len={MAX_INPUT_BYTES}",
                f"-dict={HERE / 'words.dict'}",
                f"-artifact_prefix={found}/{name}-",
                "-print_final_stats=1",
                grown,
                HERE / "corpus" / name,
            ],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            env=environment(), timeout=seconds + GRACE_S, check=False,
        ).returncode
    figures = read_log(log)
    figures["found"] = int(status != 0)
    print(f"{name}: {figures['inputs']} inputs, {figures['edges']} edges, "
          f"{f'FOUND something, see {log}' if status else 'no finding'}", flush=True)
    return figures


def read_log(log):
    """What libFuzzer said at the end of its last run."""
    text = log.read_text(encoding="utf-8", errors="replace")

    def last(pattern):
        numbers = re.findall(pattern, text)
        return int(numbers[-1]) if numbers else 0

    return {"name": log.stem, "inputs": last(r"stat::number_of_executed_units:\s*(\d+)"),
            "edges": last(r"\bcov: (\d+)"), "seconds": last(r"(?m)^Done \d+ runs in (\d+) second"),
            "found": int("SUMMARY: " in text)}


def write_report(build):
    """Puts the last run of each program into the report."""
    results = [read_log(log) for log in sorted((build / "fuzz").glob("*.log"))]
    kept = {r["name"]: len(list((HERE / "corpus" / r["name"]).glob("found-*"))) for r in results}
    lines = [
        "libFuzzer under AddressSanitizer and UBSan: the last run of each program of "
        "`tests/fuzz` (`./dev fuzz SECONDS --report`).",
        "",
        "| program | s | inputs tried | edges reached | open findings | mended, kept as tests |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for r in results:
        lines.append(f"| {r['name']} | {r['seconds']} | {r['inputs']:,} | {r['edges']:,} "
                     f"| {r['found']} | {kept[r['name']]} |")
    total = {key: sum(r[key] for r in results) for key in ("seconds", "inputs", "found")}
    lines.append(f"| all | {total['seconds']} | {total['inputs']:,} | | {total['found']} "
                 f"| {sum(kept.values())} |")
    put_section("Fuzzing", lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--only", nargs="+", metavar="NAME")
    parser.add_argument("--jobs", type=int, default=JOBS, help="so many at a time (two)")
    parser.add_argument("--report", action="store_true")
    options = parser.parse_args()

    names = options.only or sorted(path.name for path in (HERE / "corpus").iterdir())
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        results = list(pool.map(
            lambda name: run(options.build.resolve(), name, options.seconds), names))
    print(f"{sum(r['inputs'] for r in results)} inputs in {len(results)} programs, "
          f"{sum(r['found'] for r in results)} findings")
    if options.report:
        write_report(options.build)
    return 1 if any(r["found"] or r["inputs"] == 0 for r in results) else 0


if __name__ == "__main__":
    sys.exit(main())

# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the test programs of the Windows build under Wine: one line of TAP for each."""

import concurrent.futures
import os
import sys

import wine

TESTS = wine.BUILD / "tests"
TIMEOUT_S = 400
# They compare times, so nothing runs beside them.
ALONE = {"test-gil", "test-usage"}
# What is not run, and why.
LEFT_OUT = {
    "test-lessons-findings": "compares for minutes what models cost, which under Wine is its cost",
    "test-lessons-run": "compares for minutes what models cost, which under Wine is its cost",
}
TESTS_LEFT_OUT = {
    "test-bench": ["/bench/worker-suspended"],  # Windows stops no process
    # On a busy machine Wine takes so long for a connection that hundreds are never there at once.
    "test-outcomes": ["/outcomes/stop"],
    "test-server": ["/server/burst"],
    "test-server-program": ["/server/program/waiting-1000", "/server/program/waiting-10000"],
    "test-worker": ["/worker/complete/multiprocess", "/worker/stop/main-loop",
                    "/worker/stop/multiprocess"],
    "test-usage": ["/platform/usage/cpu"],  # Wine tells what belongs to whom as it likes
}


def arguments_of(program):
    """What a test program is told."""
    if program.stem.startswith("replay-"):
        return [str(wine.ROOT / "tests/fuzz/corpus" / program.stem[len("replay-"):]), "--tap"]
    words = ["--tap"]
    for path in TESTS_LEFT_OUT.get(program.stem, []):
        words += ["-s", path]
    return words


def run(program, sysroot):
    """The reason why a test program failed, or None."""
    status, output = wine.run(program, *arguments_of(program), sysroot=sysroot,
                              timeout_s=TIMEOUT_S, cwd=program.parent)
    lines = output.splitlines()
    if status == 0 and any(line.startswith("ok ") for line in lines):
        return None
    return "\n".join([f"exit status: {status}", *lines[-25:]])


def main():
    """Runs all, two at a time; with further arguments only programs of these names."""
    sysroot = wine.find_sysroot()
    names = sys.argv[2:]
    os.environ.update(G_TEST_SRCDIR=str(wine.ROOT / "tests"), G_TEST_BUILDDIR=str(TESTS),
                      MILL_TEST_WORKER=str(wine.BUILD / "src/worker/threadmill-worker.exe"))
    programs = sorted(path for pattern in ("test-*.exe", "replay-*.exe")
                      for path in TESTS.glob(f"*/{pattern}")
                      if path.stem in names or not names)
    print(f"1..{len(programs)}", flush=True)
    failed = reported = 0

    def comment(text):
        for line in text.splitlines():
            print("#", line)

    def report(program, reason):
        nonlocal failed, reported
        left_out = LEFT_OUT.get(program.stem)
        failed += reason is not None
        reported += 1  # in the order of their ends: meson wants the numbers of TAP to rise by one
        comment(reason or "")
        print(f"{'ok' if reason is None else 'not ok'} {reported} {program.stem}"
              + (f" # SKIP {left_out}" if left_out else ""), flush=True)

    with wine.session(), concurrent.futures.ThreadPoolExecutor(2) as pool:
        alone = []
        waiting = {}
        for program in programs:
            if program.stem in LEFT_OUT:
                report(program, None)
            elif program.stem in ALONE:
                alone.append(program)
            else:
                waiting[pool.submit(run, program, sysroot)] = program
        for done in concurrent.futures.as_completed(waiting):
            if done.result() is None:
                report(waiting[done], None)
            else:
                # Programs starve under Wine, whose one server serves all: once more, by itself.
                comment(f"{waiting[done].stem}, beside others:\n{done.result()}")
                alone.append(waiting[done])
        for program in alone:
            report(program, run(program, sysroot))
    sys.exit(1 if failed or not programs else 0)


if __name__ == "__main__":
    main()

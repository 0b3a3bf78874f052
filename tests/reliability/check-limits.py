# SPDX-License-Identifier: GPL-3.0-or-later
"""A system that runs out of what a trial needs, under all models: TAP on standard output.

Usage: check-limits.py THREADMILL_CLI
"""

import os
import pathlib
import platform
import resource
import shutil
import subprocess
import sys
import time

import matrix
import tap
from processes import load

SURVIVED = matrix.Survived("limits")
WORKER = "threadmill-worker"
REQUESTS, IN_FLIGHT = 120, 6
LOAD = ["--requests", str(REQUESTS), "--delay", "0.005", "--timeout", str(matrix.TIMEOUT_S)]
DAY_S = 86400


def need_shim():
    """Skips where calls cannot be made to fail."""
    if platform.system() != "Linux" or platform.libc_ver()[0] != "glibc":
        raise tap.Skip("the library that makes calls fail is for glibc")


def starve(place, name, models, *arguments, requests=REQUESTS, **settings):
    """The models, each followed by the probe; every second worker lives under a limit. What
    became of the first ones."""
    need_shim()
    place = matrix.make_folder(place, name.replace(" ", "-").replace(":", ""))
    environment = matrix.faults(program=WORKER, turns=os.path.join(place, "turns"), **settings)
    run = matrix.Run(place, "--models", matrix.alternate(models), *LOAD, *arguments,
                     environment=environment)
    with run:
        status = run.wait()
        trials = matrix.check_trials(run, models, requests)
        warnings = run.document()["warnings"]
    harmed = [trial for trial in trials
              if trial["status"] != "complete" or trial["requests_failed"] > 0]
    assert status == (1 if harmed else 0), status
    for trial in harmed:
        what = (trial["model"], trial["status"], trial.get("reason"), trial["errors"])
        # The reason stands in the trial and, for everybody to see, among the warnings.
        assert trial["reason"], what
        assert any(trial["reason"] in warning["message"] for warning in warnings), what
        matrix.check_time(trial, requests, IN_FLIGHT)
    SURVIVED.add(name, len(trials))
    return trials, harmed


def test_descriptors(folder):
    """The whole run under a limit of 64: what fits is made, what does not is refused before."""
    def prepare():
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    names = matrix.models(IN_FLIGHT)
    with matrix.Run(matrix.make_folder(folder, "few"), "--models", ",".join(names), *LOAD,
                    prepare=prepare) as run:
        assert run.wait() == 0, run.said()
        for trial in run.document()["trials"]:
            matrix.check_probe(trial, REQUESTS)
    for name in matrix.models(100)[1:]:
        with matrix.Run(matrix.make_folder(folder, name.replace("/", "-")), "--models", name, *LOAD,
                        prepare=prepare) as run:
            assert run.wait() == 3, (name, run.said())
            assert "open connections" in run.said(), run.said()
    SURVIVED.add("descriptors: 64 in all programs", len(names))


def descriptors(folder):
    """Where the limit was not foreseen, requests fail for want of them, or the trial does."""
    models = matrix.models(100)
    _, harmed = starve(folder, "descriptors: 64 in the worker", models, "--delay", "0.1",
                       descriptors=64)
    # One after another needs few, and two processes have 64 each.
    assert len(harmed) >= len(models) - 2, [trial["model"] for trial in harmed]


def threads(folder, number):
    """So many threads and no more."""
    trials, harmed = starve(folder, f"threads: {number} at most", matrix.models(20), threads=number)
    by_model = {trial["model"]: trial for trial in trials}
    for model in ("thread-pool:20", "gil-thread-pool:20", "thread-per-request:20"):
        assert by_model[model] in harmed, model


def memory(folder, mebibytes):
    """So much memory and no more. A sanitizer takes all address space there is."""
    if not matrix.SANITIZED:
        starve(folder, f"memory: {mebibytes} MiB at most", matrix.models(20),
               memory=mebibytes << 20)


def bodies(folder, number):
    """Answers that cannot be written are failures for that reason; nothing else is lost."""
    place = matrix.make_folder(folder, f"bodies-{number}")
    trials, harmed = starve(place, "disk full for bodies", matrix.models(IN_FLIGHT), "--after",
                            "write", folder=place, write=number)
    assert len(harmed) == len(trials), [trial["model"] for trial in harmed]
    for trial in trials:
        assert set(trial["errors"]) <= {"content"}, trial["errors"]


def test_starved_workers(folder):
    """All of these, some at a time."""
    need_shim()
    calls = [(descriptors, ())]
    calls += [(threads, (number,)) for number in (0, 1, 2, 3, 4, 8)]
    calls += [(memory, (mebibytes,)) for mebibytes in (0, 4, 16, 64)]
    calls += [(bodies, (number,)) for number in (1, 2, 3, 10)]
    matrix.in_parallel([
        (f"{function.__name__} {arguments}", lambda function=function, arguments=arguments:
         function(folder, *arguments)) for function, arguments in calls])


def test_clock(folder):
    """The time of day jumps in the middle of every trial; what is measured does not."""
    need_shim()

    def jump(name, step_s):
        place = matrix.make_folder(folder, name.replace(" ", "-"))
        names = matrix.models(IN_FLIGHT)
        for model in names:
            at_s = int(time.monotonic()) + 1
            # The server, which waits, is stepped too.
            with matrix.Run(place, "--models", model, "--requests", "240" if model != "sync"
                            else "60", "--delay", "0.04", "--timeout", str(matrix.TIMEOUT_S),
                            environment=matrix.faults(clock=f"{at_s}:{step_s}")) as run:
                assert run.wait() == 0, (model, run.said())
                trial, = run.document()["trials"]
            asked = trial["requests_asked"]
            ideal_s = asked * 0.04 / (1 if model == "sync" else IN_FLIGHT)
            assert trial["status"] == "complete" and trial["verified"], trial["verification"]
            assert trial["requests_ok"] == asked, trial["errors"]
            assert ideal_s * 0.95 <= trial["wall_time_s"] <= 20 * ideal_s, trial["wall_time_s"]
            assert 40 * 0.95 <= trial["latency_ms"]["min"], trial["latency_ms"]
            assert trial["latency_ms"]["max"] < DAY_S, trial["latency_ms"]
            for entry in trial["samples"]:
                assert 0 <= entry["time_s"] <= 20 * ideal_s, entry
        SURVIVED.add(name, len(names))
    matrix.in_parallel([(name, lambda name=name, step_s=step_s: jump(name, step_s))
                        for name, step_s in (("clock stepped a day on", DAY_S),
                                             ("clock stepped a day back", -DAY_S))])


# The disk

OUTPUTS = ["--csv", "run.csv", "--markdown", "run.md", "--html", "run.html", "--trace", "run.json",
           "--chart", "time=time.png", "--chart", "latency=latency.svg",
           "--chart", "timeline=timeline.pdf"]


def run_with_outputs(folder, model, environment, temporary):
    """Writes all kinds of output into the folder "out"; the finished process."""
    out = os.path.join(folder, "out")
    return subprocess.run(
        [matrix.CLI, "run", "--quiet", "--models", model, "--requests", "8",
         "--output", "run.threadmill", *OUTPUTS], cwd=out, check=False, capture_output=True,
        encoding="utf-8", timeout=matrix.COMMAND_S, stdin=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": temporary, **environment})


def check_kept(out, before):
    """What was there stays as it was or is replaced whole; nothing half-written lies around."""
    for name in os.listdir(out):
        assert name in before, f"left behind: {name}"
        path = pathlib.Path(out, name)
        assert path.stat().st_size > 0, f"{name} is empty"


def full_disk(folder, number, model):
    """The disk is full from the N-th change on, and then a document can go elsewhere. Whether
    anything failed."""
    place = matrix.make_folder(folder, str(number))
    out, temporary = matrix.make_folder(place, "out"), matrix.make_folder(place, "tmp")
    names = ["run.threadmill"] + [text.rpartition("=")[2] for text in OUTPUTS[1::2]]
    for name in names:
        pathlib.Path(out, name).write_text("of the day before", encoding="utf-8")
    process = run_with_outputs(place, model, matrix.faults(program="threadmill-cli", folder=out,
                                                           write=number), temporary)
    check_kept(out, names)
    old = [name for name in names
           if pathlib.Path(out, name).read_bytes() == b"of the day before"]
    for name in old:
        assert f"{name}” was not written: " in process.stderr, (name, process.stderr)
    assert ("disk is full" in process.stderr) == bool(old), process.stderr
    assert process.returncode == (3 if old else 0), (number, process.returncode, process.stderr)
    kept = os.path.join(out, "run.threadmill")
    if "run.threadmill" in old:
        name, = os.listdir(temporary)
        assert name in process.stderr, process.stderr
        kept = os.path.join(temporary, name)
    assert load(kept)["trials"][0]["requests_ok"] == 8
    return bool(old)


def test_disk_full_at_every_write(folder):
    """From the first change of a file to the last, the models in turn."""
    need_shim()
    names = matrix.models(4)
    failed = {}
    first = 1
    while first == 1 or failed[first - 1]:
        numbers = range(first, first + 8)
        matrix.in_parallel([
            (f"write {number}", lambda number=number: failed.update(
                {number: full_disk(folder, number, names[number % len(names)])}))
            for number in numbers])
        first += len(numbers)
    count = sum(failed.values())
    assert count >= len(OUTPUTS), failed
    assert all(failed[number] for number in range(1, count + 1)), failed
    SURVIVED.add("disk full at a write of an output", count)


def test_small_file_system(folder):
    """A real file system that is really full."""
    if shutil.which("unshare") is None:
        raise tap.Skip("unshare is not installed")
    mounted = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=16k none "$0" && exec "$@"',
               folder]
    if subprocess.run([*mounted, "true"], capture_output=True, check=False).returncode != 0:
        raise tap.Skip("a file system of its own cannot be mounted here")
    for arguments in (["--output", "run.threadmill"], ["--html", "run.html"],
                      ["--csv", "run.csv"], ["--chart", "time=time.png"]):
        script = f'cp /dev/zero "{folder}/ballast" 2>/dev/null; cd "{folder}" && "$@"; ' \
                 'code=$?; ls -A; exit $code'
        with_temporary = {**os.environ, "TMPDIR": "/tmp"}
        process = subprocess.run(
            [*mounted, "sh", "-c", script, "sh", matrix.CLI, "run", "--quiet", "--models", "sync",
             "--requests", "4", *arguments], capture_output=True, encoding="utf-8", check=False,
            timeout=matrix.COMMAND_S, env=with_temporary)
        assert process.returncode == 3, (process.returncode, process.stderr)
        assert "disk is full" in process.stderr, process.stderr
        assert process.stdout.split() == ["ballast"], process.stdout
        for line in process.stderr.splitlines():
            if "saved as" in line:
                os.unlink(line.split("“")[1].split("”")[0])
    process = subprocess.run(
        [*mounted, "sh", "-c", f'cp /dev/zero "{folder}/ballast" 2>/dev/null; exec "$@"', "sh",
         matrix.CLI, "run", "--quiet", "--models", "sync", "--requests", "4"], check=False,
        capture_output=True, encoding="utf-8", timeout=matrix.COMMAND_S,
        env={**os.environ, "TMPDIR": folder})
    assert process.returncode in (1, 3), (process.returncode, process.stderr)
    SURVIVED.add("small file system full", 5)


def test_full_device(_):
    """What goes to a device that is full is an error, not silence."""
    with open("/dev/full", "w", encoding="utf-8") as full:
        for arguments in (["list", "models"], ["run", "--help"]):
            process = subprocess.run([matrix.CLI, *arguments], stdout=full, check=False,
                                     stderr=subprocess.PIPE, timeout=matrix.COMMAND_S)
            assert process.returncode == 3, (arguments, process.returncode)
    process = subprocess.run([matrix.CLI, "run", "--quiet", "--models", "sync", "--requests", "4",
                              "--csv", "/dev/full"], capture_output=True, encoding="utf-8",
                             check=False, timeout=matrix.COMMAND_S)
    assert process.returncode == 3 and "disk is full" in process.stderr, process.stderr
    SURVIVED.add("full device", 3)


def test_figures(_):
    """What was survived, for the report."""
    SURVIVED.write()


if __name__ == "__main__":
    sys.exit(tap.run(globals()))

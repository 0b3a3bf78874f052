# SPDX-License-Identifier: GPL-3.0-or-later
"""What the processes of a run do, seen from outside: TAP on standard output.

Usage: check-processes.py THREADMILL_CLI THREADMILL_WORKER RESULT_SCHEMA
"""

import fcntl
import json
import os
import pty
import re
import resource
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import urllib.request

import tap
from models import epoll_loop
from processes import children, group_members, is_alive, load, run_folders, wait_for

CLI, WORKER, SCHEMA = sys.argv[1:4]
LONG_RUN = ["run", "--models", "main-loop:50", "--requests", "100000", "--delay", "0.05", "--quiet"]


def listening_port(pid):
    if shutil.which("ss") is None:
        raise tap.Skip("ss is not installed")
    lines = subprocess.check_output(["ss", "-ltnpH"], encoding="utf-8").splitlines()
    line, = [line for line in lines if f"pid={pid}," in line]
    return int(line.split()[3].rsplit(":", 1)[1])


def start(folder, arguments):
    """A run whose server and worker are there, with a temporary folder of its own."""
    process = subprocess.Popen([CLI, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env={**os.environ, "TMPDIR": folder})
    helpers = wait_for(lambda: len(children(process.pid)) >= 2 and children(process.pid),
                       "server and worker did not start")
    time.sleep(0.5)
    return process, helpers


def test_interrupt(folder):
    path = os.path.join(folder, "partial.threadmill")
    process, helpers = start(folder, [*LONG_RUN, "--output", path])
    assert len(run_folders(folder)) == 1
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)
    assert process.returncode == 130, process.returncode
    trial, = load(path)["trials"]
    assert trial["status"] == "partial", trial["status"]
    assert 0 < trial["requests_ok"] < 100000, trial["requests_ok"]
    assert subprocess.run([CLI, "validate", path], capture_output=True).returncode == 0
    wait_for(lambda: not any(is_alive(pid) for pid, _ in helpers), "helpers stay", 5)
    assert not run_folders(folder)


def test_terminated_at_any_time(folder):
    """Whenever the run is ended, nothing of it stays, and a document that is there is valid."""
    path = os.path.join(folder, "ended.threadmill")
    for delay_s in [0, 0.02, 0.05, 0.1, 0.2, 0.4]:
        for number in [signal.SIGTERM, signal.SIGINT]:
            process = subprocess.Popen(
                [CLI, "run", "--models", "multiprocess:2x10,sync", "--requests", "1000000",
                 "--quiet", "--output", path], stderr=subprocess.DEVNULL,
                env={**os.environ, "TMPDIR": folder}, start_new_session=True)
            time.sleep(delay_s)
            process.send_signal(number)
            process.wait(timeout=5)
            wait_for(lambda: not group_members(process.pid), (delay_s, number, "helpers stay"), 2)
            assert not run_folders(folder), (delay_s, number)
            if os.path.exists(path):
                assert subprocess.run([CLI, "validate", path], capture_output=True).returncode == 0
                os.unlink(path)


def test_other_requests(folder):
    """Requests that are not the trial's own are noticed."""
    path = os.path.join(folder, "disturbed.threadmill")
    process, helpers = start(folder, ["run", "--models", "sync", "--requests", "60", "--delay",
                                      "0.05", "--quiet", "--output", path])
    server, = [pid for pid, name in helpers if name.startswith("threadmill-serv")]
    url = f"http://127.0.0.1:{listening_port(server)}/ping"
    for _ in range(3):
        urllib.request.urlopen(url, timeout=10).close()
    process.communicate(timeout=30)
    trial, = load(path)["trials"]
    assert trial["verified"] is False and "63" in trial["verification"], trial
    warnings = load(path)["warnings"]
    assert [warning for warning in warnings if warning["code"] == "verification"], warnings


def test_second_interrupt(folder):
    process, helpers = start(folder, LONG_RUN)
    worker = [pid for pid, name in helpers if name.startswith("threadmill-work")][0]
    os.kill(worker, signal.SIGSTOP)
    process.send_signal(signal.SIGINT)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=1)
    assert process.returncode == 130, process.returncode
    wait_for(lambda: not any(is_alive(pid) for pid, _ in helpers), "helpers stay", 5)
    assert not run_folders(folder)


def test_parent_killed(folder):
    process, helpers = start(folder, LONG_RUN)
    process.kill()
    process.wait()
    wait_for(lambda: not any(is_alive(pid) for pid, _ in helpers), "helpers outlive the parent", 2)
    # What a killed run leaves is removed by the next one.
    subprocess.run([CLI, "run", "--models", "sync", "--requests", "1", "--quiet"], check=True,
                   env={**os.environ, "TMPDIR": folder})
    assert not run_folders(folder)


def test_schema(folder):
    try:
        import jsonschema
    except ImportError:
        raise tap.Skip("python3-jsonschema is not installed")
    if not os.path.exists(SCHEMA):
        raise tap.Skip("there is no result schema")
    schema = load(SCHEMA)
    runs = [
        ["--models", "sync,thread-pool:4,main-loop-batched:5/10,multiprocess:2x4", "--repeat", "4"],
        ["--models", "main-loop:20", "--rate", "200", "--error-rate", "0.2"],
        ["--models", "main-loop:1,sync", "--sweep", "concurrency=1,10", "--warmup", "10"],
        ["--models", "sync", "--url", "http://127.0.0.1:1/"],
        ["--models", "sync,hybrid:2", "--workload", "cpu"],
        ["--models", "thread-pool:3", "--after", "write", "--keep-alive", "no"],
    ]
    for index, run in enumerate(runs):
        path = os.path.join(folder, f"schema-{index}.threadmill")
        subprocess.run([CLI, "run", "--requests", "60", "--quiet", "--output", path, *run])
        jsonschema.validate(load(path), schema)


def worker_cpu_s(trial):
    """The worker's own figures and those of /usr/bin/time, both in seconds."""
    process = subprocess.Popen(["/usr/bin/time", "-v", WORKER], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
    process.stdin.write(json.dumps(trial) + "\n")
    process.stdin.flush()
    for line in process.stdout:
        event = json.loads(line)
        assert event["event"] != "failed", event
        if event["event"] == "finished":
            break
    _, report = process.communicate()
    seen = {name: float(value) for name, value
            in re.findall(r"(User|System) time \(seconds\): ([\d.]+)", report)}
    own = {"User": event["cpu_total_user_s"], "System": event["cpu_total_system_s"]}
    return own, seen


def test_cpu_time(folder):
    if not os.path.exists("/usr/bin/time"):
        raise tap.Skip("/usr/bin/time is not installed")
    if "ASAN_OPTIONS" in os.environ or "TSAN_OPTIONS" in os.environ:
        raise tap.Skip("a sanitizer works on after the worker's last figure")
    server = subprocess.Popen([CLI, "serve"], stdout=subprocess.PIPE, encoding="utf-8")
    try:
        url = re.search(r"http://\S+", server.stdout.readline()).group()
        for model in ["sync", "thread-per-request:10", "thread-pool:10", "gil-thread-pool:10",
                      "main-loop:50", "main-loop-batched:50/200", "hybrid:2x25",
                      "multiprocess:2x20", *epoll_loop(CLI, 50)]:
            own, seen = worker_cpu_s({
                "workload": "http", "model": model, "repetition": 1, "order": 1,
                "urls": [url + "/ping"], "requests": 10000, "requests_asked": 10000, "seed": 1,
                "records_path": os.path.join(folder, "records"),
            })
            own_s, seen_s = sum(own.values()), sum(seen.values())
            # /usr/bin/time rounds each figure to 10 ms.
            allowed = max(0.05 * seen_s, 0.01) + 0.01
            assert abs(own_s - seen_s) <= allowed, (model, own, seen)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=10)


def test_lost_records(folder):
    """Where the records find no room, the counts of the worker still stand."""
    def limit_file_size():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))

    path = os.path.join(folder, "lost.threadmill")
    models = ["main-loop:20", "sync", "multiprocess:2x5"]
    status = subprocess.run([CLI, "run", "--models", ",".join(models), "--requests", "5000",
                             "--quiet", "--output", path], preexec_fn=limit_file_size).returncode
    assert status == 1, status
    trials = load(path)["trials"]
    assert len(trials) == len(models), trials
    for trial in trials:
        assert trial["status"] == "partial" and "lost" in trial["reason"], trial
        assert trial["requests_ok"] == 5000 and trial["verified"], trial
        assert "latency_ms" not in trial and not trial["timeline"], trial.keys()


def test_few_descriptors(folder):
    """What the plan lets through needs no more descriptors than it says."""
    def run(model, limit):
        path = os.path.join(folder, "descriptors.threadmill")
        return subprocess.run(
            [CLI, "run", "--models", model, "--requests", "100", "--delay", "0.05", "--quiet",
             "--output", path],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)),
            capture_output=True, encoding="utf-8")

    for model in ["thread-pool:50", "thread-per-request:50", "gil-thread-pool:50", "main-loop:50",
                  "hybrid:25x2", "multiprocess:2x50", *epoll_loop(CLI, 50)]:
        refused = run(model, 60)
        assert refused.returncode == 3, (model, refused)
        needed = int(re.search(r"needs (\d+) open connections", refused.stderr).group(1))
        assert run(model, needed).returncode == 0, (model, needed)


def test_serve(folder):
    server = subprocess.Popen([CLI, "serve", "--body-size", "10"], stdout=subprocess.PIPE,
                              encoding="utf-8")
    url = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline()).group()
    path = os.path.join(folder, "served.threadmill")
    status = subprocess.run([CLI, "run", "--models", "sync", "--requests", "7", "--url", url + "/",
                             "--output", path, "--quiet"]).returncode
    assert status == 0, status
    assert load(path)["trials"][0]["bytes_downloaded"] == 70, load(path)["trials"][0]
    port = url.rsplit(":", 1)[1]
    second = subprocess.run([CLI, "serve", "--port", port], capture_output=True, timeout=20)
    assert second.returncode == 3, second
    server.send_signal(signal.SIGINT)
    assert server.wait(timeout=10) == 0, server.returncode


def test_serve_unheard(_folder):
    """A server whose address nobody can read ends."""
    if not os.path.exists("/dev/full"):
        raise tap.Skip("this system has no /dev/full")
    with open("/dev/full", "w", encoding="utf-8") as full:
        server = subprocess.run([CLI, "serve"], stdout=full, stderr=subprocess.PIPE, timeout=60)
    assert server.returncode == 3, server


def test_output_to_a_pipe(_folder):
    """/dev/stdout is a link, to nothing that has a name where it is a pipe."""
    run = subprocess.run([CLI, "run", "--models", "sync", "--requests", "3", "--quiet",
                          "--output", "/dev/stdout"], capture_output=True, check=True, timeout=60)
    assert json.loads(run.stdout)["trials"][0]["requests_ok"] == 3, run.stdout


def test_stuck_output(folder):
    """A pipe that nobody reads: the run can be ended, and its result is somewhere else."""
    path = os.path.join(folder, "nobody-reads")
    os.mkfifo(path)
    run = subprocess.Popen([CLI, "run", "--models", "sync", "--requests", "3", "--output", path],
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                           env={**os.environ, "TMPDIR": folder})
    assert run.stdout.readline().startswith("Model")  # the table comes before the document
    run.send_signal(signal.SIGTERM)
    _, said = run.communicate(timeout=60)
    assert run.returncode == 130, (run.returncode, said)
    saved = re.search("“([^”]+[.]threadmill)” instead", said).group(1)
    assert load(saved)["trials"][0]["requests_ok"] == 3, saved


def run_on_terminal(term, columns):
    """What a run writes to a terminal of that kind and width."""
    try:
        parent, child = pty.openpty()
    except OSError as error:
        raise tap.Skip(f"there is no terminal to be had: {error}") from error
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    run = subprocess.Popen([CLI, "run", "--models", "main-loop:2", "--requests", "12", "--delay",
                            "0.1"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=child, env={**os.environ, "TERM": term})
    os.close(child)
    output = b""
    try:
        while chunk := os.read(parent, 65536):
            output += chunk
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(parent)
    assert run.wait(timeout=60) == 0, run.returncode
    return output.decode()


def test_terminals(_folder):
    """A line is redrawn where it can be erased, and never wider than the terminal."""
    assert "\033" not in run_on_terminal("dumb", 80)
    for columns in [30, 100]:
        output = run_on_terminal("xterm", columns)
        drawn = [part.split("\r")[0] for part in output.split("\033[K")[1:]]
        progress = [part for part in drawn if "repetition" not in part]
        assert any(progress), output
        assert all(len(part) < columns for part in progress), progress


if __name__ == "__main__":
    sys.exit(tap.run(dict(globals())))

# SPDX-License-Identifier: GPL-3.0-or-later
"""What each option of `run` does, seen by a server that is not ours: TAP on standard output.

Usage: check-options.py THREADMILL_CLI
"""

import json
import os
import subprocess
import sys

import tap
from models import epoll_loop
from recorder import Recorder

CLI = sys.argv[1]
MODELS = ["sync", "thread-per-request:3", "thread-pool:3", "gil-thread-pool:3", "main-loop:3",
          "main-loop-batched:3/6", "hybrid:2x2", "multiprocess:2x2", *epoll_loop(CLI, 3)]
# One that blocks, and one of each kind of loop.
KINDS = ["sync", "main-loop:3", *epoll_loop(CLI, 3)]
REQUESTS = 12


def run(folder, *arguments, models=MODELS, requests=REQUESTS, status=0):
    """The trials of a run, and what it printed to standard output."""
    path = os.path.join(folder, "result.threadmill")
    command = [CLI, "run", "--models", ",".join(models), "--requests", str(requests), "--quiet",
               "--output", path, *arguments]
    process = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert process.returncode == status, (process.returncode, process.stderr)
    with open(path, encoding="utf-8") as file:
        return json.load(file)["trials"], process.stdout


def header(request, name):
    return [value for key, value in request["headers"] if key == name]


def test_method_header_data(folder):
    body = bytes(range(256)) * 5
    path = os.path.join(folder, "body")
    with open(path, "wb") as file:
        file.write(body)
    with Recorder() as server:
        trials, _ = run(folder, "--url", server.url + "/put?a=1&b=%20", "--method", "PUT",
                        "--header", "X-Own: one two", "--header", "Content-Type: text/x-own",
                        "--data", "@" + path)
        assert len(server.requests) == REQUESTS * len(MODELS), len(server.requests)
        for request in server.requests:
            assert request["method"] == "PUT", request
            assert request["path"] == "/put?a=1&b=%20", request
            assert header(request, "x-own") == ["one two"], request
            assert header(request, "content-type") == ["text/x-own"], request
            assert request["body"] == body, len(request["body"])
    for trial in trials:
        assert trial["bytes_uploaded"] == len(body) * REQUESTS, trial["bytes_uploaded"]


def test_methods(folder):
    with Recorder() as server:
        for method in ["GET", "HEAD", "POST", "DELETE", "PATCH", "OPTIONS"]:
            server.clear()
            trials, _ = run(folder, "--url", server.url, "--method", method,
                            models=KINDS)
            assert {request["method"] for request in server.requests} == {method}
            for trial in trials:
                assert (trial["bytes_downloaded"] == 0) == (method == "HEAD"), trial


def test_text_data(folder):
    with Recorder() as server:
        run(folder, "--url", server.url, "--method", "POST", "--data", "grüß dich",
            models=["sync"])
        assert {request["body"] for request in server.requests} == {"grüß dich".encode()}


def test_connections(folder):
    with Recorder() as server:
        for model in MODELS:
            server.clear()
            trial, = run(folder, "--url", server.url, "--keep-alive", "no", models=[model])[0]
            assert server.connections == REQUESTS, (model, server.connections)
            assert trial["connections_opened"] == REQUESTS, (model, trial["connections_opened"])
            server.clear()
            trial, = run(folder, "--url", server.url, models=[model])[0]
            assert trial["connections_opened"] == server.connections, (model, server.connections)
            if not model.startswith("thread-per-request"):
                assert server.connections <= 4, (model, server.connections)


def test_urls_in_turn(folder):
    path = os.path.join(folder, "urls.txt")
    with Recorder() as server:
        with open(path, "w", encoding="utf-8") as file:
            file.write("# three\n" + "".join(f"{server.url}/{name}\n\n" for name in "abc"))
        for model in MODELS:
            server.clear()
            run(folder, "--url-list", path, models=[model])
            paths = [request["path"] for request in server.requests]
            assert sorted(paths) == sorted(["/a", "/b", "/c"] * (REQUESTS // 3)), (model, paths)
            if model == "sync":
                assert paths == ["/a", "/b", "/c"] * (REQUESTS // 3), paths


def test_after(folder):
    with Recorder() as server:
        size = len(json.dumps({"path": "/x"}))
        trials, _ = run(folder, "--url", server.url + "/x", "--after", "write")
        for trial in trials:
            assert trial["bytes_written"] == size * REQUESTS == trial["bytes_downloaded"], trial
            assert "checksum" not in trial, trial
        trials, _ = run(folder, "--url", server.url + "/x", "--after", "hash")
        assert len({trial["checksum"] for trial in trials}) == 1
        trials, _ = run(folder, "--url", server.url + "/text", "--after", "json", status=1)
        for trial in trials:
            assert trial["errors"] == {"content": REQUESTS}, trial["errors"]
        trials, _ = run(folder, "--url", server.url + "/x", "--after", "json")
        assert all(trial["requests_ok"] == REQUESTS for trial in trials)


def test_hash_of_odd_number(folder):
    """Equal answers must not cancel each other out of the checksum."""
    with Recorder() as server:
        checksums = [run(folder, "--url", server.url + path, "--after", "hash", models=["sync"],
                         requests=requests)[0][0]["checksum"]
                     for path in ["/x", "/y"] for requests in [1, 2, 3]]
        assert len(set(checksums)) == len(checksums), checksums


def test_redirects(folder):
    with Recorder() as server:
        trials, _ = run(folder, "--url", server.url + "/redirect/2")
        for trial in trials:
            assert trial["requests_ok"] == REQUESTS, trial["errors"]
        landed = [request for request in server.requests if request["path"] == "/landed"]
        assert len(landed) == REQUESTS * len(MODELS), len(landed)
        trials, _ = run(folder, "--url", server.url + "/redirect/1000", requests=2, status=1)
        for trial in trials:
            assert trial["requests_failed"] == 2, trial


def test_redirected_post(folder):
    """303 asks for a GET, 307 for the same again."""
    with Recorder() as server:
        for status, method, body in [(303, "GET", b""), (307, "POST", b"text")]:
            server.clear()
            run(folder, "--url", f"{server.url}/redirect/1/{status}", "--method", "POST",
                "--data", "text", models=KINDS)
            landed = [request for request in server.requests if request["path"] == "/landed"]
            assert len(landed) == len(KINDS) * REQUESTS, (status, len(landed))
            for request in landed:
                assert (request["method"], request["body"]) == (method, body), (status, request)


def test_rate(folder):
    with Recorder() as server:
        for model in ["sync", "thread-pool:3", "main-loop:3", "hybrid:2x2", "multiprocess:2x2",
                      *epoll_loop(CLI, 3)]:
            server.clear()
            trial, = run(folder, "--url", server.url, "--rate", "100", models=[model],
                         requests=50)[0]
            times = sorted(request["time_s"] for request in server.requests)
            # 49 steps of 10 ms; on a busy machine the last may be late, but nothing is sent early.
            assert len(times) == 50 and 0.45 < times[-1] - times[0] < 5, (model, times)
            assert trial["latency_uncorrected_ms"]["mean"] <= trial["latency_ms"]["mean"] + 0.001


def test_rate_not_kept(folder):
    """One lane of 20 ms answers cannot send 100 a second: latency counts from the plan."""
    with Recorder(delay_s=0.02) as server:
        trial, = run(folder, "--url", server.url, "--rate", "100", models=["sync"],
                     requests=50)[0]
        assert trial["sent_late"] > 40, trial["sent_late"]
        assert trial["latency_ms"]["max"] > 10 * trial["latency_uncorrected_ms"]["p50"], trial
        trial, = run(folder, "--url", server.url, models=["sync"])[0]
        assert "sent_late" not in trial and "latency_uncorrected_ms" not in trial, trial.keys()


def test_duration(folder):
    for model in MODELS:
        trial, = run(folder, "--duration", "0.5", "--delay", "0.05", models=[model],
                     requests=100000)[0]
        assert trial["status"] == "complete" and trial["verified"], trial
        assert 0.3 < trial["wall_time_s"] < 1.5, (model, trial["wall_time_s"])
        assert 5 <= trial["requests_ok"] <= 100, (model, trial["requests_ok"])


def test_timeout(folder):
    with Recorder(delay_s=1) as server:
        trials, _ = run(folder, "--url", server.url, "--timeout", "0.1", requests=6, status=1)
        for trial in trials:
            assert trial["errors"] == {"timeout": 6}, (trial["model"], trial["errors"])
            assert "latency_ms" not in trial or "p50" not in trial["latency_ms"], trial


def test_warmup(folder):
    with Recorder() as server:
        for model in MODELS:
            server.clear()
            trial, = run(folder, "--url", server.url, "--warmup", "7", models=[model])[0]
            assert len(server.requests) == REQUESTS + 7, (model, len(server.requests))
            assert trial["requests_ok"] == REQUESTS, trial
            assert trial["cold_start_ms"] > 0, trial


def test_sweep(folder):
    # What differs by chance on a busy machine is far apart: requests only become later.
    for parameter, values, fits in [
            ("concurrency", [1, 2, 4], lambda trial, value: trial["max_in_flight"] == value),
            ("requests", [4, 8, 16], lambda trial, value: trial["requests_ok"] == value),
            ("body-size", [0, 1000, 3000],
             lambda trial, value: trial["bytes_downloaded"] == value * REQUESTS),
            ("delay", [0, 0.2, 0.6],
             lambda trial, value: 0 <= trial["latency_ms"]["min"] / 1000 - value < 0.2),
            ("rate", [5, 20, 80],
             lambda trial, value: value / 3 < (REQUESTS - 1) / trial["wall_time_s"] < value * 1.1)]:
        arguments = ["--delay", "0.05"] if parameter == "concurrency" else []
        trials, _ = run(folder, "--sweep", f"{parameter}={','.join(map(str, values))}", *arguments,
                        models=["main-loop:8"])
        assert [trial["sweep_value"] for trial in trials] == values, trials
        for value, trial in zip(values, trials):
            assert fits(trial, value), (parameter, value, trial["latency_ms"], trial["wall_time_s"])


def test_events(folder):
    _, output = run(folder, "--events", "--delay", "0.3", models=["main-loop:3"])
    events = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    names = [event["event"] for event in events]
    assert names[0] == "plan" and names[-1] == "finished", names
    for name in ["trial-started", "progress", "sample", "trial-finished"]:
        assert name in names, names
    assert all(line.startswith("{") for line in output.splitlines()), output


def test_trace(folder):
    path = os.path.join(folder, "trace.json")
    run(folder, "--trace", path, "--delay", "0.02", models=["main-loop:3", "sync"])
    with open(path, encoding="utf-8") as file:
        events = json.load(file)["traceEvents"]
    begun = [(event["pid"], event["id"], event["name"]) for event in events if event["ph"] == "b"]
    ended = [(event["pid"], event["id"], event["name"]) for event in events if event["ph"] == "e"]
    assert sorted(begun) == sorted(ended)
    assert len(begun) >= 2 * REQUESTS, len(begun)


def test_seed(folder):
    def failures(seed):
        trial, = run(folder, "--error-rate", "0.5", "--seed", seed, models=["sync"],
                     requests=60)[0]
        return [entry["outcome"] for entry in trial["timeline"]]

    assert failures("7") == failures("7")
    assert failures("7") != failures("8")
    assert failures(str(2 ** 64 - 1)) != failures("7")


if __name__ == "__main__":
    sys.exit(tap.run(dict(globals())))

# SPDX-License-Identifier: GPL-3.0-or-later
"""Two real runs at the same time, merged: TAP on standard output.

Usage: check-merge.py THREADMILL_CLI RESULT_SCHEMA
"""

import json
import os
import subprocess
import sys

import tap

CLI, SCHEMA = sys.argv[1:]
MODELS = ["thread-pool:3", "main-loop:5"]


def cli(*arguments, status=0):
    process = subprocess.run([CLI, *arguments], capture_output=True, encoding="utf-8", timeout=120)
    assert process.returncode == status, (arguments, process.returncode, process.stderr)
    return process.stdout, process.stderr


def run_together(folder, *options):
    """Two runs that start together; their documents."""
    paths = [os.path.join(folder, name + ".threadmill") for name in ("left", "right")]
    processes = [subprocess.Popen([CLI, "run", "--models", ",".join(MODELS), "--quiet", *options,
                                   "--output", path],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                 for path in paths]
    for process in processes:
        _, messages = process.communicate(timeout=120)
        assert process.returncode == 0, messages
    return paths


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def save(document, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(document, file)
    return path


def percentile(histograms, percent):
    """By hand, in ms: the bucket that holds the nearest rank."""
    buckets = sorted((tuple(bucket) for histogram in histograms
                      for bucket in histogram["buckets"]))
    wanted = -(-sum(count for _, _, count in buckets) * percent // 100)
    for _, high, count in buckets:
        wanted -= count
        if wanted <= 0:
            return min(high, max(histogram["max_us"] for histogram in histograms)) / 1000
    raise AssertionError("no bucket")


def merged(folder):
    """Two documents and their sum. A machine under load may start one of them seconds later, so
    that they do not overlap; then a longer run is tried."""
    target = os.path.join(folder, "both.threadmill")
    for duration in ("0.6", "3", "10"):
        paths = run_together(folder, "--duration", duration, "--delay", "0.01")
        process = subprocess.run([CLI, "merge", *paths, "--max-skew", "3600", "--output", target],
                                 capture_output=True, encoding="utf-8", timeout=120)
        if process.returncode == 0:
            return paths, target, process.stdout
        assert "not at work at the same time" in process.stderr, process.stderr
    raise AssertionError(process.stderr)


def test_sum(folder):
    paths, target, printed = merged(folder)
    parts = [load(path) for path in paths]
    whole = load(target)
    assert len(whole["trials"]) == 2 == len(whole["models"])
    for number, trial in enumerate(whole["trials"]):
        own = [part["trials"][number] for part in parts]
        assert trial["model"] == MODELS[number] and trial["model"] in printed
        for name in ("requests_ok", "requests_failed", "bytes_downloaded", "connections_opened",
                     "max_in_flight"):
            assert trial[name] == sum(one[name] for one in own), (name, trial[name])
        assert abs(trial["throughput_rps"] - sum(one["throughput_rps"] for one in own)) < 1e-3
        assert trial["histogram"]["count"] == trial["requests_ok"]
        for percent in (50, 75, 90):
            expected = percentile([one["histogram"] for one in own], percent)
            assert trial["latency_ms"][f"p{percent}"] == expected, (trial["latency_ms"], expected)
        assert trial["wall_time_s"] >= max(one["wall_time_s"] for one in own)
        assert "cpu_process_percent" not in trial
        assert trial["cpu_time_s"]["user"] > 0
        assert trial["verified"] is True
        assert sorted(part["machine"] for part in trial["parts"]) == ["left", "right"]
        assert len(trial["timeline"]) == sum(len(one["timeline"]) for one in own)
    machines = whole["environment"]["machines"]
    assert {machine["label"] for machine in machines} == {"left", "right"}
    assert {machine["document"] for machine in machines} == {part["id"] for part in parts}
    assert all("cores" in machine["environment"] for machine in machines)

    # Everything that reads results reads it.
    assert "2 machines" in cli("show", target)[0]
    assert "valid result with 2 trials" in cli("validate", target)[0]
    assert "machines at once" in cli("compare", paths[0], target)[0]
    for kind in ("throughput", "latency", "timeline", "distribution", "memory"):
        picture = os.path.join(folder, kind + ".svg")
        cli("chart", target, "--kind", kind, "--output", picture)
        assert os.path.getsize(picture) > 1000
    try:
        import jsonschema
    except ImportError:
        return
    jsonschema.Draft202012Validator(load(SCHEMA)).validate(whole)


def test_refusals(folder):
    first, second = run_together(folder, "--requests", "20", "--repeat", "1")
    other = os.path.join(folder, "other.threadmill")
    output = os.path.join(folder, "sum.threadmill")

    def refuse(*documents, words):
        _, message = cli("merge", *documents, "--output", output, status=2)
        assert all(word in message for word in words), message
        assert not os.path.exists(output)

    refuse(first, first, words=["the same measurement"])
    refuse(first, os.path.join(folder, "absent"), words=["no such file"])
    refuse("published:80-requests", first, words=["published by others"])

    document = load(second)
    document["experiment"]["requests"] = 21
    refuse(first, save(document, other), words=["“requests”", "“20”", "“21”", "left", "other"])

    document = load(second)
    for trial in document["trials"]:
        trial["started"] = "2001-02-03T04:05:06.789Z"
    refuse(first, save(document, other), words=["started", "s after", "--max-skew"])
    for trial in document["trials"]:
        del trial["started"]
    refuse(first, save(document, other), words=["does not say when it ran"])
    document["trials"][0]["started"] = "yesterday"
    refuse(first, save(document, other), words=["“started”"])

    with open(other, "w", encoding="utf-8") as file:
        file.write("{\"format\": ")
    refuse(first, other, words=["other.threadmill"])
    _, message = cli("merge", first, second, "--max-skew", "-1", status=2)
    assert "--max-skew" in message, message
    cli("merge", first, status=2)


if __name__ == "__main__":
    sys.exit(tap.run(dict(globals())))

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the seeds of the corpus from the documents of this tree; run it when a format grows.

    tests/fuzz/seeds.py

result/run.json and small.json are documents of a run, cut short by hand. Findings are kept beside the seeds, under names of their own (`found-…`), and stay as they are.
"""

import json
import pathlib
import struct

HERE = pathlib.Path(__file__).resolve().parent
DATA = HERE.parent.parent / "data"
MAX_BYTES = 16 * 1024

PRESETS = ["first", "mixed", "failures", "open-loop", "loop-sweep", "gil", "latency-tail"]
LESSONS = ["waiting-together", "grow-the-load", "interpreter-lock", "inside-the-loop"]

COMMAND_LINES = {
    "http": ["--requests=80", "--delay", "0.1", "--models", "sync,thread-pool:20,main-loop:0"],
    "cpu": ["--workload=cpu", "--models=sync,thread-pool:4", "--rounds=2000"],
    "target": ["--url", "http://127.0.0.1:8080/x?y=1", "--header", "A: b", "--timeout", "2"],
    "load": ["--preset=open-loop", "--rate=50", "--duration=2", "--threshold", "p95<200ms"],
    "help": ["--help"],
}

TEXTS = {
    "urls": "# a list\nhttp://127.0.0.1:8080/\n\n  https://[::1]/a?b=c#d \r\nhttp://localhost/\n",
    "threshold": "main-loop:80.p99.9 <= 0.5s",
    "failed": "failed<1%",
    "models": "sync, thread-pool:20, main-loop:0, main-loop-batched:10/100, hybrid:4x20",
    "cpu-models": "sync,thread-pool:4,multiprocess:2",
}

EVENTS = [
    {"event": "ready", "cold_start_ms": 1.5},
    {"event": "progress", "time_s": 0.1, "done": 3, "failed": 1, "in_flight": 2,
     "recent": [[0, 10, 20, 30, 40, 1, 1]]},
    {"event": "sample", "time_s": 0.1, "cpu_process_percent": 12.5, "cpu_system_percent": 40,
     "memory_mib": 8.25, "in_flight": 4, "done": 3, "failed": 1, "threads": 5},
    {"event": "finished", "status": "complete", "epoch_us": 1000000, "wall_time_s": 0.5,
     "task_creation_s": 0.001, "requests_ok": 9, "requests_failed": 1, "errors": {"timeout": 1},
     "bytes_downloaded": 99, "cpu_user_s": 0.1, "cpu_wall_s": 0.5,
     "cpu_process_percent": {"avg": 3, "max": 9}, "checksum": "00000000deadbeef", "records": 10},
    {"event": "failed", "code": "limit", "message": "no threads"},
]

TRIAL = {
    "model": "thread-pool:4", "workload": "http", "urls": ["http://127.0.0.1:1/"],
    "method": "POST", "headers": ["A: b"], "body": "YWJj", "keep_alive": True, "after": "hash",
    "timeout_s": 2, "requests": 10, "repetition": 1, "order": 1, "seed": 1,
    "records_path": "/nowhere/records",
}

COMMANDS = {
    "trial": json.dumps(TRIAL),
    "settings": '{"command":"settings","delay_s":0.1,"distribution":"fixed","seed":1}',
    "stats": '{"command":"stats"}',
    "start": '{"command":"start"}',
    "delay": "/delay/0.25",
    "bytes": "/bytes/1000",
    "status": "/status/503",
}


def record(queued, done, outcome, lane=0, flags=1):
    """A MillRecord."""
    return struct.pack("=qIIIIIHBB", queued, 1, 2, max(done - 1, 0), done, 12, lane, flags, outcome)


def write(harness, name, content):
    folder = HERE / "corpus" / harness
    folder.mkdir(parents=True, exist_ok=True)
    data = content if isinstance(content, bytes) else content.encode()
    assert len(data) <= MAX_BYTES, (harness, name, len(data))
    (folder / name).write_bytes(data)


def main():
    for name in PRESETS:
        write("experiment", name + ".json", (DATA / "presets" / f"{name}.json").read_text())
    for name in LESSONS:
        write("lesson", name + ".json", (DATA / "lessons" / f"{name}.json").read_text())
    write("result", "published.json", (DATA / "published" / "80-requests.json").read_text())
    for name, arguments in COMMAND_LINES.items():
        write("command-line", name, "\n".join(arguments))
    for name, text in TEXTS.items():
        write("text", name, text)
    write("events", "all", "".join(json.dumps(event) + "\n" for event in EVENTS))
    for event in EVENTS:
        write("events", event["event"], json.dumps(event) + "\n")
    for name, text in COMMANDS.items():
        write("input", name, text)
    closed = b"".join(record(100 * i, 50 + i, 1, i % 2) for i in range(12))
    write("records", "closed", bytes([0, 0, 0, 11, 0, 0, 0, 0]) + closed)
    mixed = b"".join(record(100 * i, 50 + i, i % 15, i % 2, i % 4) for i in range(32))
    write("records", "mixed", bytes([7, 50, 1, 31, 9, 0, 0, 0]) + mixed)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the help from real runs: make-pictures.py THREADMILL-CLI [NAME...].

--list prints the names of the pictures instead; the build puts these into the program.
"""
import pathlib
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent / "pictures"

# What each model is shown with: the same work for all of them.
MODELS = {
    "sync": "sync",
    "thread-per-request": "thread-per-request:8",
    "thread-pool": "thread-pool:8",
    "gil-thread-pool": "gil-thread-pool:8",
    "main-loop": "main-loop:8",
    "main-loop-batched": "main-loop-batched:8/8",
    "hybrid": "hybrid:2x4",
    "multiprocess": "multiprocess:2x4",
    "epoll-loop": "epoll-loop:8",
}
MODEL_WORK = ["--requests", "24", "--delay", "0.1", "--jitter", "0.05", "--seed", "7"]

# Which run a kind of chart is shown with.
RUNS = {
    "first": ["--preset", "first"],
    "tail": ["--preset", "latency-tail"],
    "download": ["--preset", "download"],
    "failures": ["--preset", "failures"],
    "sweep": ["--preset", "threads-sweep"],
}
KINDS = {
    "time": "first",
    "speedup": "first",
    "throughput": "first",
    "latency": "tail",
    "distribution": "tail",
    "cpu": "first",
    "memory": "first",
    "download": "download",
    "failures": "failures",
    "timeline": "first",
    "resources": "tail",
    "scaling": "sweep",
}
SIZE = ["--width", "680", "--height", "360"]


def pictures():
    return [f"model-{name}.png" for name in MODELS] + [f"{kind}.png" for kind in KINDS]


def call(cli, *arguments):
    subprocess.run([cli, *map(str, arguments)], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def make(cli, names):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for name, model in MODELS.items():
            if f"model-{name}.png" in names:
                result = folder / f"model-{name}.threadmill"
                call(cli, "run", "--models", model, *MODEL_WORK, "--output", result)
                call(cli, "chart", result, "--kind", "timeline", *SIZE, "--output",
                     FOLDER / f"model-{name}.png")
        for run, arguments in RUNS.items():
            kinds = [kind for kind, of in KINDS.items() if of == run and f"{kind}.png" in names]
            result = folder / f"{run}.threadmill"
            if kinds:
                # Where requests are asked to fail, the status says nothing.
                subprocess.run([cli, "run", *arguments, "--output", result],
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for kind in kinds:
                call(cli, "chart", result, "--kind", kind, *SIZE, "--output", FOLDER / f"{kind}.png")


if __name__ == "__main__":
    if sys.argv[1] == "--list":
        print("\n".join(pictures()))
    else:
        make(sys.argv[1], sys.argv[2:] or pictures())

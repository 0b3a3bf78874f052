# SPDX-License-Identifier: GPL-3.0-or-later
"""The tools that are compared: one entry each in tools()."""

import functools
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import parsers

CLIENTS = Path(__file__).parent / "clients"


@dataclass(frozen=True)
class Load:
    url: str
    requests: int
    in_flight: int
    processes: int
    seconds: int
    timeout_s: float


@dataclass(frozen=True)
class Command:
    words: list
    # Written to its standard input, which then stays open; None: nothing to read.
    input_line: str | None = None
    # wrk says its version and fails.
    may_fail: bool = False


@dataclass(frozen=True)
class Tool:
    name: str
    # sequence, threads, loop or processes (several processes, or threads with a loop each)
    kinds: tuple
    command: Callable[[Load], Command]
    parse: Callable[[str], parsers.Outcome]
    # "" where it is there, else what is missing.
    missing: str = ""
    version: Callable[[], str] = lambda: ""
    # What it costs to start and stop: the same with next to nothing to do, unless there is another
    # command for that.
    start: list | None = None
    ours: bool = False
    slow: bool = False
    timed: bool = False
    max_in_flight: int = 1_000_000

    def load(self, case, url):
        return Load(url, case.slow_requests if self.slow else case.requests, case.in_flight,
                    case.processes, case.seconds, case.timeout_s)

    def start_command(self, case, url):
        """Its start under a case: with one request per process."""
        if self.start is not None:
            return Command(self.start, may_fail=True)
        return self.command(Load(url, case.processes, case.processes, case.processes, 1,
                                 case.timeout_s))

    def why_not(self, case):
        """Why it has no place in a case, or "" where it has."""
        if self.missing:
            return self.missing
        if case.in_flight == 1:
            return "" if {"sequence", "loop"} & set(self.kinds) else "is for several at once"
        if case.in_flight > 1 and self.kinds == ("sequence",):
            return "sends one request at a time"
        if case.processes > 1 and "processes" not in self.kinds:
            return "runs in one process and one thread"
        if case.processes == 1 and self.kinds == ("processes",):
            return "is for several processes"
        if case.in_flight > self.max_in_flight:
            return f"would need {case.in_flight:,} threads"
        return ""

    def belongs(self, case):
        """A case may be about some kinds only; the others are not even missed there."""
        return not case.kinds or bool(set(case.kinds) & set(self.kinds))


def asked(words, pattern):
    """What a program says about itself, the part that matches; "" where nothing does."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False, timeout=60)
    match = re.search(pattern, done.stdout)
    return match[0] if match else ""


def packaged_version(package):
    """hey does not know its own version."""
    if shutil.which("dpkg-query") is None:
        return ""
    return asked(["dpkg-query", "-W", "-f", "${Version}", package], r"\S+")


@functools.cache
def module_version(name):
    """Of a Python module; "" where it is not there."""
    say = f"import {name}; print('found', {name}.__version__)"
    return asked([sys.executable, "-c", say], r"(?<=^found )\S+")


def model(worker, spec, kinds, **rest):
    """One of our models, as threadmill-cli has a worker run it."""

    def command(load):
        name = spec.format(in_flight=load.in_flight, processes=load.processes,
                           each=load.in_flight // load.processes)
        trial = {"workload": "http", "model": name, "urls": [load.url], "requests": load.requests,
                 "timeout_s": load.timeout_s, "same_host_only": True, "quiet": True}
        return Command([str(worker)], json.dumps(trial))

    return Tool(spec.split(":")[0], kinds, command, parsers.worker, ours=True, **rest)


def program(name, kinds, words, parse, **rest):
    """A program of the distribution."""
    missing = "" if shutil.which(name) else "is not installed"
    return Tool(name, kinds, lambda load: Command([name, *words(load)]), parse, missing=missing,
                **rest)


def client(name, module, script, kinds, **rest):
    """One of the Python programs in clients."""
    version = module_version(module)
    missing = "" if version else f"is not there: Python has no {module}"

    def command(load):
        return Command([sys.executable, str(CLIENTS / script), load.url, str(load.requests),
                        str(load.in_flight), str(load.processes), str(load.timeout_s)])

    return Tool(name, kinds, command, parsers.python_client, missing=missing,
                version=lambda: f"{module} {version}", **rest)


def per_thread(load):
    return str(load.processes)


def tools(worker, have_epoll_loop):
    """All tools, ours first. What a case's figures are compared with is its first one."""
    no_epoll = "" if have_epoll_loop else "is not built in"
    return [
        model(worker, "epoll-loop:{in_flight}", ("loop",), missing=no_epoll),
        model(worker, "multiprocess:{processes}x{each}", ("processes",)),
        model(worker, "main-loop:{in_flight}", ("loop",)),
        model(worker, "thread-pool:{in_flight}", ("threads",), max_in_flight=1_000),
        model(worker, "sync", ("sequence",)),
        program("wrk", ("loop", "processes"), lambda load: [
            "-t", per_thread(load), "-c", str(load.in_flight), "-d", f"{load.seconds}s",
            "--timeout", f"{load.timeout_s:.0f}s", load.url,
        ], parsers.wrk, timed=True, start=["wrk", "--version"],
            version=lambda: asked(["wrk", "--version"], r"wrk \S+")),
        program("hey", ("loop", "processes"), lambda load: [
            "-n", str(load.requests), "-c", str(load.in_flight), "-t", f"{load.timeout_s:.0f}",
            load.url,
        ], parsers.hey, version=lambda: f"hey {packaged_version('hey')}"),
        program("ab", ("loop",), lambda load: [
            "-k", "-q", "-n", str(load.requests), "-c", str(load.in_flight), "-s",
            f"{load.timeout_s:.0f}", load.url,
        ], parsers.ab, version=lambda: asked(["ab", "-V"], r"ApacheBench, Version [\d.]+")),
        program("h2load", ("loop", "processes"), lambda load: [
            "--h1", "-n", str(load.requests), "-c", str(load.in_flight), "-t", per_thread(load),
            "-m", "1", load.url,
        ], parsers.h2load, version=lambda: asked(["h2load", "--version"], r"h2load \S+")),
        client("aiohttp", "aiohttp", "client_aiohttp.py", ("loop", "processes")),
        client("httpx", "httpx", "client_httpx.py", ("loop", "processes"), slow=True),
        client("requests, ThreadPoolExecutor", "requests", "client_requests.py", ("threads",),
               slow=True, max_in_flight=1_000),
        client("requests, in sequence", "requests", "client_requests.py", ("sequence",), slow=True),
    ]

# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program and measures it from outside, the same way for every tool. Linux only."""

import os
import select
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass

POLL_MS = 20


class RunError(Exception):
    pass


@dataclass(frozen=True)
class Usage:
    output: str
    elapsed_s: float
    # User and system, of the process and of all its children that ended.
    cpu_s: float
    # The sum over its processes of the most that each had in memory.
    memory_mib: float


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def peak_kib(pid):
    """What the kernel wrote down as the most; None once the process has no memory any more."""
    for line in read(f"/proc/{pid}/status").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return None


class Memory:
    """Looks from time to time at a process and its children. The kernel keeps the peak, so only
    what grows after the last look is missed."""

    def __init__(self, pid):
        self.pid = pid
        self.peaks_kib = {}

    def look(self):
        waiting = [self.pid]
        while waiting:
            pid = waiting.pop()
            kib = peak_kib(pid)
            if kib is not None:
                self.peaks_kib[pid] = kib
            waiting += map(int, read(f"/proc/{pid}/task/{pid}/children").split())

    @property
    def mib(self):
        return sum(self.peaks_kib.values()) / 1024


def wait(process, timeout_s):
    """Until it ends, or RunError; returns its memory."""
    memory = Memory(process.pid)
    end_s = time.monotonic() + timeout_s
    descriptor = os.pidfd_open(process.pid)
    try:
        poller = select.poll()
        poller.register(descriptor, select.POLLIN)
        memory.look()
        while not poller.poll(POLL_MS):
            memory.look()
            if time.monotonic() > end_s:
                raise RunError(f"did not end within {timeout_s:.0f} s")
    finally:
        os.close(descriptor)
    return memory


def reap(process):
    """What it used, of a process that ended or was killed."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage


def kill_group(process):
    """The process and whatever it started: it leads a group of its own, and was not reaped yet."""
    os.killpg(process.pid, signal.SIGKILL)


def tell(process, command):
    try:
        if command.input_line is not None:
            process.stdin.write(command.input_line.encode() + b"\n")
    except BrokenPipeError:
        # It ended at once; its status says why.
        pass


def run(command, timeout_s):
    """Runs a Command to its end; RunError when it fails or takes too long."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        begin_s = time.monotonic()
        process = subprocess.Popen(
            command.words, bufsize=0, stdout=output, stderr=errors, process_group=0,
            stdin=subprocess.PIPE if command.input_line is not None else subprocess.DEVNULL)
        try:
            tell(process, command)
            memory = wait(process, timeout_s)
            elapsed_s = time.monotonic() - begin_s
        finally:
            # Also what it left behind, which would burden the next tool.
            kill_group(process)
            usage = reap(process)
            if process.stdin is not None:
                process.stdin.close()
        output.seek(0)
        errors.seek(0)
        text = output.read().decode(errors="replace")
        if process.returncode != 0 and not command.may_fail:
            said = errors.read().decode(errors="replace").strip().splitlines() or ["nothing"]
            raise RunError(f"ended with status {process.returncode}: {said[-1]}")
    return Usage(text, elapsed_s, usage.ru_utime + usage.ru_stime, memory.mib)

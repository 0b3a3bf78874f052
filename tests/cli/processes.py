# SPDX-License-Identifier: GPL-3.0-or-later
"""What the processes of a run leave to be seen from outside."""

import glob
import json
import os
import subprocess
import time


def _table(columns):
    lines = subprocess.check_output(["ps", "-e", "-o", columns], encoding="utf-8").splitlines()
    return [line.split(None, columns.count("=") - 1) for line in lines]


def children(pid):
    """The living processes whose parent is pid, as (pid, name)."""
    return [(int(child), name) for child, parent, state, name in _table("pid=,ppid=,stat=,comm=")
            if int(parent) == pid and not state.startswith("Z")]


def descendants(pid):
    """The same, with those that they started."""
    found = children(pid)
    return found + [other for child, _ in found for other in descendants(child)]


def is_alive(pid):
    """Whether a process runs; one that has ended and was not waited for does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True,
                           encoding="utf-8", check=False).stdout.strip()
    return state != "" and not state.startswith("Z")


def group_members(group):
    """The living processes of a process group."""
    return [name for member, state, name in _table("pgid=,stat=,args=")
            if int(member) == group and not state.startswith("Z")]


def wait_for(condition, what, seconds=20):
    """What a condition returns once that is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(what)


def run_folders(folder):
    """The temporary folders of runs in a folder."""
    return glob.glob(os.path.join(folder, "threadmill-run-*"))


def load(path):
    """A document."""
    with open(path, encoding="utf-8") as file:
        return json.load(file)

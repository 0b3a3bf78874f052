#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole comparison with the peers, in small: it must not rot between its long runs.

Usage: test_quick.py BUILD_FOLDER
"""

import re
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import cases

PEERS = Path(__file__).with_name("peers.py")
BUILD = sys.argv.pop(1)
BOUND_S = 220


def running(name, parent):
    """Processes of this name below another one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text("utf-8")
        except OSError:
            continue
        pid, command, rest = re.match(r"(\d+) \((.*)\) (.*)", text, re.DOTALL).groups()
        if command.startswith(name) and rest.split()[1] == str(parent):
            found.append(int(pid))
    return found


def alive(pid):
    return Path(f"/proc/{pid}").exists()


def wait_for(condition, what):
    end_s = time.monotonic() + 60
    while not condition():
        if time.monotonic() > end_s:
            raise AssertionError(f"in vain: {what}")
        time.sleep(0.05)


class Quick(unittest.TestCase):
    def test_every_case(self):
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "results.md"
            words = [sys.executable, PEERS, BUILD, "--quick", "--repeat", "1", "--output", output]
            done = subprocess.run(words, check=False, capture_output=True, text=True,
                                  timeout=BOUND_S)
            # What was skipped, and why, belongs into the log.
            print(*[line for line in done.stderr.splitlines() if "skipped" in line], sep="\n")
            self.assertEqual(done.returncode, 0, done.stderr)
            sections = output.read_text("utf-8").split("\n## ")
        for case, ours in [("sequence", "sync"), ("waiting", "main-loop"),
                           ("processes", "multiprocess")]:
            title = next(found.title for found in cases.CASES if found.id == case)
            section = next(text for text in sections if text.startswith(title))
            with self.subTest(case):
                self.assertRegex(section, rf"\n\| {ours} \| \d+ \| ")

    def test_unknown_name(self):
        done = subprocess.run([sys.executable, PEERS, BUILD, "--cases", "fifty,nothing"],
                              check=False, capture_output=True, text=True, timeout=BOUND_S)
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no nothing", done.stderr)

    def test_ended_early(self):
        """No server and no tool outlives it."""
        with subprocess.Popen([sys.executable, PEERS, BUILD, "--cases", "fifty", "--tools",
                               "main-loop"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE, text=True) as peers:
            wait_for(lambda: running("threadmill-work", peers.pid), "a worker")
            children = running("threadmill", peers.pid)
            self.assertTrue(children)
            peers.terminate()
            said = peers.stderr.read()
            self.assertEqual(peers.wait(60), 1, said)
        for pid in children:
            wait_for(lambda child=pid: not alive(child), f"the end of {pid}")


if __name__ == "__main__":
    unittest.main(verbosity=2)

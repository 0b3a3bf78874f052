#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page about how cost grows: its numbers, and the whole of it in small.

Usage: test_scaling.py THREADMILL_CLI
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import page
import sweeps

SCALING = Path(__file__).with_name("scaling.py")
CLI = sys.argv.pop(1)


def result(parameter, entries):
    """A document with CPU per request by model and swept value."""
    return {"experiment": {"models": ["a:1"], "repetitions": 5, "sweep": {"parameter": parameter}},
            "models": [{"model": model, "sweep_value": value, sweeps.CPU: estimate}
                       for model, value, estimate in entries]}


class Numbers(unittest.TestCase):
    sweep = sweeps.SWEEPS[0]
    figure = sweeps.SWEEPS[0].figures[0]

    def test_one_line_per_model(self):
        concurrency = result("concurrency", [("pool:10", 10, {"median": 6.0}),
                                             ("pool:1", 1, {"median": 2.0})])
        requests = result("requests", [("pool:10", 100, {"median": 6.0}), ("pool:20", 100, {})])
        self.assertEqual(page.lines([concurrency], self.figure),
                         {"pool": [(1, {"median": 2.0}), (10, {"median": 6.0})]})
        self.assertEqual(list(page.lines([requests], self.figure)), ["pool:10"])

    def test_growth(self):
        points = [(1, {"median": 2.0}), (8000, {"median": 500.0})]
        self.assertEqual(page.growth("pool", points, self.sweep, self.figure),
                         "`pool`: 2.00 µs at 1 in flight, 500 µs at 8,000, 250 times that.")

    def test_table(self):
        by_model = {"a": [(1, {"median": 2.0, "low": 1.0, "high": 3.0})],
                    "b": [(10, {"median": 4})]}
        lines = page.table(by_model, self.sweep, self.figure).splitlines()
        self.assertIn("| 1 | 2.00 (1.00–3.00) | – |", lines)
        self.assertIn("| 10 | – | 4.00 |", lines)


class Whole(unittest.TestCase):
    def test_page_and_pictures(self):
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "docs" / "performance.md"
            subprocess.run([sys.executable, SCALING, CLI, output, "--quick", "--repeat", "1"],
                           check=True, timeout=200)
            text = output.read_text("utf-8")
            shown = re.findall(r"!\[.*?\]\((.*?)\)", text)
            self.assertEqual(len(shown), sum(len(sweep.figures) for sweep in sweeps.SWEEPS))
            drawn = {str(path.relative_to(output.parent))
                     for path in output.parent.glob("pictures/*.svg")}
            self.assertEqual(set(shown), drawn)
            cpu = (output.parent / "pictures" / "scaling-in-flight-cpu-per-request-us.svg")
            self.assertIn("CPU time per request", cpu.read_text("utf-8"))
        for model in ["main-loop", "thread-pool", "multiprocess:2x50"]:
            self.assertRegex(text, rf"`{model}`:\s[\d.,]+\s\S+\sat\s")


if __name__ == "__main__":
    unittest.main(verbosity=2)

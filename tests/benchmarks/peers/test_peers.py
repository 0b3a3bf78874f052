#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of the comparison with the peers: parsers, estimates, tables, measuring."""

import dataclasses
import os
import select
import sys
import tempfile
import unittest

import cases
import estimates
import measure
import parsers
import report
import results
import targets
import tools

WRK = """Running 1s test @ http://127.0.0.1:40905/ping
  1 threads and 50 connections
  56726 requests in 1.00s, 6.49MB read
Requests/sec:  56661.07
"""
HEY = """
Summary:
  Total:\t0.0586 secs
  Requests/sec:\t17068.2688

Status code distribution:
  [200]\t1000 responses
"""
AB = """Concurrency Level:      50
Time taken for tests:   0.025 seconds
Complete requests:      1000
Failed requests:        0
Keep-Alive requests:    1000
"""
H2LOAD = """progress: 100% done

finished in 23.44ms, 42667.58 req/s, 4.88MB/s
requests: 1000 total, 1000 started, 1000 done, 1000 succeeded, 0 failed, 0 errored, 0 timeout
status codes: 998 2xx, 0 3xx, 0 4xx, 2 5xx
"""
WORKER = """{"event":"ready","pid":1,"lanes":1}
{"event":"finished","status":"complete","wall_time_s":0.5,"requests_ok":100}
"""


def case(**changes):
    return dataclasses.replace(cases.CASES[0], **changes)


def sample(**changes):
    base = results.Sample(requests=100, wall_s=2.0, outside_s=2.1, cpu_us=50.0, memory_mib=10.0,
                          connections=1, max_in_flight=1)
    return dataclasses.replace(base, **changes)


def tool(**changes):
    base = tools.Tool("some", ("loop",), lambda load: tools.Command([]), parsers.wrk)
    return dataclasses.replace(base, **changes)


class Parsers(unittest.TestCase):
    def test_outputs(self):
        for parse, text, ok, wall_s in [
            (parsers.wrk, WRK, 56726, 1.0), (parsers.hey, HEY, 1000, 0.0586),
            (parsers.ab, AB, 1000, 0.025), (parsers.h2load, H2LOAD, 998, 0.02344),
            (parsers.worker, WORKER, 100, 0.5),
            (parsers.python_client, '{"ok": 3, "wall_s": 1.5}', 3, 1.5),
        ]:
            with self.subTest(parse.__name__):
                outcome = parse(text)
                self.assertEqual(outcome.ok, ok)
                self.assertAlmostEqual(outcome.wall_s, wall_s)

    def test_failures_are_not_counted(self):
        self.assertEqual(parsers.wrk(WRK + "  Non-2xx or 3xx responses: 26\n").ok, 56700)
        self.assertEqual(parsers.ab(AB + "Non-2xx responses:      5\n").ok, 995)
        self.assertEqual(parsers.hey(HEY.replace("[200]", "[500]")).ok, 0)

    def test_something_else(self):
        for parse in [parsers.wrk, parsers.hey, parsers.ab, parsers.h2load, parsers.worker]:
            with self.subTest(parse.__name__), self.assertRaises(parsers.ParseError):
                parse("")
        with self.assertRaisesRegex(parsers.ParseError, "refused"):
            parsers.worker('{"event":"failed","message":"refused"}')

    def test_durations(self):
        for text, expected in [("812us", 812e-6), ("1.50s", 1.5), ("2.00m", 120)]:
            self.assertAlmostEqual(parsers.duration_s(text), expected)


class Estimates(unittest.TestCase):
    def test_median_and_interval(self):
        found = estimates.estimate([5, 1, 3, 2, 4])
        self.assertEqual(found.median, 3)
        self.assertTrue(1 <= found.low < 3 < found.high <= 5)
        self.assertEqual(found, estimates.estimate([5, 1, 3, 2, 4]))

    def test_one_value(self):
        self.assertEqual(estimates.estimate([7]), estimates.Estimate(7, 7, 7))

    def test_ratio(self):
        found = estimates.ratio([20, 22, 24], [10, 11, 12])
        self.assertEqual(found.median, 2)
        self.assertTrue(20 / 12 <= found.low <= 2 <= found.high <= 24 / 10)


class Results(unittest.TestCase):
    def test_counts(self):
        load = tools.Load("", 100, 10, 1, 1, 1)
        counts = {"answered": 100, "errors": 0}
        self.assertEqual(results.count_problem(tool(), load, 100, counts), "")
        self.assertIn("it says 99 of 100", results.count_problem(tool(), load, 99, counts))
        self.assertIn("answered 90",
                      results.count_problem(tool(), load, 100, {"answered": 100, "errors": 10}))

    def test_a_timed_tool_leaves_what_was_in_flight(self):
        load = tools.Load("", 100, 10, 1, 1, 1)
        timed = tool(timed=True)
        for ok, agrees in [(990, True), (1000, True), (989, False), (1001, False)]:
            problem = results.count_problem(timed, load, ok, {"answered": 1000, "errors": 0})
            self.assertEqual(problem == "", agrees, ok)

    def test_remarks(self):
        waiting = case(in_flight=100, delay_s=0.2)
        good = sample(connections=100, max_in_flight=100)
        self.assertEqual(list(results.remarks(waiting, results.Row([good]))), [])
        bad = sample(connections=200, max_in_flight=50, outside_s=9.0)
        self.assertEqual(list(results.remarks(waiting, results.Row([good, bad]))), [
            "opened 200 connections", "had at most 50 in flight",
            "its process took up to 7.0 s longer than the time it reports"])

    def test_a_failed_row_is_not_used(self):
        self.assertTrue(results.Row([sample()]).usable)
        self.assertFalse(results.Row([sample()], failed="counts differ").usable)
        self.assertFalse(results.Row(left_out="sends one request at a time").usable)


class Tables(unittest.TestCase):
    def test_places_of_the_tools(self):
        known = {found.name: found for found in tools.tools("worker", True)}
        by_id = {found.id: found for found in cases.CASES}
        for name, id, fits in [("sync", "sequence", True), ("sync", "fifty", False),
                               ("epoll-loop", "waiting-8000", True),
                               ("thread-pool", "waiting-8000", False),
                               ("multiprocess", "processes", True),
                               ("multiprocess", "fifty", False)]:
            self.assertEqual(known[name].why_not(by_id[id]) == "", fits, (name, id))
        self.assertFalse(known["sync"].belongs(by_id["processes"]))
        self.assertFalse(known["ab"].belongs(by_id["processes"]))
        without = tools.tools("worker", False)[0]
        self.assertEqual(without.why_not(by_id["fifty"]), "is not built in")

    def test_targets_name_what_is_there(self):
        """With figures for everything, every target can be judged."""
        known = [found.name for found in tools.tools("worker", True)]
        by_id = {found.id: found for found in cases.CASES}
        rows = {id: {name: results.Row([sample()]) for name in known} for id in by_id}
        for target in targets.TARGETS:
            self.assertIsNotNone(target.value(rows, by_id), target.title)
            self.assertIsNone(target.value({}, by_id), target.title)

    def test_verdicts(self):
        at_most = targets.Target("", targets.AT_MOST, 2, None)
        at_least = targets.Target("", targets.AT_LEAST, 2, None)
        for value, low_wanted, high_wanted in [(1, True, False), (2, True, True), (3, False, True)]:
            found = estimates.estimate([value])
            self.assertEqual((at_most.met(found), at_least.met(found)), (low_wanted, high_wanted))

    def test_to_ideal(self):
        rows = {"waiting": {"main-loop": results.Row([sample(wall_s=2.5)])}}
        by_id = {found.id: found for found in cases.CASES}
        self.assertEqual(targets.to_ideal("waiting", "main-loop")(rows, by_id).median, 1.25)

    def test_report(self):
        rows = {"sequence": {"ours": results.Row([sample()]),
                             "theirs": results.Row([sample(wall_s=4.0, cpu_us=150.0)]),
                             "broken": results.Row([sample()], failed="counts differ: 1, 2"),
                             "other": results.Row(left_out="is not installed")}}
        wanted = targets.Target("Twice", targets.AT_LEAST, 2,
                                lambda *_: estimates.Estimate(1, 0.5, 2))
        absent = targets.Target("Never", targets.AT_LEAST, 2, lambda *_: None)
        text = report.render([("cores", "2")], [case()], rows, [wanted, absent], 3, 20)
        lines = text.splitlines()
        self.assertIn("| cores | 2 |", lines)
        self.assertIn("| Twice | at least 2.00 × | 1.00 × (0.50–2.00) | **not met** |", lines)
        self.assertIn("| Never | at least 2.00 × | – | not measured |", lines)
        self.assertIn("- broken: counts differ: 1, 2.", lines)
        self.assertIn("- other: is not installed.", lines)
        theirs, = [line for line in lines if line.startswith("| theirs |")]
        self.assertIn("| 0.50 × | 150 | 3.00 × |", theirs)


class Measuring(unittest.TestCase):
    def test_children_count(self):
        work = ("import time\n"
                "while time.process_time() < 0.3: pass\n"
                "held = bytearray(64 << 20)\n"
                "time.sleep(1)\n")
        words = ["sh", "-c", '"$0" -c "$1" & "$0" -c "$1"; wait', sys.executable, work]
        usage = measure.run(tools.Command(words), 60)
        self.assertGreaterEqual(usage.cpu_s, 0.6)
        self.assertGreater(usage.memory_mib, 128)
        self.assertGreaterEqual(usage.elapsed_s, 0.5)

    def test_input_stays_open(self):
        words = [sys.executable, "-c", "import select, sys; print(sys.stdin.readline().strip());"
                 "print(select.select([sys.stdin], [], [], 0.2)[0])"]
        usage = measure.run(tools.Command(words, "a line"), 60)
        self.assertEqual(usage.output, "a line\n[]\n")

    def test_failure(self):
        with self.assertRaisesRegex(measure.RunError, "status 3: no such thing"):
            measure.run(tools.Command(["sh", "-c", "echo no such thing >&2; exit 3"]), 60)
        self.assertEqual(
            measure.run(tools.Command(["sh", "-c", "exit 3"], may_fail=True), 60).output, "")

    def test_time_out_leaves_nothing(self):
        """Not even a grandchild, which keeps the pipe from ending as long as it lives."""
        with tempfile.TemporaryDirectory() as folder:
            pipe = os.path.join(folder, "pipe")
            os.mkfifo(pipe)
            reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
            script = '(exec 3> "$0"; echo here >&3; sleep 300) & wait'
            with self.assertRaisesRegex(measure.RunError, "did not end within 5 s"):
                measure.run(tools.Command(["sh", "-c", script, pipe]), 5)
            self.assertEqual(os.read(reader, 100), b"here\n")
            self.assertEqual(select.select([reader], [], [], 30)[0], [reader], "it still lives")
            self.assertEqual(os.read(reader, 100), b"")
            os.close(reader)


if __name__ == "__main__":
    unittest.main(verbosity=2)

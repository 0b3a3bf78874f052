# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every tool through every case, in turns."""

import statistics

import measure
import parsers
import results

START_TIMEOUT_S = 60
# Descriptors that a program needs beside its connections.
OTHER_DESCRIPTORS = 64


class Suite:
    def __init__(self, server, tools, repeats, starts, max_descriptors, say):
        self.server = server
        self.tools = tools
        self.repeats = repeats
        self.n_starts = starts
        self.max_descriptors = max_descriptors
        self.say = say
        self.starts = {}

    def start_of(self, tool, case):
        """CPU and time of starting and stopping a tool, by its number of processes."""
        key = (tool.name, case.processes)
        if key not in self.starts:
            self.server.begin(0)
            command = tool.start_command(case, self.server.url)
            usages = [measure.run(command, START_TIMEOUT_S) for _ in range(self.n_starts)]
            self.starts[key] = (statistics.median(usage.cpu_s for usage in usages),
                                statistics.median(usage.elapsed_s for usage in usages))
        return self.starts[key]

    def run_once(self, tool, case):
        start_cpu_s, start_elapsed_s = self.start_of(tool, case)
        load = tool.load(case, self.server.url)
        self.server.begin(case.delay_s)
        usage = measure.run(tool.command(load), case.timeout_s)
        outcome = tool.parse(usage.output)
        counts = self.server.counts()
        problem = results.count_problem(tool, load, outcome.ok, counts)
        if problem:
            raise measure.RunError(problem)
        if outcome.wall_s <= 0:
            raise measure.RunError("was done before its clock moved")
        return results.Sample(outcome.ok, outcome.wall_s, usage.elapsed_s - start_elapsed_s,
                              max(usage.cpu_s - start_cpu_s, 0) * 1e6 / outcome.ok,
                              usage.memory_mib, counts["connections"], counts["max_in_flight"])

    def why_not(self, tool, case):
        if case.in_flight + OTHER_DESCRIPTORS > self.max_descriptors and not tool.missing:
            return f"{self.max_descriptors:,} descriptors are too few here"
        return tool.why_not(case)

    def run_case(self, case):
        """Rows by the tools' names. A tool that fails once is not tried again."""
        rows = {tool.name: results.Row(left_out=self.why_not(tool, case))
                for tool in self.tools if tool.belongs(case)}
        for repeat in range(1, self.repeats + 1):
            for tool in self.tools:
                row = rows.get(tool.name)
                if row is None or row.left_out or row.failed:
                    continue
                try:
                    sample = self.run_once(tool, case)
                except (measure.RunError, parsers.ParseError) as error:
                    row.failed = str(error)
                    self.say(f"{case.id} {repeat}/{self.repeats} {tool.name}: {error}")
                    continue
                row.samples.append(sample)
                self.say(f"{case.id} {repeat}/{self.repeats} {tool.name}: {sample.rps:,.0f} "
                         f"requests/s, {sample.cpu_us:.1f} µs of CPU per request, "
                         f"{sample.memory_mib:.0f} MiB, {sample.wall_s:.2f} s")
        return rows

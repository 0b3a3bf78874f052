# SPDX-License-Identifier: GPL-3.0-or-later
"""The test server that every tool asks, and its witness."""

import json
import subprocess
import time

# A client is gone when it ended; what it left in flight ends within the delay.
SETTLE_S = 5


class Server:
    """Used as `with Server(program) as server`."""

    def __init__(self, program):
        self.process = subprocess.Popen([str(program)], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, process_group=0)
        self.url = json.loads(self.process.stdout.readline())["url"] + "/ping"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # It ends with its standard input.
        self.process.stdin.close()
        try:
            self.process.wait(SETTLE_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer["event"] == "error":
            raise RuntimeError(f"the server: {answer['message']}")
        return answer

    def begin(self, delay_s):
        """What follows is counted from zero."""
        self.ask(command="settings", delay_s=delay_s)
        self.ask(command="reset")

    def counts(self):
        """What it saw since begin(), once nothing is in flight."""
        end_s = time.monotonic() + SETTLE_S
        counts = self.ask(command="stats")
        while counts["in_flight"] > 0 and time.monotonic() < end_s:
            time.sleep(0.02)
            counts = self.ask(command="stats")
        return counts

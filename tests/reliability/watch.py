# SPDX-License-Identifier: GPL-3.0-or-later
"""What a process holds while it runs: memory and descriptors. Linux's /proc tells it."""

import os
import statistics
import time

# The promise, from the end of the first minute on.
GROWTH_PERCENT = 2
SETTLED_S = 60
# A run that is shorter than some minutes is looked at from its middle on, and a page that is
# touched for the first time weighs more there.
SHORT_S = 180
SHORT_GROWTH_PERCENT = 8
SANITIZED = "ASAN_OPTIONS" in os.environ or "TSAN_OPTIONS" in os.environ


def memory_kib(pid):
    """What of a process is in memory and belongs to nobody else."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        fields = dict(line.split(":", 1) for line in file)
    return int(fields["RssAnon"].split()[0])


def descriptors(pid):
    """How many files it has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def zombies(pid):
    """Children that have ended and that nobody has waited for, those of this moment aside."""
    def look():
        found = set()
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                try:
                    with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                        state, parent = file.read().rpartition(")")[2].split()[:2]
                except OSError:
                    continue
                if state == "Z" and int(parent) == pid:
                    found.add(int(entry))
        return found
    first = look()
    for _ in range(50):
        if not first:
            break
        time.sleep(0.1)
        first &= look()
    return first


class Watch:
    """Memory and descriptors of one process over time."""

    def __init__(self, pid):
        self.pid = pid
        self.begun = time.monotonic()
        self.memory = []       # (seconds, KiB)
        self.descriptors = []  # the same

    def look(self):
        """Notes how it is now."""
        now = time.monotonic() - self.begun
        self.memory.append((now, memory_kib(self.pid)))
        self.descriptors.append((now, descriptors(self.pid)))

    def _settled(self, points):
        last = points[-1][0]
        since = SETTLED_S if last > SHORT_S else last / 2
        return [value for moment, value in points if moment >= since]

    def growth_percent(self):
        """Of the memory: the end beside the beginning, both as medians of a tenth."""
        values = self._settled(self.memory)
        tenth = max(1, len(values) // 10)
        first, last = statistics.median(values[:tenth]), statistics.median(values[-tenth:])
        return 100 * (last - first) / first

    def check(self, name):
        """Fails where it grows."""
        short = self.memory[-1][0] <= SHORT_S
        limit = SHORT_GROWTH_PERCENT if short else GROWTH_PERCENT
        # A sanitizer keeps for a while what was given back.
        assert SANITIZED or self.growth_percent() <= limit, (
            f"the memory of the {name} grows by {self.growth_percent():.1f} %: {self.memory}")
        values = self._settled(self.descriptors)
        third = max(1, len(values) // 3)
        assert min(values[-third:]) <= max(values[:third]), (
            f"the descriptors of the {name} grow: {self.descriptors}")

    def figures(self):
        """For the report."""
        values = self._settled(self.memory)
        return {"memory_mib": round(statistics.median(values) / 1024, 1),
                "growth_percent": round(self.growth_percent(), 2),
                "descriptors": self.descriptors[-1][1]}

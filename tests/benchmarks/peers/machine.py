# SPDX-License-Identifier: GPL-3.0-or-later
"""The machine's description: no figure is quoted without it."""

import os
import platform
from pathlib import Path


def field(path, name):
    """The first value of a “name: value” file; "" where there is none."""
    try:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            key, _, value = line.partition(":")
            if key.strip() == name:
                return value.strip()
    except OSError:
        pass
    return ""


def operating_system():
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.system()


def virtual():
    return "hypervisor" in field("/proc/cpuinfo", "flags").split()


def describe():
    """Pairs of what and how much."""
    memory_kib = field("/proc/meminfo", "MemTotal").split()[:1]
    cores = len(os.sched_getaffinity(0))
    facts = [
        ("processor", field("/proc/cpuinfo", "model name") or platform.processor()),
        ("cores", f"{cores} of {os.cpu_count()}" + (", virtual machine" if virtual() else "")),
        ("memory", f"{int(memory_kib[0]) / 1024 ** 2:.1f} GiB" if memory_kib else ""),
        ("system", f"{operating_system()}, Linux {platform.release()}, {platform.machine()}"),
        ("load before the run", f"{os.getloadavg()[0]:.2f}"),
        ("network", "loopback interface (127.0.0.1); the server on the same cores"),
    ]
    return [(name, value) for name, value in facts if value]

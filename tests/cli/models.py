# SPDX-License-Identifier: GPL-3.0-or-later
"""Which models this build has."""

import subprocess


def epoll_loop(cli, in_flight):
    """A list of the model with that many requests in flight; empty where it was not built."""
    listed = subprocess.run([cli, "list", "models"], stdout=subprocess.PIPE, check=True,
                            encoding="utf-8").stdout
    line, = [line for line in listed.splitlines() if line.startswith("epoll-loop:C")]
    return [] if "not built" in line else [f"epoll-loop:{in_flight}"]

# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the functions test_* of a module and reports them as TAP."""

import tempfile


class Skip(Exception):
    """Raised by a test that cannot be made here; its text is the reason."""


def run(functions):
    """Calls each function test_* with an empty folder; returns the exit status."""
    tests = [(name[5:], function) for name, function in functions.items()
             if name.startswith("test_")]
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, (name, function) in enumerate(tests, 1):
        with tempfile.TemporaryDirectory(prefix="threadmill-check-") as folder:
            try:
                function(folder)
                print(f"ok {number} {name}", flush=True)
            except Skip as reason:
                print(f"ok {number} {name} # SKIP {reason}", flush=True)
            except Exception as error:  # pylint: disable=broad-except
                failed += 1
                print(f"# {type(error).__name__}: {error}".replace("\n", "\n# "))
                print(f"not ok {number} {name}", flush=True)
    return 1 if failed else 0

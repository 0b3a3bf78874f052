# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures that tests leave for tests/RELIABILITY.md: one JSON file for each test.

They lie in the folder MILL_FIGURES; without it nothing is written. `report.py` joins them.
"""

import json
import os
import pathlib


def write(name, figures):
    """Leaves the figures of a test, in the place of those of its last run."""
    folder = os.environ.get("MILL_FIGURES")
    if folder is None:
        return
    pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    path = pathlib.Path(folder, name + ".json")
    path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def read(folder):
    """All that lie in a folder, by name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8"))
            for path in sorted(pathlib.Path(folder).glob("*.json"))}

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates experiment documents by a schema validator that is not ours.

validate-experiments.py SCHEMA PRESET_FOLDER PROGRAM: the presets as they are in the tree, and
what PROGRAM (write-experiments) writes, must fit SCHEMA; damaged ones must not.
"""
import copy
import json
import pathlib
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

schema_path, preset_folder, program = sys.argv[1:]
schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
failures = 0


def complain(name, message):
    global failures
    failures += 1
    print(f"{name}: {message}")


def expect_valid(name, document):
    for error in validator.iter_errors(document):
        complain(name, f"{list(error.path)}: {error.message[:200]}")


presets = sorted(pathlib.Path(preset_folder).glob("*.json"))
for path in presets:
    document = json.loads(path.read_text(encoding="utf-8"))
    expect_valid(path.name, document)
    for member in ("name", "description"):
        if not document.get(member):
            complain(path.name, f"has no {member}")

lines = subprocess.run([program, "300"], check=True, capture_output=True, text=True).stdout
written = [json.loads(line) for line in lines.splitlines()]
for number, document in enumerate(written):
    expect_valid(f"written {number}", document)
known = {document.get("preset") for document in written}
for path in presets:
    if path.stem not in known:
        complain(path.name, "is not in the list of presets")
if len(written) != len(presets) + 300:
    complain("written", f"{len(written)} documents instead of {len(presets) + 300}")

# The schema must be able to refuse.
damages = [
    {"format": {"name": "threadmill-experiment", "version": 2}},
    {"format": {"name": "other", "version": 1}},
    {"models": []},
    {"models": ["thread-pool"]},
    {"models": ["sync:1"]},
    {"requests": 0},
    {"requests": 10**12},
    {"requests": "80"},
    {"urls": []},
    {"urls": ["example.org"]},
    {"headers": ["no colon"]},
    {"headers": ["X: 1\r\nY: 2"]},
    {"server": {"error_rate": 1.5}},
    {"timeout_s": 0},
    {"sweep": {"parameter": "weather", "values": [1]}},
    {"sweep": {"parameter": "rate", "values": []}},
    {"seed": -1},
]
for damage in damages:
    document = copy.deepcopy(written[0])
    document.update(damage)
    if validator.is_valid(document):
        complain("damage", f"{damage} was not refused")

print(f"{len(presets)} presets, {len(written)} written documents, {len(damages)} damaged ones")
sys.exit(1 if failures else 0)

#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates lessons by a schema validator that is not ours.

check-lessons.py SCHEMA LESSON_FOLDER GUIDE CLI: the lessons of the tree and the example of the
guide for teachers must fit SCHEMA and please CLI; damaged ones must be refused by both, by the
program with the right line.
"""
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

schema_path, folder, guide, cli = sys.argv[1:]
schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
failures = 0


def complain(name, message):
    global failures
    failures += 1
    print(f"{name}: {message}")


def run(text):
    with tempfile.TemporaryDirectory() as scratch:
        path = pathlib.Path(scratch) / "lesson.json"
        path.write_text(text, encoding="utf-8")
        done = subprocess.run([cli, "validate", str(path)], capture_output=True, encoding="utf-8",
                              check=False)
        return done.returncode, done.stderr.replace(str(path), "lesson.json")


def expect_valid(name, text):
    for error in validator.iter_errors(json.loads(text)):
        complain(name, f"{list(error.path)}: {error.message[:200]}")
    status, message = run(text)
    if status != 0:
        complain(name, message)


paths = sorted(pathlib.Path(folder).glob("*.json"))
for path in paths:
    expect_valid(path.name, path.read_text(encoding="utf-8"))
    if json.loads(path.read_text(encoding="utf-8"))["id"] != path.stem:
        complain(path.name, "has another id than its file")
examples = re.findall(r"```json\n(.*?)```", pathlib.Path(guide).read_text(encoding="utf-8"), re.S)
if not examples:
    complain(guide, "has no example")
for example in examples:
    expect_valid(guide, example)

# What is replaced in the example, and what the program must say about it. Each makes one fault.
base = json.loads(examples[0])
damages = [
    (["surprise"], 1, "no field"),
    (["title"], None, "title"),
    (["chart"], "pie", "no chart"),
    (["duration_s"], "long", "duration_s"),
    (["format", "version"], 2, "newer"),
    (["experiment", "models"], ["thread-pool"], "thread-pool"),
    (["experiment", "requests"], -1, "requests"),
    (["experiment", "ca_file"], "/etc/passwd", "no field"),
    (["experiment", "output"], "/tmp/result", "no field"),
    (["experiment", "command"], "rm", "no field"),
    (["experiment", "allow_remote_load"], True, "no field"),
    (["outcomes", 0, "text"], "It took {nonsense}.", "nonsense"),
    (["outcomes", 0, "when", 0, "figure"], "nonsense", "nonsense"),
    (["outcomes", 0, "when", 0, "is"], "faster", "no verdict"),
    (["figures", 0, "figure"], "weather", "no figure"),
    (["figures", 0, "of"], "thread-pool:99", "does not run"),
    (["prediction", "kind"], "dice", "choice or number"),
    (["scale"], ["weather"], "cannot be scaled"),
]
by_schema = 0
for where, value, expected in damages:
    document = copy.deepcopy(base)
    parent = document
    for step in where[:-1]:
        parent = parent[step]
    if value is None:
        del parent[where[-1]]
    else:
        parent[where[-1]] = value
    text = json.dumps(document, indent=1, ensure_ascii=False)
    status, message = run(text)
    if status != 2 or expected not in message:
        complain(f"{where}", f"status {status}, {message!r} instead of {expected!r}")
        continue
    if value is not None:
        line = int(re.match(r"lesson\.json:(\d+):", message).group(1))
        if json.dumps(str(where[-1])).strip('"') not in text.splitlines()[line - 1] \
                and where[-1] != 0:
            complain(f"{where}", f"line {line} is {text.splitlines()[line - 1]!r}")
    by_schema += not validator.is_valid(document)
if by_schema < len(damages) // 2:
    complain("schema", f"refused only {by_schema} of {len(damages)} damages")

# All problems at once, in the order of the lines; and a foreign host needs permission.
document = copy.deepcopy(base)
document["chart"] = "pie"
document["outcomes"][0]["headline"] = "{nonsense}"
status, message = run(json.dumps(document, indent=1))
if len(message.splitlines()) != 2:
    complain("several", message)
document = copy.deepcopy(base)
document["experiment"]["urls"] = ["https://example.org/"]
document["experiment"].pop("server", None)
document["experiment"]["requests"] = 5000
status, message = run(json.dumps(document, indent=1))
if status != 2 or "example.org" not in message:
    complain("foreign host", message)
status, message = run('{"format": {"name": "threadmill-lesson"}\n,]')
if status != 2 or "line 2" not in message:
    complain("no JSON", message)

print(f"{len(paths)} lessons, {len(examples)} examples, {len(damages)} damages")
sys.exit(1 if failures else 0)

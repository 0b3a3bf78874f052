# SPDX-License-Identifier: GPL-3.0-or-later
"""Validates documents that Threadmill writes against the schema that it ships.

The validator is python3-jsonschema, so that the schema is judged by a program that is not ours.
"""

import copy
import json
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

PUBLISHED = ["80-requests", "asyncio-vs-thread-cpu", "asyncio-vs-thread-io",
             "event-loops-vs-threads", "sync-to-async"]


def read(program, *arguments):
    return json.loads(subprocess.check_output([program, *arguments], encoding="utf-8"))


def spoil(document, change):
    spoilt = copy.deepcopy(document)
    change(spoilt)
    return spoilt


def main():
    schema_path, program = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    sample = read(program)
    validator.validate(sample)
    for name in PUBLISHED:
        validator.validate(read(program, name))

    # A schema that accepts everything would pass the above.
    changes = [
        lambda d: d.pop("trials"),
        lambda d: d["format"].update(version=0),
        lambda d: d["format"].update(name="other"),
        lambda d: d["trials"][0].pop("model"),
        lambda d: d["trials"][0].update(status="fine"),
        lambda d: d["trials"][0].update(wall_time_s="1"),
        lambda d: d["trials"][0].update(requests_ok=-1),
        lambda d: d["trials"][0]["latency_ms"].update(p50=[]),
        lambda d: d["trials"][0]["timeline"][0].pop("done_us"),
        lambda d: d["trials"][0]["histogram"].pop("buckets"),
        lambda d: d["models"][0]["wall_time_s"].pop("median"),
        lambda d: d.update(warnings=[{"code": 1}]),
    ]
    for number, change in enumerate(changes):
        if validator.is_valid(spoil(sample, change)):
            sys.exit("the schema accepts spoilt document number %d" % (number + 1))
    print("one sample and %d published documents are valid" % len(PUBLISHED))


main()

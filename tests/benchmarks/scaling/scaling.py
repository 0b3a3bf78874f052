#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How cost grows: the program's own sweeps and scaling charts, as a page of the documentation.

    ./dev bench scaling                                 all of it
    ./dev bench scaling --test-args='--repeat 3'        sooner
"""

import argparse
import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import page
import sweeps


def arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cli", type=Path, help="threadmill-cli")
    parser.add_argument("output", type=Path,
                        help="the page; its pictures go into pictures beside it")
    parser.add_argument("--repeat", type=int, default=5, help="repetitions (5)")
    parser.add_argument("--quick", action="store_true",
                        help="small sizes: shows that it works, measures nothing")
    return parser.parse_args()


def without_missing(models, known):
    """Of a list of models, those that are built in."""
    return ",".join(spec for spec in models.split(",") if spec.split(":")[0] in known)


def known_models(cli):
    listed = subprocess.run([cli, "list", "models"], check=True, capture_output=True, text=True)
    return {line.split()[0].split(":")[0] for line in listed.stdout.splitlines() if line.strip()}


def measure(cli, run, repeat, known, document):
    """The result document of a run. A failed request would make the figures those of another
    experiment: the program says so by its status."""
    models = without_missing(run.models, known)
    words = [cli, "run", "--quiet", "--name", run.name, "--models", models, *run.size, "--repeat",
             str(repeat), "--output", document]
    begin_s = time.monotonic()
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    print(f"{run.name}, {models}, {run.sweep}: {time.monotonic() - begin_s:.0f} s",
          file=sys.stderr, flush=True)
    return json.loads(document.read_text("utf-8"))


def draw(cli, documents, figure, picture):
    subprocess.run([cli, "chart", *documents, "--kind", "scaling", "--figure", figure.id,
                    "--output", picture], check=True)


def main():
    options = arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    pictures = options.output.parent / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)
    known = known_models(options.cli)
    chosen = sweeps.quick_sweeps() if options.quick else sweeps.SWEEPS
    measured = []
    with tempfile.TemporaryDirectory(prefix="threadmill-scaling-") as folder:
        for sweep in chosen:
            documents = [Path(folder) / f"{sweep.id}-{index}.threadmill"
                         for index in range(len(sweep.runs))]
            results = [measure(options.cli, run, options.repeat, known, document)
                       for run, document in zip(sweep.runs, documents)]
            for figure in sweep.figures:
                draw(options.cli, documents, figure, pictures / page.picture_name(sweep, figure))
            measured.append((sweep, results))
    options.output.write_text(page.render(measured), encoding="utf-8")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)

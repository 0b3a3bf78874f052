#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the man page of threadmill-cli from what the program says of itself.

usage: make-man.py VERSION DATE PROGRAM OUTPUT
"""

import os
import re
import subprocess
import sys

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "C", "COLUMNS": "80"}

EXAMPLES = [
    ("threadmill-cli run --preset first --chart time=first.png",
     "The first experiment, with its chart as an image."),
    ("threadmill-cli run --models sync,thread-pool:20,main-loop:80 --requests 80 --delay 0.1 "
     "--repeat 5 --output mine.threadmill",
     "Three models, 80 requests of 0.1 s each, five times in turn; the result is kept."),
    ("threadmill-cli run --models main-loop:50 --url http://127.0.0.1:8080/ --requests 400 "
     "--threshold 'p95<200ms'",
     "Asks a server of your own; the exit status is 4 where the bound is not kept."),
    ("threadmill-cli compare before.threadmill after.threadmill",
     "Says for each model whether it became faster or slower, with an interval."),
]


def help_of(program, *command):
    """What the program prints for --help."""
    result = subprocess.run([program, *command, "--help"], env=ENVIRONMENT, check=True,
                            capture_output=True, text=True)
    return result.stdout


def escape(text):
    """Text as roff takes it."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in ".'" else text


def commands_of(text):
    """(name, summary) of each command in the general help."""
    section = text.split("Commands:\n", 1)[1].split("\n\n", 1)[0]
    return [tuple(line.split(None, 1)) for line in section.splitlines()]


def command_section(program, name, summary):
    """The lines about one command: usage, options, what else its help says."""
    lines = [f".SS {escape(name)}", escape(summary[0].upper() + summary[1:]) + "."]
    for line in help_of(program, name).splitlines():
        option = re.match(r"  (--\S+(?: \S+)*?)(?:\s{2,}(.*))?$", line)
        if line.startswith("  threadmill-cli"):
            lines += [".PP", f".B {escape(line.strip())}"]
        elif option:
            lines += [".TP", f".B {escape(option[1])}", escape(option[2] or "")]
        elif line and not line.endswith(":") and line.strip().lower() != summary.lower():
            lines += [".PP", escape(line.strip())]
    return lines


def main():
    version, date, program, output = sys.argv[1:]
    general = help_of(program)
    status = " ".join(general.split("Exit status: ", 1)[1].split())
    lines = [
        f'.TH THREADMILL\\-CLI 1 "{date}" "Threadmill {version}" "User Commands"',
        ".SH NAME",
        "threadmill\\-cli \\- run the same work under different concurrency models",
        ".SH SYNOPSIS",
        ".B threadmill\\-cli",
        ".I COMMAND",
        "[\\fIOPTION\\fR...]",
        ".SH DESCRIPTION",
        escape(" ".join(general.split("\n\n", 1)[0].split())),
        ".SH COMMANDS",
    ]
    for name, summary in commands_of(general):
        lines += command_section(program, name, summary)
    lines += [".SH EXIT STATUS"]
    for part in status.rstrip(".").split("; "):
        code, meaning = part.split(" ", 1)
        lines += [".TP", f".B {code}", escape(meaning)]
    lines += [".SH EXAMPLES"]
    for command, meaning in EXAMPLES:
        lines += [".TP", f".B {escape(command)}", escape(meaning)]
    lines += [".SH FILES", "Results and experiments are JSON documents with the ending",
              ".I .threadmill", "that the window opens too.", ".SH SEE ALSO",
              ".BR wrk (1), ab (1), hyperfine (1)"]
    with open(output, "w", encoding="utf-8") as page:
        page.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

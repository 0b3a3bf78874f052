#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compiles the platform modules of macOS and FreeBSD against the declarations beside this file:
check-systems.py BUILD-FOLDER COMPILER"""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PLATFORM = ROOT / "src/platform"
COMMON = ["mill-bsd.c", "mill-machine.c", "mill-posix.c", "mill-process.c", "mill-process-posix.c",
          "mill-socket-posix.c", "mill-translations.c"]
SYSTEMS = ("macos", "freebsd")

build, compiler = sys.argv[1], sys.argv[2:]
flags = subprocess.run(["pkg-config", "--cflags", "gio-unix-2.0"], check=True, capture_output=True,
                       text=True).stdout.split()
failed = 0
files = [(system, name) for system in SYSTEMS
         for name in COMMON + sorted(path.name for path in PLATFORM.glob(f"mill-*-{system}.c"))]
print(f"1..{len(files)}")
for number, (system, name) in enumerate(files, 1):
    done = subprocess.run(
        compiler + ["-std=gnu11", "-fsyntax-only", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror",
                    "-U__linux__", f"-I{HERE / system}", f"-I{build}", f"-I{ROOT / 'src'}",
                    *flags, PLATFORM / name], capture_output=True, text=True)
    failed += done.returncode != 0
    print(f"{'ok' if done.returncode == 0 else 'not ok'} {number} - {system}: {name}")
    for line in done.stderr.splitlines():
        print("#", line)
sys.exit(failed > 0)

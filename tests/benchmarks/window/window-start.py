#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures from outside how long the real program takes from its start to its first frame: it
watches the X server for the window and reads its pixels until there is more than a plain ground.

Usage: window-start.py THREADMILL THREADMILL_CLI
"""

import ctypes
import os
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

THREADMILL, CLI = sys.argv[1:]
STARTS = 7
DOCUMENTS = 1000
LIMIT_S = 1.0
PATIENCE_S = 60
STRIP_PX = 200
# A window without text and pictures has fewer.
MIN_COLOURS = 16
SUBSTRUCTURE_NOTIFY_MASK = 1 << 19
MAP_NOTIFY = 19
Z_PIXMAP = 2
ERROR_HANDLER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class Event(ctypes.Union):
    class Map(ctypes.Structure):
        _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong),
                    ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                    ("event", ctypes.c_ulong), ("window", ctypes.c_ulong)]

    _fields_ = [("map", Map), ("room", ctypes.c_long * 24)]


class Image(ctypes.Structure):
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int),
                ("format", ctypes.c_int), ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int),
                ("bitmap_unit", ctypes.c_int), ("bitmap_bit_order", ctypes.c_int),
                ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int),
                ("bytes_per_line", ctypes.c_int), ("bits_per_pixel", ctypes.c_int)]


class Screen:
    """The X server, as one who looks at it."""

    def __init__(self):
        self.x = ctypes.CDLL("libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XGetImage.restype = ctypes.POINTER(Image)
        # A window may go between two calls: that is no end of the benchmark.
        self.handler = ERROR_HANDLER(lambda display, error: 0)
        self.x.XSetErrorHandler(self.handler)
        self.display = ctypes.c_void_p(self.x.XOpenDisplay(None))
        if not self.display:
            sys.exit("window-start.py: no X server")
        root = ctypes.c_ulong(self.x.XDefaultRootWindow(self.display))
        self.x.XSelectInput(self.display, root, ctypes.c_long(SUBSTRUCTURE_NOTIFY_MASK))
        self.x.XSync(self.display, 0)

    def await_window(self, deadline):
        event = Event()
        while time.monotonic() < deadline:
            while self.x.XPending(self.display):
                self.x.XNextEvent(self.display, ctypes.byref(event))
                if event.map.type == MAP_NOTIFY:
                    return event.map.window
            select.select([self.x.XConnectionNumber(self.display)], [], [], 0.1)
        raise TimeoutError("no window")

    def count_colours(self, window):
        root, x, y = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        self.x.XGetGeometry(self.display, ctypes.c_ulong(window), *map(
            ctypes.byref, (root, x, y, width, height, border, depth)))
        if height.value < STRIP_PX:
            return 0
        image = self.x.XGetImage(self.display, ctypes.c_ulong(window), 0,
                                 (height.value - STRIP_PX) // 2, width, STRIP_PX,
                                 ctypes.c_ulong(0xffffffff), Z_PIXMAP)
        if not image:
            return 0
        data = ctypes.string_at(image.contents.data, image.contents.bytes_per_line * STRIP_PX)
        self.x.XFree(ctypes.c_void_p(image.contents.data))
        self.x.XFree(image)
        return len(set(memoryview(data).cast("I")))

    def await_frame(self, window, deadline):
        while time.monotonic() < deadline:
            if self.count_colours(window) >= MIN_COLOURS:
                return
            time.sleep(0.003)
        raise TimeoutError("the window stayed empty")


def start(screen, home):
    """Seconds from the start to the first frame, and the CPU time until then."""
    # A bus that is launched only now, with all its services, is none that a desktop has running.
    environment = dict(os.environ, GSETTINGS_BACKEND="keyfile",
                       DBUS_SESSION_BUS_ADDRESS="disabled:")
    for name in ["CONFIG", "DATA", "CACHE"]:
        environment[f"XDG_{name}_HOME"] = os.path.join(home, name.lower())
    begun = time.monotonic()
    process = subprocess.Popen([THREADMILL], env=environment)
    try:
        window = screen.await_window(begun + PATIENCE_S)
        screen.await_frame(window, begun + PATIENCE_S)
        seconds = time.monotonic() - begun
    finally:
        process.send_signal(signal.SIGTERM)
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
    return seconds, usage.ru_utime + usage.ru_stime


def write_settings(home):
    folder = os.path.join(home, "config", "glib-2.0", "settings")
    os.makedirs(folder)
    with open(os.path.join(folder, "keyfile"), "w", encoding="utf-8") as file:
        file.write("[io/github/threadmill/Threadmill]\nwelcome=false\n")


def write_documents(home):
    """A thousand results of a real run, each of its own name."""
    folder = os.path.join(home, "data", "threadmill", "results")
    os.makedirs(folder)
    first = os.path.join(folder, "0.threadmill")
    subprocess.run([CLI, "run", "--quiet", "--models", "thread-pool:20,main-loop:80", "--requests",
                    "200", "--repeat", "3", "--output", first], check=True,
                   stdout=subprocess.DEVNULL)
    with open(first, encoding="utf-8") as file:
        text = file.read()
    identifier = text.split('"id"', 1)[1].split('"')[1]
    for i in range(1, DOCUMENTS):
        with open(os.path.join(folder, f"{i}.threadmill"), "w", encoding="utf-8") as file:
            file.write(text.replace(identifier, str(uuid.uuid4())))


def measure(screen, what, home):
    first, _ = start(screen, home)
    starts = [start(screen, home) for _ in range(STARTS)]
    seconds = statistics.median(wall for wall, _ in starts)
    cpu = statistics.median(cpu for _, cpu in starts)
    word = "kept  " if seconds <= LIMIT_S else "MISSED"
    print(f"{word} start to first frame, {what}: {seconds:.3f} s, at most {LIMIT_S:.0f} s "
          f"(the very first {first:.3f} s, slowest {max(wall for wall, _ in starts):.3f} s; "
          f"CPU time {cpu:.3f} s)", flush=True)


def main():
    screen = Screen()
    with tempfile.TemporaryDirectory(prefix="threadmill-start-") as folder:
        homes = [os.path.join(folder, name) for name in ["new", "used", "full"]]
        for home in homes:
            os.mkdir(home)
        for home in homes[1:]:
            write_settings(home)
        write_documents(homes[2])
        for what, home in zip(["new user", "with the form", f"{DOCUMENTS} documents"], homes):
            measure(screen, what, home)


if __name__ == "__main__":
    main()

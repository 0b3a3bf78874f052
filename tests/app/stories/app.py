# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's program, driven by its actions and its accessible tree."""

import os
import resource
import signal
import subprocess
import time

from gi.repository import Gio, GLib

import desktop
from accessible import Node
from story import THREADMILL

APP_ID = "io.github.threadmill.Threadmill"
APP_PATH = "/io/github/threadmill/Threadmill"
TIMEOUT_S = 90
TURN_S = 0.05
# The parts of the window that stories look into, and the page on which each lies.
PAGES = {
    "MillExperimentPage": "Experiment",
    "MillRunPage": "Experiment",
    "MillResultsPage": "Results",
    "MillHistoryPage": "History",
    "MillLearnPage": "Learn",
}


class App:
    """A running program; ended, and asked for what went wrong, at the end of its block."""

    last = None  # the one that was started last, for a report

    def __init__(self, desk, *arguments, program=THREADMILL):
        self.desk = desk
        self.program = program
        self.arguments = arguments
        self.log_path = os.path.join(desk.folder, "app.log")
        self.process = None
        self.root = None

    def __enter__(self):
        App.last = self
        with open(self.log_path, "wb") as log:
            # pylint: disable-next=consider-using-with,subprocess-popen-preexec-fn
            self.process = subprocess.Popen(
                [self.program, *self.arguments], env=self.desk.env, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, preexec_fn=App._prepare, cwd=self.desk.folder)
        self.root = self.wait_for(self._find_root, "the program's accessible tree")
        self.wait_for(lambda: self.describe("run") is not None, "the window's actions")
        return self

    @staticmethod
    def _prepare():
        desktop.die_with_parent()
        # A file that grows over a limit is an error of its writer, not the end of the program.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def __exit__(self, kind, *_):
        # After a failure its window is still looked at.
        if kind is None and self.process.poll() is None:
            self.activate("quit", on="app")
            self.wait_for_end()

    def log(self):
        """What the program wrote to its standard streams."""
        with open(self.log_path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def wait_for_end(self):
        """Until the program has ended by itself, with all that it started."""
        deadline = time.monotonic() + TIMEOUT_S
        while self.process.poll() is None:
            assert time.monotonic() < deadline, "the program did not end"
            time.sleep(TURN_S)
        assert self.process.returncode == 0, (self.process.returncode, self.log())
        while self.helpers():
            assert time.monotonic() < deadline, f"left behind: {self.helpers()}"
            time.sleep(TURN_S)

    def wait_for(self, condition, what, timeout_s=TIMEOUT_S):
        """What a condition returns once that is true; errors of the bus count as not yet."""
        deadline = time.monotonic() + timeout_s
        problem = None
        while True:
            try:
                result = condition()
                if result:
                    return result
            except GLib.Error as error:
                problem = error.message
            assert self.process.poll() is None, (
                f"the program ended with {self.process.returncode} before {what}:\n{self.log()}")
            assert time.monotonic() < deadline, f"waited in vain for {what} ({problem})"
            time.sleep(TURN_S)

    # Actions

    def _window_path(self):
        xml = self.desk.session.call_sync(
            APP_ID, APP_PATH + "/window", "org.freedesktop.DBus.Introspectable", "Introspect",
            None, None, Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT_S * 1000, None).unpack()[0]
        nodes = Gio.DBusNodeInfo.new_for_xml(xml).nodes
        return f"{APP_PATH}/window/{nodes[0].path}" if nodes else None

    def _actions(self, on, method, signature, *arguments):
        path = APP_PATH if on == "app" else self._window_path()
        return self.desk.session.call_sync(
            APP_ID, path, "org.gtk.Actions", method, GLib.Variant(signature, arguments), None,
            Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT_S * 1000, None).unpack()

    def describe(self, name, on="win"):
        """(enabled, parameter type, state) of an action."""
        return self._actions(on, "Describe", "(s)", name)[0]

    def can(self, name):
        """Whether the window offers an action now."""
        return self.describe(name)[0]

    def activate(self, name, parameter=None, on="win"):
        """Activates an action once it can be."""
        self.wait_for(lambda: self.describe(name, on)[0], f"{on}.{name}")
        target = [GLib.Variant("s", parameter)] if parameter is not None else []
        self._actions(on, "Activate", "(sava{sv})", name, target, {})

    def open(self, path):
        """Opens a document in the program that runs already, as the file manager does."""
        self.desk.session.call_sync(
            APP_ID, APP_PATH, "org.gtk.Application", "Open",
            GLib.Variant("(assa{sv})", ([Gio.File.new_for_path(path).get_uri()], "", {})), None,
            Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT_S * 1000, None)

    # The accessible tree

    def programs(self):
        """The roots of the trees of all programs."""
        return Node(self.desk.a11y, "org.a11y.atspi.Registry",
                    "/org/a11y/atspi/accessible/root").children

    def _find_root(self):
        for node in self.programs():
            process = self.desk.a11y.call_sync(
                "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                "GetConnectionUnixProcessID", GLib.Variant("(s)", (node.owner,)), None,
                Gio.DBusCallFlags.NONE, TIMEOUT_S * 1000, None).unpack()[0]
            if process == self.process.pid:
                return node
        return None

    def see(self, role=None, name=None, where=None, within=None):
        """The first node that fits, or None. A name is a text that its name contains."""
        for node in (within or self.root).walk():
            if ((role is None or node.role == role) and (name is None or name in node.name) and
                    (where is None or where(node))):
                return node
        return None

    def find(self, role=None, name=None, where=None, within=None, timeout_s=TIMEOUT_S):
        """The same, waited for."""
        return self.wait_for(lambda: self.see(role, name, where, within),
                             f"{role or 'something'} {name or ''}", timeout_s)

    def press(self, name, role="button", within=None):
        """Presses a button once it can be."""
        self.find(role, name, lambda node: node.has("sensitive") and node.has_size(),
                  within).press()

    def check(self, name, within=None):
        """Turns a check box by the pointer: that of this toolkit offers no action of its own.

        Newer toolkits leave the padding around it out of its place. There the click meets the row,
        which it selects as its check does; what else is selected stays so with Control.
        """
        box = self.find("check box", name, lambda node: node.has_size() and self.shows(node),
                        within)
        was_checked = box.has("checked")
        x, y, width, height = box.extents()
        self.desk.click(x + width // 2, y + height // 2, held="ctrl")
        self.wait_for(lambda: box.has("checked") != was_checked, f"the check of {name}")

    def page(self):
        """The page that shows: "Experiment", "Results" or "History"."""
        return self.see("page tab", where=lambda node: node.has("selected")).name

    def part(self, name):
        """A part of the window by the name of its class: one of PAGES."""
        title = PAGES[name]

        def look(node):
            for child in node.children:
                own = child.name
                # Newer toolkits name no class, but the panel of each page.
                if own == name or own == title and child.role == "panel":
                    return child
                # Parts do not lie in each other, and a form has a thousand nodes.
                found = None if own.startswith("Mill") and own != "MillWidthBin" else look(child)
                if found is not None:
                    return found
            return None
        return self.wait_for(lambda: look(self.root), name)

    def windows(self):
        """The windows and dialogs."""
        return self.root.children

    def shows(self, node):
        """Whether a node, or what is in it, is what lies at its place of its window."""
        x, y, width, height = node.extents()
        inside = {node.path} | {child.path for child in node.walk()}
        return any((window.at(x + width // 2, y + height // 2) or window).path in inside
                   for window in self.windows())

    def texts(self, within=None):
        """All that can be read, one line for each node."""
        nodes = (within or self.root).walk()
        return "\n".join(text for node in nodes for text in (node.name, node.description) if text)

    def dialog(self, *words):
        """The window above the first whose text contains all the words, once it is there."""
        def look():
            for window in self.windows():
                if window.name == "Threadmill":
                    continue
                text = window.name + "\n" + self.texts(window)
                if all(word in text for word in words):
                    return window
            return None
        return self.wait_for(look, f"a dialog that says {words}")

    def wait_for_text(self, text, within=None):
        """Until something says a text."""
        return self.wait_for(lambda: text in self.texts(within), f'"{text}"')

    def choose_file(self, path):
        """Answers the file chooser, and waits until it has gone."""
        def look():
            for window in self.windows():
                if window.name != "Threadmill" and self.see("text", "Name", within=window):
                    return window
            return None
        chooser = self.wait_for(look, "the file chooser")
        self.find("text", "Name", within=chooser).write(path)
        self.press("Save", within=chooser)
        self.wait_for(lambda: look() is None, "the end of the file chooser")

    # Processes

    def helpers(self, name="threadmill-"):
        """The servers and workers that run: {id: command line}."""
        return {process: command for process, command in desktop.descendants(os.getpid()).items()
                if name in os.path.basename(command[0])}

    def limit_files(self, size_bytes=None):
        """Lets no file grow over a size, as on a disk that is full; None: ends that."""
        size = resource.RLIM_INFINITY if size_bytes is None else size_bytes
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

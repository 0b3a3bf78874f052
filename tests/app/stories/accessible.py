# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessible tree of a program, read over the accessibility bus as a screen reader does.

Nothing is cached: a node is asked anew each time.
"""

import functools

from gi.repository import Gio, GLib

CALL_TIMEOUT_MS = 20000
PREFIX = "org.a11y.atspi."
STATES = {"active": 1, "checked": 4, "expanded": 10, "focused": 12, "pressed": 20, "selected": 23,
          "sensitive": 24}
DESCRIBED_BY = 18
# Numbers stay where names differ between versions of GTK.
ROLES = {2: "alert", 7: "check box", 11: "combo box", 16: "dialog", 19: "file chooser",
         23: "frame", 27: "image", 29: "label", 31: "list", 32: "list item", 35: "menu item",
         37: "page tab", 38: "page tab list", 39: "panel", 42: "progress bar", 43: "button",
         52: "spin button", 61: "text", 62: "toggle button", 69: "window", 79: "entry"}
COORDINATES_OF_WINDOW = 1


def unless_gone(answer):
    """What a node that has gone meanwhile, or that is not there yet, answers to a question."""
    def change(question):
        @functools.wraps(question)
        def ask(self):
            try:
                return question(self)
            except GLib.Error as error:
                if not error.matches(Gio.dbus_error_quark(), Gio.DBusError.UNKNOWN_METHOD):
                    raise
                return answer
        return ask
    return change


class Node:
    """An accessible object."""

    def __init__(self, bus, owner, path):
        self.bus = bus
        self.owner = owner
        self.path = path

    def call(self, interface, method, signature=None, *arguments):
        """What a method returns, as a tuple."""
        parameters = GLib.Variant(signature, arguments) if signature else None
        return self.bus.call_sync(self.owner, self.path, interface, method, parameters, None,
                                  Gio.DBusCallFlags.NO_AUTO_START, CALL_TIMEOUT_MS, None).unpack()

    def get(self, interface, name):
        """A property."""
        return self.call("org.freedesktop.DBus.Properties", "Get", "(ss)", PREFIX + interface,
                         name)[0]

    @property
    @unless_gone("")
    def name(self):
        """What is said first."""
        return self.get("Accessible", "Name")

    @property
    @unless_gone("")
    def description(self):
        """What is said after that."""
        return self.get("Accessible", "Description")

    @property
    @unless_gone("")
    def explanation(self):
        """Its description, or the names of what describes it, which newer toolkits prefer."""
        nodes = [Node(self.bus, owner, path)
                 for relation, targets in self.call(PREFIX + "Accessible", "GetRelationSet")[0]
                 if relation == DESCRIBED_BY for owner, path in targets]
        return self.description or "\n".join(node.name for node in nodes)

    @property
    @unless_gone("gone")
    def role(self):
        """"button", for example."""
        number = self.call(PREFIX + "Accessible", "GetRole")[0]
        return ROLES.get(number, str(number))

    @property
    @unless_gone([])
    def children(self):
        """The nodes below."""
        return [Node(self.bus, owner, path)
                for owner, path in self.call(PREFIX + "Accessible", "GetChildren")[0]
                if path != "/org/a11y/atspi/null"]

    def has(self, state):
        """Whether it is "focused", for example."""
        low, high = self.call(PREFIX + "Accessible", "GetState")[0]
        return bool((low | high << 32) >> STATES[state] & 1)

    def write(self, text):
        """Replaces what stands in it."""
        assert self.call(PREFIX + "EditableText", "SetTextContents", "(s)", text)[0], text

    @property
    def text(self):
        """What stands in it."""
        return self.call(PREFIX + "Text", "GetText", "(ii)", 0, -1)[0]

    @property
    def value(self):
        """A number."""
        return self.get("Value", "CurrentValue")

    def press(self):
        """Does the first thing that can be done with it: click a button, turn a switch."""
        assert self.call(PREFIX + "Action", "DoAction", "(i)", 0)[0], self.path

    def walk(self):
        """All nodes below, each before those in it."""
        for child in self.children:
            yield child
            yield from child.walk()

    def dump(self):
        """All that has a name of its own, as lines of text."""
        lines = []
        for node in self.walk():
            name, description = node.name, node.description
            if name.startswith(("Gtk", "Adw")) and node.role != "button":
                name = ""
            if name or description:
                lines.append(f"{node.role}{'*' if node.has('focused') else ''} {name!r}"
                             + (f" ({description})" if description not in ("", name) else ""))
        return lines

    def at(self, x, y):
        """The node below that shows at a place of this window, or None."""
        owner, path = self.call(PREFIX + "Component", "GetAccessibleAtPoint", "(iiu)", x, y,
                                COORDINATES_OF_WINDOW)[0]
        return Node(self.bus, owner, path) if owner else None

    def has_size(self):
        """Whether it has ever had a place in its window: what was never shown has none."""
        _, _, width, height = self.extents()
        return width > 0 and height > 0

    def extents(self):
        """(x, y, width, height) in its window."""
        return self.call(PREFIX + "Component", "GetExtents", "(u)", COORDINATES_OF_WINDOW)[0]

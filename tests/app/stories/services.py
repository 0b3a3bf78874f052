# SPDX-License-Identifier: GPL-3.0-or-later
"""Services of a desktop that a program calls, which write down what they were asked."""

import threading

from gi.repository import Gio, GLib

INTERFACES = """
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="Notify">
      <arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
      <arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="in" type="as"/>
      <arg direction="in" type="a{sv}"/><arg direction="in" type="i"/>
      <arg direction="out" type="u"/>
    </method>
    <method name="CloseNotification"><arg direction="in" type="u"/></method>
  </interface>
  <interface name="org.gnome.SessionManager">
    <method name="RegisterClient">
      <arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="out" type="o"/>
    </method>
    <method name="UnregisterClient"><arg direction="in" type="o"/></method>
    <method name="Inhibit">
      <arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
      <arg direction="in" type="u"/><arg direction="out" type="u"/>
    </method>
    <method name="Uninhibit"><arg direction="in" type="u"/></method>
  </interface>
</node>
"""
PATHS = {"org.freedesktop.Notifications": "/org/freedesktop/Notifications",
         "org.gnome.SessionManager": "/org/gnome/SessionManager"}
ANSWERS = {"Notify": ("(u)", 1), "RegisterClient": ("(o)", "/org/gnome/SessionManager/Client1"),
           "Inhibit": ("(u)", 7)}


class Services:
    """Notifications and the session's manager, on the connection of a session bus.

    They answer in a thread of their own: a program may wait for them while it is waited for.
    """

    def __init__(self, bus):
        self.calls = []  # (method, arguments)
        self._loop = None
        ready = threading.Event()
        self._thread = threading.Thread(target=self._serve, args=(bus, ready), daemon=True)
        self._thread.start()
        ready.wait()

    def _serve(self, bus, ready):
        context = GLib.MainContext.new()
        context.push_thread_default()
        self._loop = GLib.MainLoop.new(context, False)
        for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
            bus.register_object(PATHS[interface.name], interface, self._answer, None, None)
            bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                          "RequestName", GLib.Variant("(su)", (interface.name, 4)), None,
                          Gio.DBusCallFlags.NONE, -1, None)
        ready.set()
        self._loop.run()
        context.pop_thread_default()

    def close(self):
        """Ends the thread."""
        self._loop.quit()
        self._thread.join()

    def _answer(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        self.calls.append((method, arguments.unpack()))
        signature, value = ANSWERS.get(method, (None, None))
        invocation.return_value(GLib.Variant(signature, (value,)) if signature else None)

    def asked(self, method):
        """The arguments of each call of a method."""
        return [arguments for name, arguments in self.calls if name == method]

# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of one's own: an X server, a session bus with an accessibility bus, empty folders.

Everything that is started here, and all that these start in turn, ends with this process.
"""

import ctypes
import os
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import zlib

try:
    from gi.repository import Gio, GLib

    from services import Services
    MISSING = None
except ImportError as error:
    MISSING = f"Python cannot use GLib: {error}"

PROGRAMS = {
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus",
    "xdotool": "xdotool",
}
A11Y_SERVICE = "/usr/share/dbus-1/services/org.a11y.Bus.service"
# Of all that a session may offer, only what a desktop here offers: no settings, no file systems.
BUS = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
TIMEOUT_S = 60
WIDTH, HEIGHT = 1280, 1024


def why_not():
    """Why there can be no desktop here, or None."""
    if MISSING is not None:
        return MISSING
    for program, package in PROGRAMS.items():
        if shutil.which(program) is None:
            return f"{program} is not installed (package {package})"
    if not os.path.exists(A11Y_SERVICE):
        return "there is no accessibility bus (package at-spi2-core)"
    return None


def _prctl(option, value):
    ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def die_with_parent():
    """For preexec_fn: no process outlives the one that started it."""
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def processes():
    """(id, parent, command line) of all processes."""
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/stat", encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
            with open(f"/proc/{entry}/cmdline", "rb") as file:
                command = file.read().split(b"\0")
        except OSError:
            continue
        if fields[0] != "Z":
            yield int(entry), int(fields[1]), [part.decode(errors="replace") for part in command]


def descendants(ancestor):
    """{id: command line} of all that a process started, directly or not."""
    table = list(processes())
    found = {ancestor: None}
    grown = True
    while grown:
        grown = False
        for process, parent, command in table:
            if parent in found and process not in found:
                found[process] = command
                grown = True
    del found[ancestor]
    return found


def connect(address):
    """A connection to a bus."""
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT |
        Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)


class Desktop:
    """The servers, the environment of a program in it, and the picture on its screen."""

    offered = (A11Y_SERVICE,)  # what its session bus starts when somebody asks for it

    def __init__(self, cli_program=None):
        self.cli_program = cli_program
        self.folder = tempfile.mkdtemp(prefix="threadmill-story-")
        self.runtime = os.path.join(self.folder, "run")
        self.servers = []
        self.env = dict(os.environ)
        self.session = None
        self.services = None
        self.a11y = None

    def __enter__(self):
        _prctl(PR_SET_CHILD_SUBREAPER, 1)
        try:
            self._start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def _spawn(self, *command, **options):
        # pylint: disable-next=consider-using-with,subprocess-popen-preexec-fn
        process = subprocess.Popen(command, preexec_fn=die_with_parent, env=self.env,
                                   stdin=subprocess.DEVNULL, **options)
        self.servers.append(process)
        return process

    def _spawn_that_prints(self, option, *command):
        """What a server writes to a descriptor once it is ready."""
        reader, writer = os.pipe()
        with open(os.path.join(self.folder, command[0] + ".log"), "wb") as log:
            self._spawn(*command, option + str(writer) if option.endswith("=") else option,
                        *([] if option.endswith("=") else [str(writer)]),
                        pass_fds=[writer], stdout=log, stderr=log)
        os.close(writer)
        with open(reader, encoding="utf-8") as file:
            line = file.readline().strip()
        assert line, f"{command[0]} did not start"
        return line

    def _start(self):
        for name in ("DBUS_SESSION_BUS_ADDRESS", "AT_SPI_BUS_ADDRESS", "WAYLAND_DISPLAY",
                     "GTK_A11Y", "XAUTHORITY", "NO_AT_BRIDGE"):
            self.env.pop(name, None)
        self.env.update(HOME=self.folder, GIO_USE_VFS="local", GIO_USE_VOLUME_MONITOR="unix")
        self.set_home("home")
        os.makedirs(self.runtime, 0o700, exist_ok=True)
        self.env["XDG_RUNTIME_DIR"] = self.runtime
        os.mkdir(os.path.join(self.folder, "screen"))
        display = self._spawn_that_prints(
            "-displayfd", "Xvfb", "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp",
            "-noreset", "-fbdir", os.path.join(self.folder, "screen"))
        self.env["DISPLAY"] = ":" + display
        services = os.path.join(self.folder, "services")
        os.mkdir(services)
        for service in self.offered:
            shutil.copy(service, services)
        config = os.path.join(self.folder, "bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(BUS.format(folder=self.folder))
        address = self._spawn_that_prints("--print-address=", "dbus-daemon",
                                          "--config-file=" + config, "--nofork", "--nopidfile")
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address
        self.session = connect(address)
        self.services = Services(self.session)
        self.a11y = connect(self.session.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None,
            GLib.VariantType("(s)"), Gio.DBusCallFlags.NONE, TIMEOUT_S * 1000, None).unpack()[0])

    def set_home(self, name):
        """Folders of another person, empty at first."""
        for variable in ("CONFIG", "DATA", "CACHE", "STATE"):
            path = os.path.join(self.folder, name, variable.lower())
            os.makedirs(path, exist_ok=True)
            self.env[f"XDG_{variable}_HOME"] = path

    def results(self):
        """The files of the history."""
        folder = os.path.join(self.env["XDG_DATA_HOME"], "threadmill", "results")
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        return [os.path.join(folder, name) for name in names if name.endswith(".threadmill")]

    def cli(self, *arguments):
        """What the command line's program prints."""
        process = subprocess.run([self.cli_program, *arguments], env=self.env, check=False,
                                 capture_output=True, encoding="utf-8", timeout=TIMEOUT_S,
                                 cwd=self.folder, stdin=subprocess.DEVNULL)
        assert process.returncode == 0, process.stderr
        return process.stdout

    def keys(self, *keys):
        """Presses keys, as on a keyboard."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "30", *keys],
                       env=self.env, check=True, timeout=TIMEOUT_S, stdout=subprocess.DEVNULL)

    def click(self, x, y, held):
        """Clicks at a place of the screen while a key is held down."""
        subprocess.run(["xdotool", "mousemove", "--sync", str(x), str(y), "keydown", held,
                        "click", "1", "keyup", held],
                       env=self.env, check=True, timeout=TIMEOUT_S, stdout=subprocess.DEVNULL)

    def focus_window(self, title):
        """Gives the keyboard to a window, as a window manager would."""
        subprocess.run(["xdotool", "search", "--sync", "--onlyvisible", "--name", title,
                        "windowfocus", "--sync"], env=self.env, check=True, timeout=TIMEOUT_S,
                       stdout=subprocess.DEVNULL)

    def look_away(self):
        """Takes the keyboard from every window, as when somebody works with another program."""
        xlib = ctypes.CDLL("libX11.so.6")
        xlib.XOpenDisplay.restype = ctypes.c_void_p
        display = ctypes.c_void_p(xlib.XOpenDisplay(self.env["DISPLAY"].encode()))
        # No window has it, and none gets it back.
        xlib.XSetInputFocus(display, ctypes.c_ulong(0), 0, ctypes.c_ulong(0))
        xlib.XCloseDisplay(display)

    def screen(self):
        """The rows of the screen, four bytes a pixel (blue, green, red, nothing)."""
        with open(os.path.join(self.folder, "screen", "Xvfb_screen0"), "rb") as file:
            data = file.read()
        header = struct.unpack(">25I", data[:100])
        start, stride = header[0] + 12 * header[19], header[12]
        return [data[start + y * stride:start + y * stride + 4 * WIDTH] for y in range(HEIGHT)]

    def save_screen(self, path):
        """A picture of the screen as a PNG file."""
        rows = []
        for row in self.screen():
            pixels = bytearray(3 * WIDTH)
            pixels[0::3], pixels[1::3], pixels[2::3] = row[2::4], row[1::4], row[0::4]
            rows.append(b"\0" + bytes(pixels))

        def chunk(kind, data):
            return (struct.pack(">I", len(data)) + kind + data +
                    struct.pack(">I", zlib.crc32(kind + data)))
        with open(path, "wb") as file:
            file.write(b"\x89PNG\r\n\x1a\n" +
                       chunk(b"IHDR", struct.pack(">2I5B", WIDTH, HEIGHT, 8, 2, 0, 0, 0)) +
                       chunk(b"IDAT", zlib.compress(b"".join(rows), 1)) + chunk(b"IEND", b""))

    def close(self):
        """Ends everything that was started here."""
        if self.services is not None:
            self.services.close()
        for bus in (self.session, self.a11y):
            if bus is not None:
                bus.set_exit_on_close(False)
        for server in reversed(self.servers):
            server.terminate()
        deadline = time.monotonic() + TIMEOUT_S
        while descendants(os.getpid()) and time.monotonic() < deadline:
            for process in descendants(os.getpid()):
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            time.sleep(0.02)
        for server in self.servers:
            server.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop with portals, and the program in its sandbox on it."""

import os
import shutil
import subprocess

import desktop
from app import APP_ID, App

FOLDER = os.environ["MILL_FLATPAK_FOLDER"]
SERVICES = "/usr/share/dbus-1/services"
PORTALS = ("org.freedesktop.portal.Desktop", "org.freedesktop.portal.Documents",
           "org.freedesktop.portal.Flatpak", "org.freedesktop.impl.portal.PermissionStore",
           "org.freedesktop.impl.portal.desktop.gtk")
# Of this terminal nothing may reach the sandbox.
KEPT = ("PATH", "TMPDIR")
COMMAND_TIMEOUT_S = 300


class PortalDesktop(desktop.Desktop):
    """Portals beside accessibility, and the folders of a person as the sandbox sees them."""

    offered = desktop.Desktop.offered + tuple(
        os.path.join(SERVICES, name + ".service") for name in PORTALS)

    def __init__(self, cli_program=None):
        super().__init__(cli_program)
        self.env = {name: os.environ[name] for name in KEPT if name in os.environ}
        # The only place that has the same name inside and outside.
        self.runtime = f"/run/user/{os.getuid()}"
        self.env.update(LANG="C.UTF-8", FLATPAK_USER_DIR=os.path.join(FOLDER, "flatpak"),
                        XDG_CURRENT_DESKTOP="GNOME")
        # What the program keeps; it has the same path inside.
        self.kept = os.path.join(self.folder, ".var", "app", APP_ID)
        os.makedirs(self.kept)

    def results(self):
        folder = os.path.join(self.kept, "data", "threadmill", "results")
        names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
        return [os.path.join(folder, name) for name in names if name.endswith(".threadmill")]

    def close(self):
        # What is mounted is not a folder to remove.
        subprocess.run(["fusermount3", "-u", "-z", "-q", os.path.join(self.runtime, "doc")],
                       check=False)
        super().close()
        shutil.rmtree(self.runtime, ignore_errors=True)

    def flatpak(self, *arguments):
        """What a command of flatpak prints."""
        process = subprocess.run(["flatpak", *arguments], env=self.env, check=False,
                                 capture_output=True, encoding="utf-8", cwd=self.folder,
                                 timeout=COMMAND_TIMEOUT_S, stdin=subprocess.DEVNULL)
        assert process.returncode == 0, (arguments, process.stdout, process.stderr)
        return process.stdout

    def inside(self, *command, options=()):
        """What a command prints that runs in the sandbox."""
        return self.flatpak("run", *options, "--command=" + command[0], APP_ID, *command[1:])


class SandboxApp(App):
    """The window's program in its sandbox."""

    def __init__(self, desk, *arguments):
        super().__init__(desk, "run", "--file-forwarding", APP_ID, *arguments, program="flatpak")

    # Between the program and the bus stands a proxy, whose process is another.
    def _find_root(self):
        for node in self.programs():
            if any(window.name == "Threadmill" for window in node.children):
                return node
        return None

# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak: built with its tests, installed from its one file, and used in its sandbox."""

import configparser
import os
import subprocess
import sys
import xml.etree.ElementTree

import png
import story
from app import APP_ID
from sandbox import FOLDER, PortalDesktop, SandboxApp

SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
BUNDLE = os.path.join(FOLDER, "threadmill.flatpak")
LEFT = os.environ.get("G_TEST_BUILDDIR", FOLDER)  # for who looks at it afterwards
BUILD_LOG = os.path.join(LEFT, "flatpak-build.log")
PICTURE = os.path.join(LEFT, "flatpak-window.png")
BUILD_TIMEOUT_S = 3000
MODELS = ["sync", "thread-per-request:4", "thread-pool:4", "gil-thread-pool:4", "main-loop:8",
          "main-loop-batched:8/4", "hybrid:2x4", "multiprocess:2x4", "epoll-loop:8"]
FIRST_MODELS = ["sync", "thread-pool:20", "main-loop:80", "hybrid:4x20"]
HELPERS = "/app/libexec/threadmill/"


def test_build(desk):
    with open(BUILD_LOG, "wb") as log:
        status = subprocess.run(
            [os.path.join(SOURCE, "flatpak", "build"), "--test-runtime", FOLDER], env=desk.env,
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, timeout=BUILD_TIMEOUT_S,
            check=False).returncode
    with open(BUILD_LOG, encoding="utf-8", errors="replace") as log:
        lines = log.read().splitlines()
    assert status == 0, "\n".join([f"status {status}; {BUILD_LOG} ends so:"] + lines[-80:])
    assert os.path.getsize(BUNDLE) > 100_000


def test_one_file_installs(desk):
    # As somebody else, who has the runtime only.
    desk.env["FLATPAK_SYSTEM_DIR"] = desk.env["FLATPAK_USER_DIR"]
    desk.env["FLATPAK_USER_DIR"] = os.path.join(desk.folder, "installed")
    assert APP_ID not in desk.flatpak("list", "--user", "--app", "--columns=application")
    desk.flatpak("install", "--user", "--noninteractive", "--bundle", BUNDLE)
    assert APP_ID in desk.flatpak("list", "--user", "--app", "--columns=application")
    assert "threadmill-cli 0." in desk.inside("threadmill-cli", "--version", options=["--user"])
    desk.flatpak("uninstall", "--user", "--noninteractive", APP_ID)
    assert APP_ID not in desk.flatpak("list", "--user", "--app", "--columns=application")


def test_permissions(desk):
    granted = configparser.ConfigParser()
    granted.read_string(desk.flatpak("info", "--user", "--show-permissions", APP_ID))
    found = {section: {name: set(filter(None, value.split(";")))
                       for name, value in granted[section].items()}
             for section in granted.sections()}
    # The fallback is written so; with Wayland there is no X server inside.
    assert found == {"Context": {"shared": {"network", "ipc"}, "devices": {"dri"},
                                 "sockets": {"x11", "wayland", "fallback-x11"}}}, found


def test_is_offered_to_the_desktop(desk):
    share = os.path.join(desk.env["FLATPAK_USER_DIR"], "exports", "share")

    def read(*names):
        file = configparser.ConfigParser(interpolation=None)
        file.optionxform = str
        path = os.path.join(share, *names)
        assert file.read(path, encoding="utf-8"), f"there is no {path}"
        return file

    entry = read("applications", APP_ID + ".desktop")["Desktop Entry"]
    command = f"flatpak run --branch=master --arch={os.uname().machine} --command=threadmill"
    assert command in entry["Exec"] and APP_ID + " @@ %F @@" in entry["Exec"], entry["Exec"]
    assert entry["Icon"] == APP_ID and entry["MimeType"] == "application/x-threadmill+json;"
    service = read("dbus-1", "services", APP_ID + ".service")["D-BUS Service"]
    assert service["Name"] == APP_ID and "flatpak run" in service["Exec"], dict(service)
    mime = xml.etree.ElementTree.parse(os.path.join(share, "mime", "packages", APP_ID + ".xml"))
    tags = {element.tag.rpartition("}")[2]: element for element in mime.iter()}
    assert tags["glob"].get("pattern") == "*.threadmill"
    assert tags["icon"].get("name") == APP_ID + "-document"
    icons = {name for _, _, names in os.walk(os.path.join(share, "icons", "hicolor"))
             for name in names}
    assert {APP_ID + ".svg", APP_ID + "-symbolic.svg", APP_ID + "-document.svg"} <= icons, icons


def test_metadata_is_valid(desk):
    # The distribution's own programs may be too old for what the files tell. An old builder moves
    # one of them to "appdata".
    desk.inside("desktop-file-validate", f"/app/share/applications/{APP_ID}.desktop",
                options=["--devel"])
    desk.inside("sh", "-c", f"appstreamcli validate --no-net --strict /app/share/*/{APP_ID}.*.xml",
                options=["--devel"])


def test_every_language(desk):
    with open(os.path.join(SOURCE, "po", "LINGUAS"), encoding="utf-8") as file:
        languages = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    for language in languages:
        desk.inside("test", "-s", f"/app/share/locale/{language}/LC_MESSAGES/threadmill.mo")
    # In the locale C.UTF-8 newer C libraries speak English only.
    presets = {language: desk.inside("threadmill-cli", "list", "presets", options=[
        "--env=LC_ALL=en_US.UTF-8", f"--env=LANGUAGE={language}"]) for language in languages}
    assert len(set(presets.values())) == len(languages), presets


def test_command_line(desk):
    path = os.path.join(desk.kept, "all.threadmill")
    desk.inside("threadmill-cli", "run", "--quiet", "--output", path, "--experiment",
                story.experiment(desk.kept, models=MODELS, requests=24))
    document = story.load(path)
    known = {line.split()[0].partition(":")[0]
             for line in desk.inside("threadmill-cli", "list", "models").splitlines()}
    assert known == {model.partition(":")[0] for model in MODELS}, known
    trials = document["trials"]
    assert [trial["model"] for trial in trials] == MODELS, trials
    for trial in trials:
        assert (trial["status"], trial["verified"], trial["requests_ok"]) == (
            "complete", True, 24), trial


def answer_portal(app, path):
    """Answers the portal's dialog, which is another program's, and waits until it has gone."""
    def look():
        return next((window for program in app.programs() for window in program.children
                     if window.role == "file chooser"), None)
    dialog = app.wait_for(look, "the portal's dialog")
    entry = app.find("text", within=dialog)
    entry.write(path)
    app.wait_for(lambda: entry.text == path, "the name in the portal's dialog")
    app.press("Save", within=dialog)
    app.wait_for(lambda: look() is None, "the end of the portal's dialog")


def run_first_experiment(app):
    """Runs it until its first chart shows; returns the document of what was measured."""
    app.activate("preset", "first")
    app.activate("run")
    workers = app.wait_for(lambda: app.helpers("threadmill-worker"), "a worker")
    servers = app.wait_for(lambda: app.helpers("threadmill-server"), "the server")
    for command in [*workers.values(), *servers.values()]:
        assert command[0].startswith(HELPERS), command
    app.activate("page", "results")
    chart = app.find("image", "Execution time", lambda node: all(
        model in node.description for model in FIRST_MODELS))
    app.wait_for(lambda: app.shows(chart), "the chart")
    app.activate("stop")
    app.wait_for(lambda: app.can("run"), "the end of the run")
    app.wait_for(app.desk.results, "the result's file")
    return story.load(app.desk.results()[0])


def test_window_saves_through_the_portal(desk):
    folder = os.path.join(desk.folder, "Pictures of mine")
    os.mkdir(folder)
    path = os.path.join(folder, "Threads & loops.png")
    with SandboxApp(desk) as app:
        app.find("frame", "Threadmill")
        app.find("button", "First Experiment", lambda node: node.has_size())
        desk.save_screen(PICTURE)
        _, height, n_telling = png.read(PICTURE)
        assert n_telling > height / 10, n_telling
        document = run_first_experiment(app)
        assert document["experiment"]["preset"] == "first"
        assert document["trials"] and all(trial["verified"] for trial in document["trials"]
                                          if trial["status"] == "complete")
        app.activate("save-chart")
        app.press("Save…", within=app.dialog("Save Image", "pixels"))
        answer_portal(app, path)
        app.find("label", "Saved as Threads & loops.png")
        assert "/doc/" not in app.wait_for(app.texts, "all that can be read")
        assert "WARNING" not in app.log() and "CRITICAL" not in app.log(), app.log()
    assert os.listdir(folder) == [os.path.basename(path)], os.listdir(folder)
    width, height, n_telling = png.read(path)
    assert (width, height) == (1920, 1080), (width, height)
    assert n_telling > height / 10, n_telling


def test_file_manager_opens(desk):
    path = os.path.join(desk.folder, "broken & bent.threadmill")
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"format": {"name": ')
    # As the entry for the desktop does it, through the portal.
    with SandboxApp(desk, "@@", path, "@@") as app:
        message = app.dialog("broken & bent.threadmill", "Could Not Be Opened")
        said = app.wait_for(lambda: app.texts(message), "what the message says")
        assert "/doc/" not in said and "/run/" not in said, said
        app.press("Close", within=message)


if __name__ == "__main__":
    sys.exit(story.run(dict(globals()), PortalDesktop))

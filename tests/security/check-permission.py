# SPDX-License-Identifier: GPL-3.0-or-later
"""What a document or a server cannot bring about: TAP on standard output.

Usage: check-permission.py THREADMILL_CLI
"""

import http.server
import json
import os
import pathlib
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import tap  # pylint: disable=wrong-import-position
from models import epoll_loop  # pylint: disable=wrong-import-position

CLI = os.path.abspath(sys.argv[1])
MODELS = ["sync", "thread-per-request:3", "thread-pool:3", "main-loop:3", "main-loop-batched:3/6",
          "hybrid:2x2", "multiprocess:2x2", *epoll_loop(CLI, 3)]
REQUESTS = 8
FORMAT = {"name": "threadmill-experiment", "version": 1}


class Web:
    """A server that sends everybody who asks for /away elsewhere, and counts its requests."""

    def __init__(self, address):
        web = self
        self.away = ""
        self.asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):  # pylint: disable=invalid-name
                web.asked.append(self.path)
                self.send_response(302 if self.path == "/away" else 200)
                if self.path == "/away":
                    self.send_header("Location", web.away)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):  # pylint: disable=arguments-differ
                """Nothing on standard error."""

        try:
            self.server = http.server.ThreadingHTTPServer((address, 0), Handler)
        except OSError as error:
            raise tap.Skip(f"no second address of the loopback interface: {error}") from error
        self.url = f"http://{address}:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def run(folder, *arguments):
    """The finished process and the trials that it left, if any."""
    path = os.path.join(folder, "result.threadmill")
    process = subprocess.run([CLI, "run", "--quiet", "--output", path, *arguments],
                             capture_output=True, encoding="utf-8", timeout=120, cwd=folder,
                             check=False)
    if not os.path.exists(path):
        return process, []
    return process, json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["trials"]


def check_redirect(folder, target, allowed):
    with Web("127.0.0.1") as near, Web("127.0.0.2") as far:
        near.away = target or far.url + "/far"
        urls = os.path.join(folder, "urls.txt")
        pathlib.Path(urls).write_text(f"{near.url}/near\n{near.url}/away\n", encoding="utf-8")
        _, trials = run(folder, "--url-list", urls, "--requests", str(REQUESTS), "--models",
                        ",".join(MODELS), "--timeout", "10",
                        *(["--allow-remote-load"] if allowed else []))
        assert len(trials) == len(MODELS), len(trials)
        for trial in trials:
            wrong = {} if allowed else {"redirect": REQUESTS // 2}
            assert trial["errors"] == wrong, (trial["model"], trial["errors"])
            assert trial["requests_ok"] == REQUESTS - sum(wrong.values()), trial["model"]
        expected = len(MODELS) * REQUESTS // 2 if allowed else 0
        assert len(far.asked) == expected, far.asked


def test_redirect_to_another_host_is_not_followed(folder):
    check_redirect(folder, None, allowed=False)


def test_redirect_to_another_name_is_not_followed(folder):
    check_redirect(folder, "http://example.invalid/", allowed=False)


def test_redirect_is_followed_where_the_person_allows_it(folder):
    """So that the two tests above can fail."""
    check_redirect(folder, None, allowed=True)


def write(folder, name, members):
    path = os.path.join(folder, name)
    pathlib.Path(path).write_text(json.dumps({"format": FORMAT, **members}), encoding="utf-8")
    return path


def test_document_grants_no_permission(folder):
    """Refused before a connection is made: 192.0.2.0/24 is for documentation, nobody is there."""
    document = write(folder, "load.json", {
        "urls": ["http://192.0.2.1/"], "models": ["main-loop:1000"], "requests": 20000,
        "allow_remote_load": True, "same_host_only": False})
    process, trials = run(folder, "--experiment", document)
    assert process.returncode != 0, process.returncode
    assert not trials
    assert "--allow-remote-load" in process.stderr, process.stderr


def test_document_keeps_redirects_at_home(folder):
    with Web("127.0.0.1") as near, Web("127.0.0.2") as far:
        near.away = far.url + "/far"
        document = write(folder, "away.json", {
            "urls": [near.url + "/away"], "models": ["main-loop:2"], "requests": 4,
            "allow_remote_load": True, "same_host_only": False})
        _, trials = run(folder, "--experiment", document)
        assert trials[0]["errors"] == {"redirect": 4}, trials[0]["errors"]
        assert not far.asked, far.asked


def test_document_names_no_path_and_no_program(folder):
    """Members that would name one, as the options and the trials of workers call them."""
    victim = os.path.join(folder, "victim")
    members = {name: victim for name in (
        "output", "output_path", "csv", "markdown", "html", "trace", "records_path",
        "scratch_path", "worker", "server_program", "command", "program")}
    members["charts"] = [{"kind": "time", "path": victim + ".svg"}]
    document = write(folder, "paths.json", {
        "models": ["thread-pool:2"], "requests": 4, "after": "write", **members})
    before = {"paths.json", "result.threadmill"}
    process, trials = run(folder, "--experiment", document)
    assert process.returncode == 0, process.stderr
    assert trials[0]["requests_ok"] == 4, trials[0]
    assert set(os.listdir(folder)) == before, os.listdir(folder)
    written = pathlib.Path(folder, "result.threadmill").read_text(encoding="utf-8")
    assert victim not in written


if __name__ == "__main__":
    sys.exit(tap.run(globals()))

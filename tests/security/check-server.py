# SPDX-License-Identifier: GPL-3.0-or-later
"""Who reaches the built-in server, and how much it takes from one: TAP on standard output.

Usage: check-server.py THREADMILL_SERVER
"""

import json
import pathlib
import socket
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cli"))
import tap  # pylint: disable=wrong-import-position

SERVER = sys.argv[1]
# Long enough under a sanitizer beside other programs; only a failure waits for it.
PATIENCE_S = 30
MAX_HEADER_BYTES = 16 * 1024
MAX_BODY_BYTES = 64 * 1024 * 1024


class Program:
    """The server as a process; it ends with its standard input."""

    def __enter__(self):
        self.process = subprocess.Popen([SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        encoding="utf-8")
        self.port = json.loads(self.process.stdout.readline())["port"]
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(PATIENCE_S)
        self.process.stdout.close()

    def ask(self, head, body=b""):
        """The status of the answer, 0 where the connection was closed without one."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_S) as connection:
            answer = b""
            try:
                connection.sendall(head + body)
            except OSError:
                # It may answer and close before it has read all; the answer is what counts.
                pass
            try:
                while b"\r\n" not in answer:
                    piece = connection.recv(4096)
                    if not piece:
                        break
                    answer += piece
            except ConnectionError:
                pass
        return int(answer.split()[1]) if b" " in answer else 0

    def answers(self):
        return self.ask(b"GET /ping HTTP/1.1\r\nHost: x\r\n\r\n") == 200


def own_addresses():
    """Addresses of this machine besides 127.0.0.1; all of 127/8 belongs to it."""
    addresses = {("127.0.0.2", socket.AF_INET), ("::1", socket.AF_INET6)}
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Sends nothing: it only asks which way would be taken.
            probe.connect(("192.0.2.1", 9))
            addresses.add((probe.getsockname()[0], socket.AF_INET))
        except OSError:
            pass
    return addresses - {("127.0.0.1", socket.AF_INET)}


def test_listens_on_loopback_only(_):
    with Program() as server:
        assert server.answers()
        for address, family in own_addresses():
            with socket.socket(family, socket.SOCK_STREAM) as attempt:
                attempt.settimeout(PATIENCE_S)
                try:
                    status = attempt.connect_ex((address, server.port))
                except OSError as error:
                    status = error.errno
                assert status != 0, f"it listens on {address} too"


def test_no_option_names_an_address(_):
    process = subprocess.run([SERVER, "--help"], capture_output=True, encoding="utf-8",
                             timeout=PATIENCE_S, check=False)
    assert "--port" in process.stdout
    for word in ("--address", "--bind", "--host", "--listen", "--interface"):
        assert word not in process.stdout, word


def test_header_is_limited(_):
    with Program() as server:
        start = b"GET /ping HTTP/1.1\r\nHost: x\r\n"
        small = start + b"X: " + b"a" * (MAX_HEADER_BYTES // 4) + b"\r\n\r\n"
        assert server.ask(small) == 200
        for large in (start + b"X: " + b"a" * 1024 * 1024 + b"\r\n\r\n",
                      start + b"X: a\r\n" * 100000 + b"\r\n",
                      b"GET /" + b"a" * 1024 * 1024 + b" HTTP/1.1\r\nHost: x\r\n\r\n"):
            status = server.ask(large)
            assert status == 0 or 400 <= status < 500, status
            assert server.answers()


def test_body_is_limited(_):
    with Program() as server:
        def post(path, length):
            return server.ask(b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
                              % (path, length))
        assert post(b"/ping", MAX_BODY_BYTES + 1) == 413
        assert post(b"/json", 1024 * 1024 + 1) == 413
        assert post(b"/ping", 10 ** 30) in (0, 400, 413)
        assert server.answers()


def test_chunks_are_limited(_):
    """A body without an announced length is cut off where it gets too large."""
    with Program() as server:
        head = b"POST /json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        chunk = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
        assert server.ask(head, chunk * 4 + b"0\r\n\r\n") == 400
        assert server.ask(head, chunk * 64 + b"0\r\n\r\n") in (0, 413)
        assert server.answers()


if __name__ == "__main__":
    sys.exit(tap.run(globals()))

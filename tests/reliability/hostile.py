# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on the loopback interface that breaks its side of HTTP in one chosen way."""

import socket
import ssl
import struct
import subprocess
import threading
import time

GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"
# No connection is kept longer by a way below; the client is to give up long before.
PATIENCE_S = 60
HUGE_BYTES = 1 << 30


def _until_closed(connection):
    """Waits until the client goes away."""
    connection.settimeout(PATIENCE_S)
    while connection.recv(65536):
        pass


def silent(connection, _):
    """Takes the request and never answers."""
    _until_closed(connection)


def trickle(connection, _):
    """One byte a second."""
    for byte in GOOD:
        connection.sendall(bytes([byte]))
        time.sleep(1)


def trickled_body(connection, _):
    """The header at once, then one byte a second."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(PATIENCE_S):
        connection.sendall(b"x")
        time.sleep(1)


def headers_only(connection, _):
    """Closes after the header that announced a body."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")


def half_header(connection, _):
    """Closes in the middle of the header."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Le")


def long_length(connection, _):
    """Announces more than it sends, and closes."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n0123456789")


def short_length(connection, _):
    """Announces less than it sends: the rest is no answer to the next request."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n01234 and what is this?\r\n")
    return True


def no_length(connection, _):
    """A length that is no number."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: -ten\r\n\r\nok")


def broken_chunks(connection, _):
    """Chunks whose size is no number."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                       b"4\r\nwiki\r\nnonsense\r\npedia\r\n0\r\n\r\n")
    return True


def cut_chunks(connection, _):
    """Closes in the middle of a chunk."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n400\r\nhello")


def huge_body(connection, _):
    """A body of a gigabyte."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % HUGE_BYTES)
    block = bytes(1 << 20)
    for _ in range(HUGE_BYTES // len(block)):
        connection.sendall(block)
    return True


def many_headers(connection, _):
    """A hundred thousand headers."""
    connection.sendall(b"HTTP/1.1 200 OK\r\n" +
                       b"".join(b"X-%d: value\r\n" % number for number in range(100000)) +
                       b"Content-Length: 2\r\n\r\nok")
    return True


def large_header(connection, _):
    """One header of a megabyte."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Large: " + b"x" * (1 << 20) +
                       b"\r\nContent-Length: 2\r\n\r\nok")
    return True


def no_http(connection, _):
    """Speaks something else."""
    connection.sendall(b"220 mail.example ESMTP\r\n")


def reset(connection, _):
    """Resets the connection instead of an answer."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def closed(_connection, _):
    """Closes the connection instead of an answer."""


def redirect_circle(connection, path):
    """Sends everybody back to where they come from."""
    connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n" % path)
    return True


def good(connection, _):
    """What a server should do."""
    connection.sendall(GOOD)
    return True


class Hostile:
    """`way` is one of the functions above; `is_hostile` says for each request whether it is
    answered in that way or well. A certificate (two paths) makes it speak TLS."""

    def __init__(self, way, is_hostile=lambda: True, certificate=None):
        self.way = way
        self.is_hostile = is_hostile
        self.context = None
        if certificate is not None:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*certificate)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        scheme = "http" if certificate is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self.listener.getsockname()[1]}/where"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        # Wakes the thread that accepts, which closing alone does not.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection:
            try:
                connection.settimeout(PATIENCE_S)
                if self.context is not None:
                    connection = self.context.wrap_socket(connection, server_side=True)
                with connection:
                    while self._answer(connection):
                        pass
            except OSError:
                # The client is gone, which is its right.
                pass

    def _answer(self, connection):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(65536)
            if not piece:
                return False
            head += piece
        way = self.way if self.is_hostile() else good
        return bool(way(connection, head.split()[1]))


def make_certificate(folder):
    """A certificate that nobody vouches for: the paths of it and of its key."""
    certificate, key = f"{folder}/certificate.pem", f"{folder}/key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                    "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-keyout", key, "-out", certificate], check=True, capture_output=True)
    return certificate, key

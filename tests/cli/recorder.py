# SPDX-License-Identifier: GPL-3.0-or-later
"""An HTTP server on the loopback interface that writes down what it is asked."""

import http.server
import json
import threading
import time


class Recorder:
    """Used as `with Recorder() as server`; `server.requests` holds what arrived, as dicts."""

    def __init__(self, delay_s=0):
        self.requests = []
        self.connections = 0
        self.delay_s = delay_s
        self.lock = threading.Lock()
        self.httpd = Server(("127.0.0.1", 0), self)
        self.url = f"http://127.0.0.1:{self.httpd.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.httpd.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_):
        self.httpd.shutdown()
        self.httpd.server_close()

    def clear(self):
        with self.lock:
            self.requests = []
            self.connections = 0


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, address, recorder):
        super().__init__(address, Handler)
        self.recorder = recorder

    def process_request(self, request, client_address):
        with self.recorder.lock:
            self.recorder.connections += 1
        super().process_request(request, client_address)

    def handle_error(self, request, client_address):
        """A client that goes away is no error of this server."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def answer(self):
        recorder = self.server.recorder
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with recorder.lock:
            recorder.requests.append({
                "method": self.command,
                "path": self.path,
                "headers": [(name.lower(), value) for name, value in self.headers.items()],
                "body": body,
                "time_s": time.monotonic(),
            })
        time.sleep(recorder.delay_s)
        parts = self.path.strip("/").split("/")
        if parts[0] == "redirect":
            left = int(parts[1])
            status = int(parts[2]) if len(parts) > 2 else 302
            target = "/landed" if left <= 1 else f"/redirect/{left - 1}/{status}"
            self.send_response(status)
            self.send_header("Location", target)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        text = b"no JSON" if parts[0] == "text" else json.dumps({"path": self.path}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = answer

    def log_message(self, *_):
        """Standard error belongs to the test."""

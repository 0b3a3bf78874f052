#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the test server with nginx under wrk, in turns, in one run.

Usage: bench-server.py SERVER WRK NGINX
"""

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import socket
from pathlib import Path

ROUNDS = 3
SECONDS = 2
# Under `wrk -t1 -c50` the test server answers at least this share of what nginx answers.
LEAST_RATIO = 0.60

NGINX_CONFIG = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location / {{ default_type application/json; return 200 '{{"ok":true}}\\n'; }}
  }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("nginx does not listen")


def rate(wrk, port):
    command = [wrk, "-t1", "-c50", f"-d{SECONDS}s", f"http://127.0.0.1:{port}/ping"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"not every request was answered:\n{text}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", text).group(1))


def measure(server_path, wrk, nginx_path, folder):
    nginx_port = free_port()
    config = Path(folder) / "nginx.conf"
    config.write_text(NGINX_CONFIG.format(folder=folder, port=nginx_port))
    nginx = subprocess.Popen([nginx_path, "-p", folder, "-c", str(config)],
                             stderr=subprocess.DEVNULL)
    server = subprocess.Popen([server_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        port = json.loads(server.stdout.readline())["port"]
        wait_for(nginx_port)
        rates = [(rate(wrk, port), rate(wrk, nginx_port)) for _ in range(ROUNDS)]
    finally:
        server.stdin.close()
        server.wait()
        nginx.terminate()
        nginx.wait()
    return rates


def main():
    with tempfile.TemporaryDirectory() as folder:
        rates = measure(*sys.argv[1:4], folder)
    for ours, theirs in rates:
        print(f"threadmill-server {ours:9.0f}/s   nginx {theirs:9.0f}/s   {ours / theirs:.2f}")
    ratio = statistics.median(ours / theirs for ours, theirs in rates)
    print(f"ratio {ratio:.2f}, at least {LEAST_RATIO:.2f} is wanted")
    return 0 if ratio >= LEAST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())

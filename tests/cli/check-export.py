# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts for k6 and Locust: parsed by their languages, then run on stand-ins for the engines, and
their requests compared with those that `run` makes: TAP on standard output.

Usage: check-export.py THREADMILL_CLI
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import urllib.parse

import tap
from recorder import Recorder

CLI = sys.argv[1]
NASTY_LINE = "a\"b'c`${1}\\n</script>*/#\U0001f600"
NASTY = NASTY_LINE + "\u2028\r\nrm"

# What k6 gives to a script, as far as ours use it: each request is noted, none is sent.
K6 = {
    "package.json": json.dumps({
        "name": "k6", "type": "module",
        "exports": {".": "./index.js", "./http": "./http.js", "./execution": "./execution.js",
                    "./crypto": "./crypto.js", "./encoding": "./encoding.js"}}),
    "index.js": """
export const checks = [];
export function check(value, conditions) {
  for (const name of Object.keys(conditions)) checks.push([name, conditions[name](value)]);
}
""",
    "http.js": """
export const requests = [];
const body = (value) => typeof value === "string" || value === null ? value
  : { base64: Buffer.from(value).toString("base64") };
export default {
  request(method, url, data, params) {
    requests.push({ method, url, body: body(data), params });
    return { status: 200, body: requests.length % 2 ? "{}" : "no JSON" };
  },
};
""",
    "execution.js": "export default { scenario: { iterationInTest: 0 } };\n",
    "crypto.js": """
export const hashed = [];
export default { sha256(value, encoding) { hashed.push([value, encoding]); return ""; } };
""",
    "encoding.js": """
export default { b64decode(text) { return Uint8Array.from(Buffer.from(text, "base64")).buffer; } };
""",
}
K6_MAIN = """
globalThis.__ENV = JSON.parse(process.argv[2]);
const http = await import("k6/http");
const execution = await import("k6/execution");
const k6 = await import("k6");
const { hashed } = await import("k6/crypto");
const script = await import("./script.mjs");
for (let i = 0; i < 6; i++) {
  execution.default.scenario.iterationInTest = i;
  script.default();
}
console.log(JSON.stringify({ options: script.options, requests: http.requests, checks: k6.checks,
                             hashed }));
"""

# What Locust gives to a file; its requests are sent.
LOCUST = """
import types, urllib.request, urllib.error

class StopUser(Exception):
    pass

class Response:
    def __init__(self, content):
        self.content = content
        self.failures = []
    def failure(self, text):
        self.failures.append(text)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        return False

class Session:
    def __init__(self):
        self.names = set()
        self.responses = []
    def request(self, method, url, data=None, headers=None, name=None, catch_response=False):
        self.names.add(name)
        request = urllib.request.Request(url, data=data, headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            self.responses.append(Response(answer.read()))
        return self.responses[-1]

class FastHttpUser:
    def __init__(self):
        self.client = Session()

class LoadTestShape:
    run_time = 0
    def get_run_time(self):
        return self.run_time

def task(function):
    function.is_task = True
    return function

def constant_throughput(rate):
    return ("constant_throughput", rate)

class Event(list):
    def add_listener(self, function):
        self.append(function)
        return function

events = types.SimpleNamespace(quitting=Event())
"""


def export(*arguments, status=0):
    process = subprocess.run([CLI, "export", *arguments], capture_output=True, encoding="utf-8",
                             timeout=60)
    assert process.returncode == status, (arguments, process.returncode, process.stderr)
    return process.stdout if status == 0 else process.stderr


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def experiment(folder, **members):
    document = {"format": {"name": "threadmill-experiment", "version": 1}, "models": ["sync"]}
    document.update(members)
    return write(folder, "experiment.json", json.dumps(document))


def node():
    program = shutil.which("node") or shutil.which("nodejs")
    if program is None:
        raise tap.Skip("there is no node on this machine")
    return program


def run_k6(folder, script, environment=None, status=0):
    """Parses the script, then runs it on the stand-in; what it asked for."""
    path = write(folder, "script.mjs", script)
    subprocess.run([node(), "--check", path], check=True, timeout=60)
    for name, text in K6.items():
        write(folder, "node_modules/k6/" + name, text)
    main = write(folder, "main.mjs", K6_MAIN)
    process = subprocess.run([node(), main, json.dumps(environment or {})], capture_output=True,
                             encoding="utf-8", timeout=60)
    assert (process.returncode == 0) == (status == 0), process.stderr
    return json.loads(process.stdout) if status == 0 else process.stderr


def run_locust(script, environment=None):
    """Compiles the file and runs it on the stand-in: its names."""
    import types
    stand_in = types.ModuleType("locust")
    exec(compile(LOCUST, "locust", "exec"), stand_in.__dict__)
    exception = types.ModuleType("locust.exception")
    exception.StopUser = stand_in.StopUser
    saved = dict(os.environ)
    sys.modules.update({"locust": stand_in, "locust.exception": exception})
    os.environ.update(environment or {})
    try:
        names = {"__name__": "locustfile"}
        exec(compile(script, "script.py", "exec"), names)
        names["locust"] = stand_in
        return names
    finally:
        os.environ.clear()
        os.environ.update(saved)


def make_all(names):
    """One user makes all requests of a locust file, in turn."""
    user = names["Client"]()
    while True:
        try:
            user.request()
        except names["locust"].StopUser:
            return user


def test_presets(_):
    """Every preset that sends requests can be exported, and no other."""
    names = [line.split()[0] for line in
             subprocess.check_output([CLI, "list", "presets"], encoding="utf-8").splitlines()]
    exported = 0
    for name in names:
        process = subprocess.run([CLI, "export", "--to", "locust", name], capture_output=True,
                                 encoding="utf-8", timeout=60)
        if process.returncode == 0:
            compile(process.stdout, name, "exec")
            exported += 1
        else:
            assert "computes and sends no requests" in process.stderr, process.stderr
    assert exported >= 10 and exported < len(names), exported


def test_k6_closed_loop(folder):
    script = export("--to", "k6", "first", "--threshold", "p95<200ms", "--threshold", "failed<1%",
                    "--threshold", "time<9s", "--threshold", "sync.mean<5ms")
    made = run_k6(folder, script, {"BASE_URL": "http://192.0.2.1:81"})
    load = made["options"]["scenarios"]["load"]
    # The first model with more than one in flight: thread-pool:20.
    assert load["executor"] == "shared-iterations", load
    assert (load["vus"], load["iterations"]) == (20, 80), load
    assert made["options"]["thresholds"] == {"http_req_duration": ["p(95)<200"],
                                             "http_req_failed": ["rate<0.01"]}
    assert made["options"]["noConnectionReuse"] is False
    assert {(one["method"], one["url"], one["body"]) for one in made["requests"]} == {
        ("GET", "http://192.0.2.1:81/ping", None)}
    assert made["requests"][0]["params"]["timeout"] == 30000
    assert "threadmill-cli serve --port 8080 --delay 0.1\n" in script
    assert "needs permission" in script
    for model, in_flight in (("sync", 1), ("hybrid:4x20", 80)):
        other = run_k6(folder, export("--to", "k6", "first", "--model", model))
        assert other["options"]["scenarios"]["load"]["vus"] == in_flight, other


def test_k6_bounds(folder):
    path = experiment(folder, models=["main-loop:50"], rate=300, requests=600)
    load = run_k6(folder, export("--to", "k6", path))["options"]["scenarios"]["load"]
    assert load["executor"] == "constant-arrival-rate", load
    assert (load["rate"], load["timeUnit"], load["duration"]) == (300, "1s", "2000ms"), load
    assert load["preAllocatedVUs"] == load["maxVUs"] == 50, load
    path = experiment(folder, models=["main-loop:5"], rate=0.5, duration_s=8)
    load = run_k6(folder, export("--to", "k6", path))["options"]["scenarios"]["load"]
    assert (load["rate"], load["timeUnit"], load["duration"]) == (500, "1000s", "8000ms"), load
    path = experiment(folder, models=["main-loop:5"], duration_s=1.5)
    load = run_k6(folder, export("--to", "k6", path))["options"]["scenarios"]["load"]
    assert (load["executor"], load["duration"]) == ("constant-vus", "1500ms"), load
    path = experiment(folder, models=["main-loop:5"], duration_s=2, requests=99)
    load = run_k6(folder, export("--to", "k6", path))["options"]["scenarios"]["load"]
    assert (load["iterations"], load["maxDuration"]) == (99, "2000ms"), load


def test_k6_request(folder):
    binary = bytes(range(256))
    urls = ["http://127.0.0.1:9/a'b?q=%22${x}", "http://127.0.0.1:9/</script>`"]
    path = experiment(folder, name=NASTY_LINE, urls=urls, method="PUT", keep_alive=False, timeout_s=2.5,
                      headers=["X-Quote: '\"\\${1}`", "Cookie: a=1", "cookie: b=2"],
                      body=NASTY, after="json")
    made = run_k6(folder, export("--to", "k6", path))
    assert [one["url"] for one in made["requests"]] == urls * 3, made["requests"]
    assert {one["method"] for one in made["requests"]} == {"PUT"}
    assert {one["body"] for one in made["requests"]} == {NASTY}
    params = made["requests"][0]["params"]
    assert params["headers"] == {"X-Quote": "'\"\\${1}`", "Cookie": "a=1; b=2"}, params
    assert params["timeout"] == 2500
    assert made["options"]["noConnectionReuse"] is True
    assert made["options"]["discardResponseBodies"] is False
    assert [held for _, held in made["checks"]] == [True, False] * 3, made["checks"]

    arguments = write(folder, "body", "")
    with open(arguments, "wb") as file:
        file.write(binary)
    document = os.path.join(folder, "binary.threadmill")
    with Recorder() as server:
        subprocess.run([CLI, "run", "--models", "sync", "--requests", "1", "--quiet", "--url",
                        server.url, "--method", "POST", "--data", "@" + arguments, "--after",
                        "hash", "--output", document], check=True, capture_output=True, timeout=60)
    # The experiment of a result document.
    made = run_k6(folder, export("--to", "k6", document))
    import base64
    assert base64.b64decode(made["requests"][0]["body"]["base64"]) == binary
    assert len(made["hashed"]) == 6, made["hashed"]


def test_permission(folder):
    path = experiment(folder, models=["main-loop:50"], urls=["http://192.0.2.1/"])
    script = export("--to", "k6", path)
    assert "ALLOW_REMOTE_LOAD=yes" in run_k6(folder, script, status=1)
    made = run_k6(folder, script, {"ALLOW_REMOTE_LOAD": "yes"})
    assert made["requests"][0]["url"] == "http://192.0.2.1/"


def test_locust_permission(folder):
    path = experiment(folder, models=["main-loop:50"], urls=["http://192.0.2.1/"])
    script = export("--to", "locust", path)
    try:
        run_locust(script)
    except SystemExit as reason:
        assert "ALLOW_REMOTE_LOAD=yes" in str(reason)
    else:
        raise AssertionError("it loads a foreign host without permission")
    assert run_locust(script, {"ALLOW_REMOTE_LOAD": "yes"})["USERS"] == 50


def test_locust_same_requests(folder):
    """What reaches the server is what `run` sends."""
    with Recorder() as server:
        urls = [server.url + "/a?x=1", server.url + "/b'%22"]
        path = experiment(folder, name=NASTY_LINE, urls=urls, method="PUT", requests=5, body=NASTY,
                          headers=["X-Own: '\"\\", "Content-Type: text/x-own"], after="json",
                          keep_alive=False)
        subprocess.run([CLI, "run", "--experiment", path, "--quiet"], check=True,
                       capture_output=True, timeout=60)
        own = list(server.requests)
        server.clear()
        names = run_locust(export("--to", "locust", path))
        user = make_all(names)
        theirs = list(server.requests)
    assert len(own) == len(theirs) == 5, (len(own), len(theirs))
    for one, other in zip(own, theirs):
        for part in ("method", "path", "body"):
            assert one[part] == other[part], (one, other)
        for name in ("x-own", "content-type", "connection"):
            values = [[value.lower() for key, value in request["headers"] if key == name]
                      for request in (one, other)]
            assert values[0] == values[1], (name, values)
    assert user.client.names == {"request"}
    assert not any(response.failures for response in user.client.responses)
    assert names["Client"].host == server.url
    assert urllib.parse.urlsplit(names["Client"].host).path == ""


def test_locust_load(folder):
    path = experiment(folder, models=["sync", "thread-pool:20"], rate=300, requests=600,
                      duration_s=10, timeout_s=2.5)
    script = export("--to", "locust", path, "--threshold", "p99.9<=0.5s", "--threshold",
                    "failed<1%")
    names = run_locust(script, {"WORKERS": "4"})
    assert (names["USERS"], names["REQUESTS"], names["SHARE"]) == (20, 600, 150)
    assert names["Client"].wait_time == ("constant_throughput", 15)
    assert names["Client"].network_timeout == 2.5
    assert names["Client"].insecure is False
    assert names["Client"].request.is_task

    class Total:
        num_requests = 599
        fail_ratio = 0.0
        slowest = 400

        def get_response_time_percentile(self, share):
            assert share == 0.999, share
            return self.slowest

    total = Total()
    environment = type("Environment", (), {})()
    environment.stats = type("Stats", (), {"total": total})()
    shape = names["Load"]()
    shape.runner = environment
    assert shape.tick() == (20, 20)
    shape.run_time = 10
    assert shape.tick() is None
    shape.run_time = 9.9
    total.num_requests = 600
    assert shape.tick() is None

    quitting, = names["locust"].events.quitting
    environment.process_exit_code = 0
    quitting(environment)
    assert environment.process_exit_code == 0
    total.slowest = 501
    quitting(environment)
    assert environment.process_exit_code == 4


def test_serve(folder):
    """The server that a script's head names answers its requests; told to end, it ends with 0."""
    path = experiment(folder, requests=3, server={"delay_s": 0.01, "body_size_bytes": 77})
    script = export("--to", "locust", path)
    line, = [line for line in script.splitlines() if "threadmill-cli serve" in line]
    options = line.split("serve")[1].replace("8080", "0").split()
    server = subprocess.Popen([CLI, "serve", *options], stdout=subprocess.PIPE, encoding="utf-8")
    try:
        url = server.stdout.readline().split()[2]
        user = make_all(run_locust(script, {"BASE_URL": url}))
    finally:
        server.send_signal(signal.SIGINT)
        status = server.wait(timeout=60)
        server.stdout.close()
    assert [len(response.content) for response in user.client.responses] == [77] * 3
    assert status == 0, status


def test_sweep(folder):
    path = experiment(folder, models=["main-loop:5"],
                      sweep={"parameter": "concurrency", "values": [7, 70]})
    script = export("--to", "locust", path)
    assert run_locust(script)["USERS"] == 7
    assert "its first value, 7" in script


def test_refusals(folder):
    assert "sends no requests" in export("--to", "k6", "cpu-bound", status=2)
    assert "neither a file nor a preset" in export("--to", "k6", "absent", status=2)
    assert "k6, locust" in export("--to", "wrk", "first", status=2)
    assert "--to" in export("first", status=2)
    assert "thread-pool" in export("--to", "k6", "first", "--model", "thread-pool", status=2)
    assert "p95" in export("--to", "k6", "first", "--threshold", "p95", status=2)
    assert "cannot" in export("--to", "k6", "first", "--output", folder, status=2).lower()
    damaged = write(folder, "damaged.json", "[")
    assert "damaged.json" in export("--to", "k6", damaged, status=2)
    # A file where a script shall go stays whole when there is nothing to write.
    target = write(folder, "script.js", "mine")
    export("--to", "k6", "cpu-bound", "--output", target, status=2)
    with open(target, encoding="utf-8") as file:
        assert file.read() == "mine"


if __name__ == "__main__":
    sys.exit(tap.run(dict(globals())))

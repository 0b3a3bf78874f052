# SPDX-License-Identifier: GPL-3.0-or-later
"""requests: in sequence with one in flight, else in a ThreadPoolExecutor, one session a thread."""

import concurrent.futures
import threading

import requests

import client


def new_session():
    session = requests.Session()
    session.trust_env = False
    return session


def send_in_sequence(url, number, timeout_s):
    with new_session() as session:
        return sum(session.get(url, timeout=timeout_s).status_code == 200 for _ in range(number))


def send_in_threads(url, number, threads, timeout_s):
    local = threading.local()

    def work(_):
        return local.session.get(url, timeout=timeout_s).status_code == 200

    def start():
        local.session = new_session()

    with concurrent.futures.ThreadPoolExecutor(threads, initializer=start) as pool:
        return sum(pool.map(work, range(number)))


def send(url, number, in_flight, timeout_s):
    if in_flight == 1:
        return send_in_sequence(url, number, timeout_s)
    return send_in_threads(url, number, in_flight, timeout_s)


if __name__ == "__main__":
    client.main(send)

# SPDX-License-Identifier: GPL-3.0-or-later
"""aiohttp: as many tasks as requests in flight, one session."""

import asyncio

import aiohttp

import client


async def work(session, url, tickets):
    ok = 0
    for _ in tickets:
        async with session.get(url) as answer:
            await answer.read()
            ok += answer.status == 200
    return ok


async def send_all(url, requests, in_flight, timeout_s):
    tickets = iter(range(requests))
    connector = aiohttp.TCPConnector(limit=in_flight)
    timeout = aiohttp.ClientTimeout(total=timeout_s)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
        return sum(await asyncio.gather(*(work(session, url, tickets) for _ in range(in_flight))))


def send(*load):
    return asyncio.run(send_all(*load))


if __name__ == "__main__":
    client.main(send)

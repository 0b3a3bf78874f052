# SPDX-License-Identifier: GPL-3.0-or-later
"""httpx: as many tasks as requests in flight, one AsyncClient."""

import asyncio

import httpx

import client


async def work(session, url, tickets):
    ok = 0
    for _ in tickets:
        answer = await session.get(url)
        ok += answer.status_code == 200
    return ok


async def send_all(url, requests, in_flight, timeout_s):
    tickets = iter(range(requests))
    limits = httpx.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
    async with httpx.AsyncClient(limits=limits, timeout=timeout_s, trust_env=False) as session:
        return sum(await asyncio.gather(*(work(session, url, tickets) for _ in range(in_flight))))


def send(*load):
    return asyncio.run(send_all(*load))


if __name__ == "__main__":
    client.main(send)

"""Sends one heartbeat with aiohttp, as services do from their loops: heartbeat.py URL SERVICE TIME"""

import asyncio
import sys

import aiohttp


async def send_heartbeat(url: str, service: str, time: str) -> None:
    async with aiohttp.ClientSession() as session:
        answer = session.post(
            f"{url.rstrip('/')}/metrics/job/heartbeat/instance/{service}",
            data=f'loop_heartbeat_timestamp_seconds{{service="{service}"}} {time}\n',
            headers={"Content-Type": "text/plain"},
        )
        async with answer as response:
            text = await response.text(encoding="utf-8")
            if response.status not in (200, 202):
                sys.exit(f"status {response.status}: {text.strip()}")


asyncio.run(send_heartbeat(*sys.argv[1:]))

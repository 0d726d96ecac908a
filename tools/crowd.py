"""Many people reading pages at once: sockets and no library, so that reading them costs nothing.

Each page is one connection, as a browser that has closed it; answers are compressed and thrown away.
Times are kept by page: a desk is compared with a desk.
"""

import asyncio
import itertools
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence

Times = dict[str, list[float]]
REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: sessionid={cookie}\r\n"
    "Accept-Encoding: gzip\r\nConnection: close\r\n\r\n"
)
MISTAKE = "{path} répond « {first} »."


def crowd(
    port: int, cookies: Sequence[str], pages: Sequence[str], *, seconds: float, pause: float = 1.0
) -> Times:
    """Let each person read the pages in turn, with a pause after each; return the times."""
    return asyncio.run(_crowd(port, cookies, pages, seconds, pause))


async def _crowd(
    port: int, cookies: Sequence[str], pages: Sequence[str], seconds: float, pause: float
) -> Times:
    times: Times = defaultdict(list)
    until = time.perf_counter() + seconds

    async def person(rank: int, cookie: str) -> None:
        await asyncio.sleep(pause * rank / len(cookies))
        for path in itertools.islice(itertools.cycle(pages), rank, None):
            if time.perf_counter() >= until:
                return
            times[path].append(await read(port, cookie, path))
            await asyncio.sleep(pause)

    await asyncio.gather(*(person(rank, cookie) for rank, cookie in enumerate(cookies)))
    return times


async def read(port: int, cookie: str, path: str) -> float:
    """Return how long the whole page took; one that is not answered stops the measure."""
    started = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(REQUEST.format(path=path, port=port, cookie=cookie).encode())
    first = await reader.readline()
    while await reader.read(65_536):
        pass
    writer.close()
    if b" 200 " not in first:
        raise SystemExit(MISTAKE.format(path=path, first=first.decode().strip()))
    return time.perf_counter() - started


def slowdown(alone: Mapping[str, float], together: Times) -> list[float]:
    """Return each time over the median of the same page read by one person."""
    return [time / alone[path] for path, times in together.items() for time in times]

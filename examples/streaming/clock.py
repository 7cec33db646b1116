"""The town clock: a page whose hand is moved by the server, through server-sent events.

Nothing but Python: `app` is a WSGI application as the standard describes it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from pathlib import Path

#: Seconds of silence after which a comment is sent. Must be well below `activity-timeout` of the spec.
HEARTBEAT = 15

#: Seconds after which a stream ends and the browser asks for the next. Must be well below `request-timeout`.
LONGEST = 600

#: Milliseconds that the browser waits before it asks again.
RETRY = 2000

PAGE = Path(__file__).with_name("clock.html")

Environ = dict
Start = Callable[[str, list], object]


def app(environ: Environ, start: Start) -> Iterator[bytes] | list[bytes]:
    """Answers `/` with the page and `/events` with the stream."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return answer(start, "405 Method Not Allowed", "text/plain", b"GET only\n", ("Allow", "GET, HEAD"))
    if path in ("", "/"):
        return answer(start, "200 OK", "text/html; charset=utf-8", PAGE.read_bytes())
    if path == "/events":
        # Whoever stands in between is asked neither to keep nor to collect nor to compress what passes.
        quickly = [("Cache-Control", "no-store, no-transform"), ("X-Accel-Buffering", "no")]
        start("200 OK", [("Content-Type", "text/event-stream"), *quickly])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else events(time.time, time.sleep)
    return answer(start, "404 Not Found", "text/plain", b"no such page\n")


def answer(start: Start, status: str, kind: str, body: bytes, *more: tuple[str, str]) -> list[bytes]:
    """Answers with a whole body."""
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body))), *more])
    return [body]


def events(now: Callable[[], float], wait: Callable[[float], object]) -> Iterator[bytes]:
    """Tells the time at once and with each full minute, and in between that it is still there.

    A client that has left is noticed with the next piece: then the server closes this generator.
    """
    begun = now()
    yield f"retry: {RETRY}\n".encode() + event(begun)
    last = begun
    while last - begun < LONGEST:
        wait(min(HEARTBEAT, 60 - last % 60))
        current = now()
        # A line that begins with a colon is a comment: browsers drop it, and IIS sees a process at work.
        yield event(current) if current // 60 > last // 60 else b": still here\n\n"
        last = current


def event(moment: float) -> bytes:
    """One message: the time in UTC, which the page shows as that of its reader."""
    text = datetime.fromtimestamp(moment, timezone.utc).isoformat(timespec="seconds")
    return f"event: time\ndata: {text}\n\n".encode()

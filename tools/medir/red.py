"""A slow network in front of a local site: a given round trip, and bytes that come no faster than they would there."""

import contextlib
import socket
import threading
import time
from urllib.parse import urlsplit

PIECE = 8192  # bytes


class SlowNetwork:
    """Between a browser and the site at `url`, for as long as the `with` lasts; its value is the URL to visit.

    All connections share `bits_per_second`, as those of a browser do; what is asked arrives `round_trip` seconds later.
    """

    def __init__(self, url: str, *, bits_per_second: float, round_trip: float):
        self._site = urlsplit(url)
        self._seconds_a_byte = 8 / bits_per_second
        self._round_trip = round_trip
        self._turn = threading.Lock()
        self._free_at = 0.0
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)

    def __enter__(self) -> str:
        threading.Thread(target=self._accept, daemon=True).start()
        return self._site._replace(netloc=f"127.0.0.1:{self._listener.getsockname()[1]}").geturl()

    def __exit__(self, *problem: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed
            while True:
                browser, _ = self._listener.accept()
                site = socket.create_connection((self._site.hostname, self._site.port))
                threading.Thread(target=_relay, args=(browser, site, self._travel), daemon=True).start()
                threading.Thread(target=_relay, args=(site, browser, self._come_down), daemon=True).start()

    def _travel(self, _: bytes) -> None:
        time.sleep(self._round_trip)

    def _come_down(self, piece: bytes) -> None:
        with self._turn:
            self._free_at = max(self._free_at, time.monotonic()) + len(piece) * self._seconds_a_byte
            wait = self._free_at - time.monotonic()
        time.sleep(max(0.0, wait))


def _relay(source: socket.socket, target: socket.socket, delay) -> None:
    """What comes from one goes to the other, each piece after its `delay`, until one of them closes."""
    with contextlib.suppress(OSError):
        while piece := source.recv(PIECE):
            delay(piece)
            target.sendall(piece)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)

"""How long a client may take, and how many may be connected at once.

A client that sends its request byte by byte, or never reads its answer, uses no worker, but holds
a connection and memory. One look at all connections a moment finds those, so that a request that
is answered at once pays for no timer.
"""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from time import monotonic
from typing import Final, Protocol

from c5graph.errors import C5GraphError, MalformedRequest, RequestError, UrlTooLong
from c5graph.settings import Settings

LEAST: Final = 65_536
"""Bytes of an answer, or all that is left, that a client must take in its time."""

HEAD_MAX: Final = 262_144
"""Bytes of a request's head; the parser of the server itself has no limit."""

URL_MAX: Final = 65_535
"""Bytes of a URL that the server can take apart."""

CUT: Final = "c5graph.cut"
"""Key of a request whose URL was longer than that, and is there without its query."""

LINGER: Final = 1.0
"""Seconds that a client has to read the error with which its connection ends."""

_STALLED: Final = 3.0  # seconds without progress after which a reader has to make room
_RETRY: Final = 5
_MIB: Final = 1024 * 1024


class TooSlow(RequestError):
    """A request that did not come whole in its time."""

    code = "too_slow"
    status = 408


class HeadTooLong(RequestError):
    """Headers over the cap."""

    code = "head_too_long"
    status = 431


class TooManyConnections(RequestError):
    """A connection past the number that there may be."""

    code = "too_many_connections"
    status = 503

    def __init__(self) -> None:
        super().__init__(
            "More clients are connected than can be served.",
            remedy=f"Try again in {_RETRY} seconds, with fewer connections.",
        )
        self.headers = {"retry-after": str(_RETRY)}


class Doing(Enum):
    """What a connection is busy with, or waits for."""

    NOTHING = "nothing"
    HEAD = "head"
    BODY = "body"
    ANSWERING = "answering"
    SENDING = "sending"


TOO_SLOW: Final = "too_slow"  # a request did not come whole in time
UNREAD: Final = "unread"  # an answer was not taken in time
UNSENT: Final = "unsent"  # too much was unsent to all clients together
ROOM: Final = "room"  # it waited for nothing while others came
REFUSED: Final = "refused"  # there was no room for it


@dataclass(frozen=True)
class Patience:
    """The limits: seconds, connections, bytes."""

    head: float
    body: float
    nothing: float
    sending: float
    connections: int
    of_a_client: int
    unsent: int

    @classmethod
    def of(cls, settings: Settings) -> Patience:
        """As the settings have it."""
        return cls(
            head=settings.head_seconds,
            body=settings.body_seconds,
            nothing=settings.idle_seconds,
            sending=settings.send_seconds,
            connections=settings.connections,
            of_a_client=settings.connections_per_client,
            unsent=settings.unsent_mib * _MIB,
        )

    def seconds(self, doing: Doing) -> float:
        """How long a connection may be busy with this; answering has limits of its own."""
        limits = {
            Doing.NOTHING: self.nothing,
            Doing.HEAD: self.head,
            Doing.BODY: self.body,
            Doing.SENDING: self.sending,
        }
        return limits.get(doing, float("inf"))


@dataclass(slots=True)
class Seen:
    """Since when a connection has been at what it was at when it was looked at last."""

    state: tuple[Doing, int]
    since: float
    unsent: int = 0


class Connection(Protocol):
    """What is looked at. `steps` grows whenever something of the request or answer has moved."""

    seen: Seen
    steps: int
    network: str

    def doing(self) -> Doing:
        """What it is at."""

    def unsent(self) -> int:
        """Bytes of an answer that the client has not taken."""

    def end(self, error: C5GraphError | None = None) -> None:
        """Close it, with an error if no answer has begun."""

    def drop(self) -> None:
        """Close it at once, whatever is unsent."""


class Warden:
    """Looks after the connections of one server."""

    def __init__(
        self,
        patience: Patience,
        clock: Callable[[], float] = monotonic,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`tell` hears why a connection was ended; not of those that were idle too long."""
        self._patience, self._clock, self.tell = patience, clock, tell
        limits = (patience.head, patience.body, patience.nothing, patience.sending)
        self.pause: Final = min(1.0, min(limits) / 4)
        """Seconds between two looks."""
        self.connections: Collection[Connection] = ()

    def admit(self, newcomer: Connection) -> bool:
        """Whether there is room for one more; those that wait longest for nothing make it."""
        newcomer.seen = Seen((Doing.NOTHING, 0), self._clock())
        admitted = self._fits(newcomer)
        if not admitted:
            self.tell(REFUSED)
        return admitted

    def look(self) -> None:
        """End what has taken too long."""
        now = self._clock()
        for each in tuple(self.connections):
            self._judge(each, now)
        self.bound()

    def bound(self) -> None:
        """Drop those that have stood still longest while too much is unsent."""
        now = self._clock()
        sending = [each for each in tuple(self.connections) if each.unsent()]
        left = sum(each.unsent() for each in sending)
        for each in sorted(sending, key=lambda each: self._since(each, now)):
            if left <= self._patience.unsent:
                return
            left -= each.unsent()
            self._drop(each, UNSENT)

    def _fits(self, newcomer: Connection) -> bool:
        most, each = self._patience.connections, self._patience.of_a_client
        if not self._has_room(newcomer, self.connections, most):
            return False
        if not each:
            return True
        same = [one for one in self.connections if one.network == newcomer.network]
        return self._has_room(newcomer, same, each)

    def _since(self, each: Connection, now: float) -> float:
        """Since when it has been at what it is at."""
        state = (each.doing(), each.steps)
        if each.seen.state != state:
            each.seen = Seen(state, now, each.unsent())
        return each.seen.since

    def _judge(self, each: Connection, now: float) -> None:
        if now - self._since(each, now) > self._patience.seconds(each.seen.state[0]):
            self._late(each, now)

    def _late(self, each: Connection, now: float) -> None:
        doing = each.seen.state[0]
        if doing is Doing.SENDING:
            if each.seen.unsent - each.unsent() >= LEAST:
                each.seen = Seen(each.seen.state, now, each.unsent())
            else:
                self._drop(each, UNREAD)
            return
        if doing is not Doing.NOTHING:
            self.tell(TOO_SLOW)
        each.end(self._too_slow(doing))

    def _too_slow(self, doing: Doing) -> TooSlow | None:
        if doing is Doing.NOTHING:
            return None
        return TooSlow(
            f"The {doing.value} of the request did not come whole within "
            f"{self._patience.seconds(doing):g} seconds.",
            remedy="Send the request in one go.",
        )

    def _has_room(self, newcomer: Connection, among: Collection[Connection], most: int) -> bool:
        over = len(among) - most
        if over <= 0:
            return True
        now = self._clock()
        others = sorted(
            (each for each in among if each is not newcomer),
            key=lambda each: self._since(each, now),
        )
        waiting = [each for each in others if self._is_waiting(each, now)]
        # Several at once, since a crowd that comes is not looked at anew for each.
        for each in waiting[: max(over, most // 20)]:
            self._drop(each, ROOM)
        return len(waiting) >= over

    def _is_waiting(self, each: Connection, now: float) -> bool:
        doing = each.seen.state[0]
        if doing is Doing.SENDING:
            return now - each.seen.since > _STALLED
        return doing is not Doing.ANSWERING

    def _drop(self, each: Connection, why: str) -> None:
        self.tell(why)
        each.drop()


def unread(why: str, url: bytes, head: int) -> RequestError:
    """The error for a request that the server could not read, of which it has seen this."""
    if len(url) > URL_MAX:
        return UrlTooLong("The URL is too long.", remedy="Send the query by POST.")
    if head > HEAD_MAX:
        return HeadTooLong("The headers are too long.", remedy="Send fewer of them.")
    return MalformedRequest(why, remedy="Send HTTP/1.1.")


def network(client: str) -> str:
    """A client's address; of IPv6 the /64, all of which one client has."""
    try:
        address = ipaddress.ip_address(client)
    except ValueError:
        return client
    if address.version == 4:
        return client
    return str(ipaddress.ip_network((address, 64), strict=False))


def response(error: C5GraphError) -> bytes:
    """An error as the last response of a connection, made where no route has been reached."""
    body = json.dumps(error.body(), separators=(",", ":")).encode()
    own: dict[str, str] = getattr(error, "headers", {})
    lines = [
        f"HTTP/1.1 {error.status} {HTTPStatus(error.status).phrase}",
        "content-type: application/json; charset=utf-8",
        f"content-length: {len(body)}",
        "cache-control: no-store",
        "access-control-allow-origin: *",
        "content-security-policy: default-src 'none'; frame-ancestors 'none'",
        "x-content-type-options: nosniff",
        "referrer-policy: no-referrer",
        *(f"{name}: {value}" for name, value in own.items()),
        "connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body

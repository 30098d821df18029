"""What a citation pins: an address with its lens, the data version, and a digest of the answer.

An answer is read as rows, whatever their order: rows of a result table, statements of a graph,
or the members of the lists of a JSON answer; a list in pages is read to its end. What only tells
of the service (its version, how many claims lacked a date, where the next page starts) is no part
of it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import SplitResult, urlencode, urlsplit

from c5graph import protocol
from c5graph.errors import BadParameter

ROW_DIGESTS: Final = 5000
CITABLE: Final = (
    "/sparql",
    "/api/changes",
    "/api/disputes",
    "/api/evidence",
    "/api/ledger",
    "/api/neighbours",
    "/api/paths",
    "/api/perspectives",
)
PAGED: Final = {
    "/api/changes": "changes",
    "/api/disputes": "disputes",
    "/api/ledger": "agreements",
    "/api/neighbours": "edges",
    "/api/perspectives": "aspects",
}
"""What is answered page by page, with the list whose members are its rows."""
QUERIES: Final = "/api/queries/"
_NAMED: Final = re.compile(r"/api/(?:queries|analytics)/[A-Za-z0-9_-]+(?:\.rq)?", re.ASCII)
_FORMATS: Final = ("format", "timeout")
_PAGES: Final = ("limit", "cursor")
_SERVICE: Final = ("version", "lens", "next", "next_cursor")
_BLANK: Final = re.compile(r"(?<![^\s])_:\S+")
_SHOWN: Final = 100
_HEAD: Final = "head "


@dataclass(frozen=True)
class Pin:
    """An address in one form, the data version, and what the answer was.

    What stands beside the rows, such as sums, is in the digests and not in the number of rows.
    """

    address: str
    version: str
    digest: str
    rows: int
    row_digests: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**vars(self), "row_digests": list(self.row_digests)}


@dataclass(frozen=True)
class Verdict:
    """What a second look found."""

    then: Pin
    now: Pin
    added: tuple[str, ...]
    removed: int | None

    @property
    def same(self) -> bool:
        """Whether the answer is the one that was pinned."""
        return self.then.digest == self.now.digest

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "verdict": "same" if self.same else "changed",
            "address": self.now.address,
            "result_changed": not self.same,
            "version_changed": self.then.version != self.now.version,
            "then": {"version": self.then.version, "digest": self.then.digest, **_rows(self.then)},
            "now": {"version": self.now.version, "digest": self.now.digest, **_rows(self.now)},
            "added": list(self.added[:_SHOWN]),
            "added_total": len(self.added) if self.removed is not None else None,
            "removed_total": self.removed,
        }


def _rows(pin: Pin) -> dict[str, int | None]:
    return {"rows": pin.rows if pin.rows >= 0 else None}


def address_of(text: str) -> str:
    """The address in one form: path, then parameters in order, without those of the format.

    Those of a page go as well: what is cited is the whole list. An address of any service of this
    kind will do. Raises BadParameter for what is not citable.
    """
    parts = _parts(text.strip())
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    if path not in CITABLE and not _NAMED.fullmatch(path):
        raise _not_citable(path)
    given = protocol.parameters(parts.query.encode())
    pairs = [(name, v) for name, some in sorted(given.items()) for v in some]
    left_out = (*_FORMATS, *_PAGES) if path in PAGED else _FORMATS
    kept = [(name, value) for name, value in pairs if name not in left_out and value]
    return f"{path}?{urlencode(kept)}" if kept else path


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError as error:  # of what has brackets, say, and is no host
        raise _not_citable(address) from error


def _not_citable(address: str) -> BadParameter:
    return BadParameter(
        f"{address[:80]!r} is no address that can be cited.",
        remedy=f"Cite {', '.join(CITABLE)}, {QUERIES}NAME or /api/analytics/NAME.",
    )


def pin(address: str, version: str, rows: Iterable[str]) -> Pin:
    """Pin an answer; digests of its single rows are kept where there are not too many."""
    told = sorted(rows)
    whole = hashlib.sha256(b"".join(map(_digest, told))).hexdigest()
    single = tuple(map(row_digest, told)) if len(told) <= ROW_DIGESTS else ()
    return Pin(address, version, f"sha256:{whole}", _counted(address, told), single)


def _counted(address: str, told: Sequence[str]) -> int:
    """How many rows a reader would count."""
    path = urlsplit(address).path
    if path in PAGED:
        return sum(line.startswith(f"{PAGED[path]} {{") for line in told)
    return sum(not line.startswith(_HEAD) for line in told)


def row_digest(row: str) -> str:
    """A short digest of one row."""
    return _digest(row).hex()[:12]


def _digest(row: str) -> bytes:
    return hashlib.sha256(row.encode()).digest()


def compared(then: Pin, now: Pin, rows: Iterable[str]) -> Verdict:
    """What has changed since; which rows, where the pin holds their digests."""
    if then.digest == now.digest:
        return Verdict(then, now, (), 0)
    if not then.row_digests and then.digest != pin("", "", ()).digest:
        return Verdict(then, now, (), None)
    left = Counter(then.row_digests)
    added = []
    for row in sorted(rows):
        digest = row_digest(row)
        if left[digest] > 0:
            left[digest] -= 1
        else:
            added.append(row)
    return Verdict(then, now, tuple(added), left.total())


def rows_of(body: bytes, media_type: str) -> list[str]:
    """The rows of an answer as it is sent."""
    if "json" not in media_type:
        return [_BLANK.sub("_:b", line) for line in body.decode().splitlines() if line]
    read = json.loads(body)
    return list(_rows_of_result(read) if "head" in read else _rows_of_answer(read))


def rows_of_pages(pages: Iterable[Sequence[str]]) -> list[str]:
    """The rows of all pages of a list; what each page repeats counts once."""
    return list({row: None for page in pages for row in page})


def _rows_of_result(read: Mapping[str, Any]) -> Iterator[str]:
    """SPARQL results in JSON: the names, then each row."""
    if "boolean" in read:
        yield _line(read["boolean"])
        return
    yield _HEAD + _line(sorted(read["head"]["vars"]))
    for row in read["results"]["bindings"]:
        yield _line({name: _anonymous(term) for name, term in row.items()})


def _anonymous(term: dict[str, Any]) -> dict[str, Any]:
    return {**term, "value": "_:b"} if term["type"] == "bnode" else term


def _rows_of_answer(read: Mapping[str, Any]) -> Iterator[str]:
    for name, value in sorted(read.items()):
        if name in _SERVICE:
            continue
        for each in value if isinstance(value, list) else [value]:
            yield f"{name} {_line(each)}"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_pin(value: object) -> Pin:
    """A pin as it was given out. Raises BadParameter for anything else."""
    try:
        assert isinstance(value, dict)
        digests = tuple(str(each) for each in value.get("row_digests", ()))
        address, version, digest = (str(value[n]) for n in ("address", "version", "digest"))
        return Pin(address, version, digest, int(value.get("rows", -1)), digests[:ROW_DIGESTS])
    except (AssertionError, KeyError, TypeError, ValueError) as error:
        raise BadParameter(
            "That is no pin of a citation.",
            remedy='Send what format=json gave: {"address", "version", "digest", "rows", ...}.',
        ) from error

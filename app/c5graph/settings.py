"""Every limit and path that a user may set, read once from the environment and a file.

A setting named `neighbour_limit` is read from `C5GRAPH_NEIGHBOUR_LIMIT`, or else from
`neighbour_limit` in the TOML file that `C5GRAPH_CONFIG` names. Its `doc` metadata is its
documentation; a test keeps the table of them all true.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from c5graph.errors import BadParameter, MissingInput

PREFIX = "C5GRAPH_"
CONFIG = PREFIX + "CONFIG"
MIB = 1024 * 1024


def _setting(default: Any, doc: str) -> Any:
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True)
class Settings:
    """Values in force for one process; make with `Settings.from_environment()`."""

    cache_dir: str = _setting(
        "",
        "Folder for remembered validations and facts; empty: c5graph in the user's cache folder.",
    )
    language: str = _setting("en", "Language of labels when a request names none.")
    neighbour_limit: int = _setting(50, "Edges in one answer of neighbours when none is asked for.")
    neighbour_max: int = _setting(1000, "Most edges in one answer of neighbours.")
    search_limit: int = _setting(20, "Results of a search when no number is asked for.")
    search_max: int = _setting(100, "Most results of one search.")
    neighbour_reach: int = _setting(20_000, "Edges after which a deep look-up goes no further.")
    list_limit: int = _setting(
        50, "Rows of ledger, disputes, changes and perspectives when no number is asked for."
    )
    analysis_seconds: float = _setting(60.0, "Seconds that one analysis may compute.")
    analysis_memory_mib: int = _setting(2048, "MiB of memory that one analysis may add.")
    analysis_patience: float = _setting(
        5.0, "Seconds after which a request for an analysis is told how far it has come."
    )
    analysis_rows: int = _setting(1000, "Rows of an analysis when no number is asked for.")
    analysis_rows_max: int = _setting(100_000, "Most rows of one analysis.")
    list_max: int = _setting(1000, "Most rows in one answer of these.")
    path_max: int = _setting(50, "Most paths in one answer.")
    path_steps: int = _setting(100_000, "Edges that a search for paths may look at.")
    lens_cache: int = _setting(16, "Lenses whose edges are kept besides the default one's.")
    lens_stores: int = _setting(3, "Lenses kept ready for SPARQL besides the default one.")
    lens_workers: int = _setting(2, "Worker processes for each of these lenses.")
    reconcile_batch: int = _setting(50, "Queries in one batch that a client may have reconciled.")
    reconcile_ids: int = _setting(500, "Entities of one request for data extension.")

    host: str = _setting("127.0.0.1", "Address that the service listens on.")
    port: int = _setting(8000, "Port that the service listens on; 0 takes a free one.")
    public_url: str = _setting("", "Address under which readers reach the service, for links.")
    report_errors_to: str = _setting(
        "", "Address, https: or mailto:, that the link 'report an error' of every page leads to."
    )
    mcp_hosts: str = _setting(
        "",
        "Names, spaces between, besides the public address and this machine's own under which /mcp "
        "answers; others are refused, so that no page of another site can reach it.",
    )
    workers: int = _setting(8, "Worker processes, each answering one query at a time.")
    queue: int = _setting(64, "Requests that may wait for a worker; more are answered 503.")
    deadline: float = _setting(10.0, "Seconds that one query may take.")
    memory_mib: int = _setting(512, "MiB of memory that one query may add to its worker.")
    max_rows: int = _setting(100_000, "Rows or triples of one answer; what is cut says so.")
    max_answer_mib: int = _setting(64, "MiB of one answer.")
    max_body_kib: int = _setting(1024, "KiB of one request body.")
    max_url: int = _setting(16_384, "Bytes of one request's path and query string.")
    connections: int = _setting(
        1000, "Open connections; past it, those that wait longest without a request make room."
    )
    connections_per_client: int = _setting(
        0, "Open connections of one client address; 0: no limit, as behind a proxy."
    )
    head_seconds: float = _setting(10.0, "Seconds in which the head of a request must come.")
    body_seconds: float = _setting(30.0, "Seconds in which the body of a request must come.")
    idle_seconds: float = _setting(
        20.0, "Seconds that a connection without a request is kept open."
    )
    send_seconds: float = _setting(
        30.0, "Seconds in which a client must take the next 64 KiB of its answer, or the rest."
    )
    unsent_mib: int = _setting(
        512, "MiB of answers that clients have not taken; past it the slowest are cut off."
    )
    cache_mib: int = _setting(64, "MiB of answers kept for requests that come again.")
    validate_seconds: float = _setting(60.0, "Seconds that one validation may take.")
    reload_seconds: float = _setting(
        600.0, "Seconds that the validation before a reload may take; it yields to requests."
    )
    watch_seconds: float = _setting(1.0, "Seconds between two looks at watched files.")
    rate_limit: int = _setting(
        0, "Requests a minute from one client address, more are answered 429; 0: no limit."
    )
    log_format: str = _setting("auto", "Form of log lines: json, text, or auto (text on a screen).")
    log_requests: bool = _setting(False, "Whether every request is logged, not only what failed.")
    graphs_allowed: str = _setting(
        "", "IRIs, separated by spaces, that FROM may name besides the store's own graphs."
    )
    engine: str = _setting(
        "", "Query endpoint of a SPARQL 1.1 server to ask in place of the embedded engine."
    )
    engine_user: str = _setting("", "User name at that server, where it wants one.")
    engine_password: str = _setting("", "Password at that server.")
    start: str = _setting("auto", "How workers are started: fork, spawn, or auto for the platform.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Settings of the file, with every `C5GRAPH_*` variable before them.

        Raises BadParameter, which names the variable or the key, and MissingInput.
        """
        given = {
            item.name: _read(item, environment[PREFIX + item.name.upper()])
            for item in fields(cls)
            if PREFIX + item.name.upper() in environment
        }
        return cls(**{**_from_file(environment.get(CONFIG, ""), fields(cls)), **given})

    def cache_folder(self) -> Path:
        """Folder for what may be thrown away at any time; not made here."""
        if self.cache_dir:
            return Path(self.cache_dir)
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
        return Path(home) / "c5graph"


def documented() -> Iterator[tuple[str, str, str]]:
    """Name, default and meaning of every setting, for the table in the documentation."""
    for item in fields(Settings):
        default = item.default
        shown = str(default).lower() if isinstance(default, bool) else str(default)
        yield item.name, shown, item.metadata["doc"]


def _read(item: Field[Any], text: str) -> Any:
    kind: type[Any] = type(item.default)
    if kind is bool:
        return text.strip().lower() in {"1", "true", "yes", "on"}
    try:
        return kind(text)
    except ValueError as error:
        raise BadParameter(
            f"{PREFIX}{item.name.upper()} is {text!r}, which is not a {kind.__name__}.",
            remedy=f"Unset it or give a {kind.__name__}. Meaning: {item.metadata['doc']}",
        ) from error


def _from_file(name: str, items: tuple[Field[Any], ...]) -> dict[str, Any]:
    if not name:
        return {}
    try:
        found = tomllib.loads(Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise MissingInput(
            f"{name}: cannot be read ({error.strerror}).", remedy=f"{CONFIG} names it."
        ) from error
    except ValueError as error:
        raise BadParameter(f"{name}: {error}.", remedy="Write it as TOML: port = 8080") from error
    known = {item.name: item for item in items}
    return {key: _checked(name, key, value, known) for key, value in found.items()}


def _checked(file: str, key: str, value: Any, known: Mapping[str, Field[Any]]) -> Any:
    if key not in known:
        near = get_close_matches(key, known, n=3, cutoff=0.4) or sorted(known)
        raise BadParameter(
            f"{file}: there is no setting {key!r}.", remedy=f"There are {', '.join(near)}."
        )
    kind = type(known[key].default)
    if type(value) is not kind and not (kind is float and type(value) is int):
        raise BadParameter(
            f"{file}: {key} is {value!r}, which is not a {kind.__name__}.",
            remedy=f"Give a {kind.__name__}. Meaning: {known[key].metadata['doc']}",
        )
    return kind(value)

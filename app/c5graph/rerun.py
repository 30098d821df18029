"""An address answered in this process, for the command line: its rows."""

from __future__ import annotations

import json
import sys
from urllib.parse import urlsplit

from c5graph import protocol
from c5graph.catalogue import Catalogue
from c5graph.desk.bureau import Bureau
from c5graph.desk.questions import QUESTIONS
from c5graph.errors import BadParameter
from c5graph.graph.lens import DEFAULT
from c5graph.graph.release import Release
from c5graph.lenses import PARAMETERS, parse_lens
from c5graph.pins import QUERIES, rows_of, rows_of_pages
from c5graph.protocol import Parameters, QueryRequest, single
from c5graph.settings import Settings
from c5graph.store.evaluate import evaluate
from c5graph.store.port import Limits
from c5graph.store.rdf import load_store

RESULTS = "application/sparql-results+json, application/n-triples;q=0.5"
"""What a result is asked for as, so that it can be pinned."""


def rerun(release: Release, catalogue: Catalogue, address: str, settings: Settings) -> list[str]:
    """The rows that a service with these settings would answer at the address.

    Raises BadParameter for addresses that only a service answers.
    """
    parts = urlsplit(address)
    given = protocol.parameters(parts.query.encode())
    if parts.path in QUESTIONS:
        return _asked(release, parts.path, given, settings)
    query = query_at(release, catalogue, parts.path, given)
    if query is None:
        raise BadParameter(
            f"{parts.path} is answered by a service only.",
            remedy="Ask its /api/cite, or cite a saved question, /sparql or the ledger.",
        )
    lens = parse_lens(given, release.record)
    store = release.store if lens == DEFAULT else load_store(release.quads_under(lens))
    limits = Limits(max_rows=settings.max_rows)
    answer = evaluate(store, QueryRequest(query), RESULTS, limits=limits)
    if answer.truncated:
        raise cut()
    return rows_of(answer.body, answer.media_type)


def query_at(release: Release, catalogue: Catalogue, path: str, given: Parameters) -> str | None:
    """The SPARQL query behind an address; None where there is none."""
    if path == "/sparql":
        return single(given, "query")
    if not path.startswith(QUERIES):
        return None
    values = {name: single(given, name) or "" for name in given if name not in PARAMETERS}
    return catalogue.get(path.removeprefix(QUERIES)).bind(values, release.resolve)


def cut() -> BadParameter:
    """The error for an answer of which a part is missing."""
    return BadParameter(
        "The answer is cut, so that what is missing could not be pinned.",
        remedy="Ask for less, such as with LIMIT and ORDER BY.",
    )


def _asked(release: Release, path: str, given: Parameters, settings: Settings) -> list[str]:
    office = Bureau(release, 3).under(parse_lens(given, release.record))
    lang = single(given, "lang") or settings.language
    answer = QUESTIONS[path].answer(office, given, sys.maxsize, lang)
    return rows_of_pages([rows_of(json.dumps(answer.as_dict()).encode(), "application/json")])

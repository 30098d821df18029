"""Where claims of a report are kept, and the passages on which they rest."""

from __future__ import annotations

import hashlib
import re

from c5graph.authoring.batch import Batch, Entry
from c5graph.authoring.document import Statement
from c5graph.authoring.terms import CellFault
from c5graph.namespaces import CLAIM, REPORT

_SPAN = re.compile(r"(\d+)-(\d+)")


class Passages:
    """The passages of a batch; `texts` are the texts of the reports by digest, if at hand."""

    def __init__(self, batch: Batch, texts: dict[str, bytes]) -> None:
        self._batch = batch
        self._known = batch.known
        self._texts = texts
        self._files: dict[str, str] = {}

    def file_of(self, report: str) -> str:
        """The file with claims of the report; a new one of its name where there is none."""
        if not self._files:
            for iri, item in self._known.files.items():
                if iri.startswith(CLAIM) and "claims/" in item.name:
                    name = iri.removeprefix(CLAIM).rpartition("-")[0]
                    self._files[name] = "claims/" + item.name.rpartition("/")[2]
        return self._files.get(report, f"claims/{report}.ttl")

    def passage(self, report: str, text: str, file: str) -> str:
        """CURIE of a passage START-END of the report; a new one is added. Raises CellFault."""
        found = _SPAN.fullmatch(text)
        if found is None or int(found[1]) >= int(found[2]):
            raise CellFault(f"{text[:40]!r} is no passage.", "Write START-END, such as 452-540.")
        iri = f"{REPORT}{report}/passage/{text}"
        if not self._known.has(iri):
            digest = self._digest(report, int(found[1]), int(found[2]))
            self._known.new_names.add(iri)
            self._batch.entries[file].append(Entry(_blocks(report, found, digest), "passage"))
        self._batch.passages_of.setdefault(file, set()).add(report)
        return f"passage:{text}"

    def _digest(self, report: str, start: int, end: int) -> str:
        content = self._texts.get(self._known.digest(REPORT + report))
        if content is None:
            raise CellFault(
                f"the text of {report} is not at hand for the digest of a new passage.",
                "Name the folder of the texts after --texts, or leave the passage out.",
            )
        text = content.decode("utf-8")
        if end > len(text):
            raise CellFault(f"the text ends at {len(text)}.", "Count from 0, end not included.")
        return hashlib.sha256(text[start:end].encode()).hexdigest()


def _blocks(report: str, span: re.Match[str], digest: str) -> tuple[Statement, ...]:
    name = f"passage:{span[0]}"
    return (
        Statement(
            name,
            (
                ("a", ("c5:Passage",)),
                ("oa:hasSource", (f"report:{report}",)),
                ("oa:hasSelector", (f"{name}-position",)),
                ("c5:spanDigest", (f'"{digest}"',)),
            ),
        ),
        Statement(
            f"{name}-position",
            (("a", ("oa:TextPositionSelector",)), ("oa:start", (span[1],)), ("oa:end", (span[2],))),
        ),
    )

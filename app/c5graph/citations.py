"""Citations in words, BibTeX, RIS and CSL JSON: of the data set, or of a pinned answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from c5graph.negotiate import Format
from c5graph.pins import Pin

TITLE: Final = (
    "c5graph: relations between the five Central Asian states and the United States as claims"
)
AUTHOR: Final = "c5graph maintainers"
PUBLISHER: Final = "c5graph"
LICENCE: Final = "CC-BY-4.0"
BIBTEX: Final = Format("bibtex", ("application/x-bibtex",), "BibTeX", "bib")
RIS: Final = Format("ris", ("application/x-research-info-systems",), "RIS", "ris")
CSL: Final = Format("csl", ("application/vnd.citationstyles.csl+json",), "CSL JSON", "json")
TEXT: Final = Format("text", ("text/plain",), "words", "txt")
_BIBTEX: Final = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")


@dataclass(frozen=True)
class Citation:
    """What is cited at which service; `pin` is None for the data set as a whole."""

    root: str
    version: str
    pin: Pin | None = None
    question: str | None = None
    accessed: date | None = None
    published: date | None = None
    """The day of the data version."""

    @property
    def title(self) -> str:
        """Title of the data set, with what was asked of it."""
        return _clean(f"{self.question} In: {TITLE}" if self.question else TITLE)

    @property
    def url(self) -> str:
        """Where the answer is."""
        return f"{self.root}{self.pin.address if self.pin else '/dataset'}"

    @property
    def check(self) -> str | None:
        """Where it is asked again and compared."""
        if self.pin is None:
            return None
        kept = {"of": self.pin.address, "version": self.version, "digest": self.pin.digest}
        return f"{self.root}/api/cite?" + urlencode({**kept, "rows": self.pin.rows})

    @property
    def note(self) -> str:
        """What pins it."""
        parts = [f"Data version {self.version}"]
        if self.pin is not None:
            parts += [f"result {self.pin.digest}, {self.pin.rows} rows", f"checked at {self.check}"]
        return _clean("; ".join(parts))

    @property
    def key(self) -> str:
        """A key for bibliographies."""
        mark = self.pin.digest.removeprefix("sha256:")[:8] if self.pin else self.version
        return "c5graph-" + re.sub(r"[^A-Za-z0-9.]", "-", mark)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "title": self.title,
            "version": self.version,
            "url": self.url,
            "check": self.check,
            "text": self.text(),
            "pin": self.pin.as_dict() if self.pin else None,
        }

    def text(self) -> str:
        """One paragraph."""
        year = f" {self.published.year}." if self.published else ""
        seen = f" Accessed {self.accessed.isoformat()}." if self.accessed else ""
        return f"{AUTHOR}.{year} {self.title.rstrip('.')}. {self.note}. {self.url}.{seen}"

    def bibtex(self) -> str:
        """An entry for biblatex."""
        fields = {
            "author": f"{{{AUTHOR}}}",
            "title": f"{{{_escaped(self.title)}}}",
            "publisher": PUBLISHER,
            **self._dates(),
            "version": _escaped(self.version),
            "url": self.url,
            "note": _escaped(self.note),
            **({"urldate": self.accessed.isoformat()} if self.accessed else {}),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@dataset{{{self.key},\n{lines}}}\n"

    def _dates(self) -> dict[str, str]:
        """The year as well as the day: older styles know nothing of `date`."""
        if self.published is None:
            return {}
        return {"year": str(self.published.year), "date": self.published.isoformat()}

    def ris(self) -> str:
        """A record in RIS."""
        return "".join(f"{tag}  - {value}\r\n" for tag, value in self._ris())

    def csl(self) -> str:
        """A list of one item in CSL JSON."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": "dataset",
            "title": self.title,
            "author": [{"literal": AUTHOR}],
            "publisher": PUBLISHER,
            "version": self.version,
            "URL": self.url,
            "note": self.note,
        }
        for name, day in (("issued", self.published), ("accessed", self.accessed)):
            if day:
                item[name] = {"date-parts": [[day.year, day.month, day.day]]}
        return json.dumps([item], ensure_ascii=False, indent=1) + "\n"

    def written(self, form: Format) -> str:
        """The citation in one of the formats."""
        writers = {BIBTEX: self.bibtex, RIS: self.ris, CSL: self.csl, TEXT: self.text}
        return writers[form]()

    def _ris(self) -> Iterator[tuple[str, str]]:
        yield from (("TY", "DATA"), ("AU", AUTHOR), ("TI", self.title), ("PB", PUBLISHER))
        yield from (("ET", self.version), ("UR", self.url), ("N1", self.note))
        if self.published:
            yield "PY", str(self.published.year)
            yield "DA", self.published.strftime("%Y/%m/%d")
        if self.accessed:
            yield "Y2", self.accessed.strftime("%Y/%m/%d")
        yield "ER", ""


def _clean(text: str) -> str:
    """Without line ends and control signs, which would end a field of RIS."""
    return _CONTROL.sub(" ", text).strip()


def _escaped(text: str) -> str:
    return "".join(_BIBTEX.get(sign, sign) for sign in text)

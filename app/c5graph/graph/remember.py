"""Remembers validations, so that a start need not wait for one.

A result is kept under the digest of everything that it depends on. The wheel carries the
result for the shipped data; other results are kept in the user's cache folder.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from c5graph import resources
from c5graph.errors import NotConforming, Unparsable
from c5graph.graph.problems import PARSE, ValidationReport, read_report
from c5graph.graph.sources import InputFile, Sources, digest_of, program_digest

_JUDGES = ("pyoxigraph", "pyshacl", "rdflib")


def validated(sources: Sources, cache: Path, *, fresh: bool = False) -> ValidationReport:
    """The validation of these inputs: shipped or remembered where there is one, else made now."""
    known = None if fresh else remembered(sources, cache)
    if known is not None:
        return known
    # rdflib and pySHACL take longer to import than a start with a remembered result takes.
    from c5graph.graph.validate import validate

    made = validate(sources, cache=cache)
    keep(made, memory_of(cache, made.digest))
    return made


def remembered(sources: Sources, cache: Path) -> ValidationReport | None:
    """The validation of these inputs that is shipped or was made before, if there is one."""
    digest = validation_digest(sources, resources.root())
    for path in (resources.shipped_validation(), memory_of(cache, digest)):
        known = read_report(path)
        if known is not None and known.digest == digest:
            return known
    return None


def memory_of(cache: Path, digest: str) -> Path:
    """Where the validation of this digest is remembered."""
    return cache / f"validation-{digest[:32]}.json"


def ensure_valid(sources: Sources, cache: Path) -> ValidationReport:
    """As `validated`; raises NotConforming unless all conforms."""
    return insist(validated(sources, cache))


_REMEDY = "`c5graph validate` lists every problem and what to do about it."
SHAPES_REMEDY = "Mend the data, or the shapes that --shapes names."


def insist(report: ValidationReport, remedy: str = _REMEDY) -> ValidationReport:
    """The report; raises NotConforming, which lists what is wrong, unless all conforms."""
    if not report.conforms:
        first = "\n".join(f"  {problem}" for problem in report.errors[:10])
        unread = any(problem.rule == PARSE for problem in report.problems)
        raise (Unparsable if unread else NotConforming)(
            f"The data does not conform: {len(report.errors)} errors.\n{first}",
            remedy=remedy,
        )
    return report


def validation_digest(sources: Sources, root: Path) -> str:
    """Digest of all that a validation depends on: data, shapes, rules, checks, queries, program."""
    folders = (("ontology/checks", "*.rq"), ("queries", "*.rq"))
    extra = [
        InputFile(path.relative_to(root).as_posix(), path, None)
        for folder, pattern in folders
        for path in (root / folder).glob(pattern)
    ]
    total = hashlib.sha256(f"{digest_of(extra)} {program_digest()}".encode())
    total.update(sources.digest.encode())
    total.update("".join(f"{name} {metadata.version(name)}\n" for name in _JUDGES).encode())
    return total.hexdigest()


def rules_digest(sources: Sources, root: Path) -> str:
    """Digest of all by which the shapes judge a node: shapes, ontology, program."""
    rules = [item for item in sources.inputs if item.graph in ("shapes", "ontology")]
    total = hashlib.sha256(f"{digest_of(rules)} {program_digest()}".encode())
    total.update(str(root).encode())
    total.update("".join(f"{name} {metadata.version(name)}\n" for name in _JUDGES).encode())
    return total.hexdigest()


def keep(report: ValidationReport, path: Path) -> None:
    """Remember a report."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        partial.write_text(replace(report, remembered=False).to_json(), encoding="utf-8")
        partial.replace(path)
    except OSError:
        # A cache that cannot be written costs time at the next start, nothing else.
        return

"""`c5graph cite`: how to cite an answer, and whether it is still the same."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import typer

from c5graph.catalogue import Catalogue
from c5graph.citations import BIBTEX, CSL, RIS, TEXT, Citation
from c5graph.cli.console import out
from c5graph.cli.data import Data, With, chosen_sources, named_values
from c5graph.dated import day_of_data
from c5graph.errors import BadParameter, Exit, MissingInput
from c5graph.graph.release import build_release
from c5graph.lenses import day
from c5graph.namespaces import BASE
from c5graph.pins import QUERIES, Verdict, address_of, compared, pin, read_pin
from c5graph.rerun import rerun
from c5graph.settings import Settings
from c5graph.titles import title_at

_FORMS = {form.name: form for form in (BIBTEX, RIS, CSL, TEXT)}


def cite(
    of: Annotated[
        str | None,
        typer.Argument(help="Address such as /api/ledger?power=china, or a saved question."),
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option(help="Parameter of a saved question, as name=value.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, bibtex, ris, csl or json.")] = "text",
    accessed: Annotated[str | None, typer.Option(help="Day of access, as 2025-11-06.")] = None,
    check: Annotated[
        Path | None, typer.Option(help="File that --format json wrote: is it the same?")
    ] = None,
    joined: With = None,
    data: Data = None,
) -> None:
    """Cite the data set or an answer, pinned to its lens, the data version and a digest.

    With --check an answer that was pinned is asked again; exit code 1 when it has changed.

    Examples: c5graph cite
    c5graph cite '/api/ledger?state=tajikistan&knownAt=2025-12-31' --format bibtex
    c5graph cite what-does-a-state-seek --param state=tajikistan --format json > pin.json
    c5graph cite --check pin.json
    """
    if form not in (*_FORMS, "json"):
        raise BadParameter(f"{form!r} is no format.", remedy=f"Use {', '.join(_FORMS)} or json.")
    settings, catalogue = Settings.from_environment(), Catalogue()
    release = build_release(chosen_sources(data, joined))
    if check is not None:
        then = read_pin(_read(check))
        rows = rerun(release, catalogue, address_of(then.address), settings)
        now = pin(address_of(then.address), release.version, rows)
        raise typer.Exit(_told(compared(then, now, rows)))
    address = _address(of, param) if of else None
    rows = rerun(release, catalogue, address, settings) if address else []
    cited = Citation(
        root=settings.public_url.rstrip("/") or BASE.rstrip("/"),
        version=release.version,
        pin=pin(address, release.version, rows) if address else None,
        question=title_at(release, catalogue, address) if address else None,
        published=day_of_data(release.index),
        accessed=day({"accessed": [accessed]}, "accessed") if accessed else None,
    )
    sys.stdout.write(_written(cited, form))


def _written(cited: Citation, form: str) -> str:
    if form == "json":
        shown = cited.pin.as_dict() if cited.pin else cited.as_dict()
        return json.dumps(shown, ensure_ascii=False, indent=1) + "\n"
    text = cited.written(_FORMS[form])
    return text if text.endswith("\n") else text + "\n"


def _address(of: str, param: list[str] | None) -> str:
    values = named_values(param)
    if "/" not in of:
        return address_of(f"{QUERIES}{of}?{urlencode(values)}")
    if values:
        raise BadParameter("--param is for saved questions.", remedy="Write it into the address.")
    return address_of(of)


def _told(verdict: Verdict) -> Exit:
    told: dict[str, Any] = verdict.as_dict()
    out.print(f"{told['verdict']}: {told['address']}", markup=False)
    if told["version_changed"]:
        out.print(f"  data version {told['then']['version']} -> {told['now']['version']}")
    if verdict.same:
        return Exit.OK
    out.print(f"  rows {told['then']['rows']} -> {told['now']['rows']}")
    if told["removed_total"] is None:
        out.print("  The pin holds no digests of rows, so which of them changed is not known.")
        return Exit.FINDINGS
    out.print(f"  {told['added_total']} rows are new, {told['removed_total']} are gone.")
    for row in told["added"]:
        out.print(f"  + {row}", markup=False)
    return Exit.FINDINGS


def _read(path: Path) -> object:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise MissingInput(
            f"{path}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error
    except ValueError as error:
        raise BadParameter(f"{path}: no JSON.", remedy="Give what --format json wrote.") from error
    # The service gives the pin inside of more.
    return found.get("pin") or found if isinstance(found, dict) else found

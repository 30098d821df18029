"""Options that several commands share, and the graph that they choose."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from c5graph.cli.console import err
from c5graph.errors import BadParameter, UnknownReport
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release, View
from c5graph.graph.sources import Sources
from c5graph.graph.withheld import insist_on_open, public_sources, withheld_names
from c5graph.lenses import instead_of, parse_lens
from c5graph.namespaces import REPORT, expand

With = Annotated[
    list[Path] | None,
    typer.Option("--with", help="RDF files or folders to join to the shipped graph."),
]
Data = Annotated[
    list[Path] | None,
    typer.Option("--data", help="RDF files or folders to use instead of the shipped graph."),
]


Private = Annotated[
    bool,
    typer.Option("--private", help="For your own use: with what nobody may pass on."),
]


def passed_on(sources: Sources, *, private: bool) -> Sources:
    """The sources without what nobody may pass on, unless it is for the holder's own use.

    What is left out is told. Raises Withheld where files are used as they are and hold such.
    """
    if private:
        return sources
    if not sources.ours:
        insist_on_open(sources)
        return sources
    for name in sorted(withheld_names(sources)):
        err.print(f"Left out, since nobody may pass it on: {name} (--private keeps it).")
    return public_sources(sources)


Prepared = Annotated[
    Path | None, typer.Option("--store", help="Folder that `c5graph load` has made, to read from.")
]


def chosen_sources(
    data: list[Path] | None, joined: list[Path] | None, store: Path | None = None
) -> Sources:
    """The sources that `--data` and `--with` ask for; both together contradict each other."""
    if store is not None and (data or joined):
        raise BadParameter(
            "--store excludes --data and --with.", remedy="Load files into it: c5graph load --store"
        )
    if store is not None:
        return Sources.prepared(store)
    if data and joined:
        raise BadParameter(
            "--data and --with exclude each other.",
            remedy="Use --data for your files alone, --with to add them to the shipped graph.",
        )
    if data:
        return Sources.files(data)
    return Sources.shipped().joined(joined or [])


AsOf = Annotated[
    str | None, typer.Option("--as-of", help="Held in the world on this day: only that counts.")
]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", help="Reported up to this day: only that counts.")
]
Reports = Annotated[
    list[str] | None, typer.Option("--report", help="Only claims of this report; may repeat.")
]
Origins = Annotated[
    int, typer.Option("--min-origins", min=1, help="Only what so many independent origins tell.")
]
Possible = Annotated[
    bool, typer.Option("--possible", help="With a day: also what may have held or been published.")
]


Kinds = Annotated[
    list[str] | None,
    typer.Option("--kind", help="Only reports of this kind, such as news; may repeat."),
]
Interests = Annotated[
    list[str] | None,
    typer.Option("--interest", help="Only reports of this interest; may repeat."),
]
Modalities = Annotated[
    list[str] | None,
    typer.Option("--modality", help="Wordings that count: asserted, planned, ... or all."),
]


def chosen_view(release: Release, **options: object) -> View:
    """The release through the lens that the options ask for, by names of URL parameters.

    Raises BadParameter, or UnknownReport.
    """
    lens = chosen_lens(release, **options)
    return release.view if lens == release.view.lens else release.view_under(lens)


def chosen_lens(release: Release, **options: object) -> Lens:
    """The lens that the options ask for, by names of URL parameters.

    Raises BadParameter, or UnknownReport.
    """
    given = given_options(**{**options, "minOrigins": _unless_one(options.get("minOrigins"))})
    reports = given.get("reports", [])
    known_reports(map(report_iri, reports), release.record.reports)
    return parse_lens(given, release.record)


def _unless_one(origins: object) -> object:
    return None if origins == 1 else origins


def given_options(**options: object) -> dict[str, list[str]]:
    """Options by the names of URL parameters; what was not given is left out.

    One origin is what every claim has: asking for it asks for no lens, which data without claims
    could not have.
    """
    return {
        name: [str(each) for each in value] if isinstance(value, list) else [str(value)]
        for name, value in options.items()
        if value is not None and value != [] and (name, value) != ("minOrigins", 1)
    }


def report_iri(name: str) -> str:
    """IRI of a report given as slug, CURIE or IRI."""
    return expand(name) or (name if ":" in name else REPORT + name)


def known_reports(wanted: Iterable[str], known: Iterable[str]) -> None:
    """Raise UnknownReport for the first report that the graph does not have."""
    slugs = [iri.removeprefix(REPORT) for iri in known]
    for iri in wanted:
        if iri.removeprefix(REPORT) not in slugs:
            raise UnknownReport(
                f"There is no report {iri.removeprefix(REPORT)!r}.",
                remedy=instead_of(iri.removeprefix(REPORT), slugs),
            )


def named_values(pairs: list[str] | None) -> dict[str, str]:
    """Values given as `name=value`."""
    found = {}
    for pair in pairs or []:
        name, equals, value = pair.partition("=")
        if not equals:
            raise BadParameter(
                f"{pair!r} is not name=value.", remedy="Write --param state=kazakhstan."
            )
        found[name.strip()] = value
    return found

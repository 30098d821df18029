"""GDELT 2.0 events: tables without a header, of which a machine writes one each quarter hour."""

from __future__ import annotations

from c5graph.authoring.terms import CellFault
from c5graph.held import cells, coded
from c5graph.held.draft import Draft, LeftOut, Mapping
from c5graph.held.layout import Layout, Publisher
from c5graph.held.reading import Record

_ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code "
    "Type2Code Type3Code"
).split()
_PLACE = "Type Fullname CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
_EVENT = (
    "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions "
    "NumSources NumArticles AvgTone"
).split()
ORDER = (
    *("GlobalEventID", "Day", "MonthYear", "Year", "FractionDate"),
    *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR),
    *_EVENT,
    *(f"{of}Geo_{part}" for of in ("Actor1", "Actor2", "Action") for part in _PLACE),
    *("DATEADDED", "SOURCEURL"),
)
LAYOUT = Layout(
    kind="gdelt",
    title="GDELT Event Database",
    edition="2.0, 61 columns",
    publisher=Publisher("gdelt", "Organisation", "GDELT", "Machine coder of events in news."),
    url="https://www.gdeltproject.org/data.html",
    terms="https://www.gdeltproject.org/about.html",
    interest="aggregator",
    report_kind="summary",
    columns=(
        "GlobalEventID",
        "Day",
        "Actor1CountryCode",
        "Actor2CountryCode",
        "IsRootEvent",
        "EventCode",
        "QuadClass",
    ),
    sources=(
        "names and order of the columns as three programs that read the files list them",
        "the opening of the publisher's codebook 2.0 of 19 February 2015, as copied",
        "the four values of QuadClass as programs that read the files list them",
    ),
    order=ORDER,
    mark="\t",
    quoted=False,
)
_CLASSES = {
    "1": "verbal cooperation",
    "2": "material cooperation",
    "3": "verbal conflict",
    "4": "material conflict",
}


def record(draft: Draft, row: Record) -> None:
    """An event between actors of two states that is the matter of a news text."""
    codes = row["Actor1CountryCode"], row["Actor2CountryCode"]
    states = coded.two_states(draft, *codes)
    if row["IsRootEvent"] != "1":
        raise LeftOut("told in passing (no root event)")
    number = str(cells.whole(row["GlobalEventID"]))
    if row["QuadClass"] not in _CLASSES:
        raise CellFault(f"{row['QuadClass'][:20]!r} is no QuadClass.", "It is 1 to 4.")
    words = f"{_CLASSES[row['QuadClass']]} (CAMEO {cells.code(row['EventCode'])}) of "
    words += " and ".join(map(draft.called, states))
    made = coded.event(draft, row, number, words, cells.day(row["Day"]))
    for state, code in zip(states, codes, strict=True):
        coded.actor(draft, row, number, made, (state, f"actor of {code}"))


MAPPING = Mapping(LAYOUT, record)

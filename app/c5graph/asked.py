"""Saved questions in the words of a language: question, remark, parameters, subjects, columns.

Their files are English. The catalogues of the interface hold the rest under three contexts, so
that a word such as `state` is told apart where it is a subject, a column or neither.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from c5graph.catalogue import SavedQuery
from c5graph.speech import ENGLISH, apart, interface, within

QUESTION: Final = "question"
SUBJECT: Final = "subject of questions"
COLUMN: Final = "column"
LABEL: Final = "Label"
"""Ends the name of a column that holds names of things."""
_WORDS: Final = {
    "amountDoubt": "doubt about the amount",
    "asVoice": "as speaker",
    "bidderModality": "wording on the bidder",
    "by": "how related",
    "calledAmerican": "called American",
    "claimGloss": "claim in words",
    "concerned": "what it concerns",
    "earlierGloss": "earlier one in words",
    "gloss": "claim in words",
    "high": "high end",
    "hopeGloss": "hope in words",
    "hostModality": "wording on the host",
    "laterGloss": "later one in words",
    "low": "low end",
    "modality": "wording",
    "oneModality": "wording of the one",
    "onePeriod": "period of the one",
    "oneReports": "reports of the one",
    "oneVoice": "voice of the one",
    "otherGloss": "other one in words",
    "otherModality": "wording of the other",
    "otherReports": "reports of the other",
    "otherVoice": "voice of the other",
    "placeModality": "wording on the place",
    "reasonClaims": "claims of a reason",
    "strongReports": "reports of the strong stage",
    "underDefaultLens": "under the default lens",
    "weakReports": "reports of the weak stage",
    "wishModality": "wording of the wish",
}
"""What English calls a column whose name says too little; any other is read word by word."""


def asked(query: SavedQuery, language: str | None = None) -> SavedQuery:
    """The question in a language, by default the reader's; what has no words there is English."""
    lang = language or interface()
    return replace(
        query,
        question=within(QUESTION, query.question, lang),
        description=within(QUESTION, query.description, lang),
        parameters=tuple(
            replace(each, description=within(QUESTION, each.description, lang))
            for each in query.parameters
        ),
    )


def subject(tag: str) -> str:
    """A tag of questions in the reader's language."""
    return within(SUBJECT, tag, interface())


def column(name: str) -> str:
    """The heading of a column of any query; a name that no saved question has stays as it is."""
    thing = name.removesuffix(LABEL)
    told = within(COLUMN, thing, interface())
    return name if told == thing else told


def heading(name: str) -> str:
    """The heading of a column of a saved question, in words."""
    told = column(name)
    return told if interface() != ENGLISH else _in_words(name.removesuffix(LABEL))


def _in_words(name: str) -> str:
    return _WORDS.get(name) or apart(name)


def behind_last(names: list[str]) -> list[str]:
    """The columns with the claims behind a row last, where a question is of something else."""
    if not names or _of_claims(names[0]):
        return names
    return sorted(names, key=_of_claims)


def _of_claims(name: str) -> bool:
    return name.startswith("claim") or name.endswith("Claims")

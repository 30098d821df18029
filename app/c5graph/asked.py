"""Saved questions in the words of a language: question, remark, parameters, subjects, columns.

Their files are English. The catalogues of the interface hold the rest under three contexts, so
that a word such as `state` is told apart where it is a subject, a column or neither.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from c5graph.catalogue import SavedQuery
from c5graph.speech import interface, within

QUESTION: Final = "question"
SUBJECT: Final = "subject of questions"
COLUMN: Final = "column"
LABEL: Final = "Label"
"""Ends the name of a column that holds names of things."""


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
    """The heading of a column; a name that no saved question has stays as it is."""
    thing = name.removesuffix(LABEL)
    told = within(COLUMN, thing, interface())
    return name if told == thing else told

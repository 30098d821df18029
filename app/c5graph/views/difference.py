"""What is said of one thing in two views: what came, what went, and what weighs differently."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from c5graph.edges import Named
from c5graph.views.thing import Statement, Thing

_Key = tuple[bool, str, str, str]
_APART = ("denied", "deprecated", "undecided")


@dataclass(frozen=True)
class Change:
    """One statement in two views; None where it is not said."""

    predicate: Named
    incoming: bool
    before: Statement | None
    after: Statement | None

    @property
    def said(self) -> Statement:
        """The statement as it is said last."""
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def kind(self) -> str:
        """Whether it is new, gone or changed; empty where it is the same."""
        if self.before is None or self.after is None:
            return "new" if self.before is None else "gone"
        return "changed" if self.before.standing != self.after.standing else ""


@dataclass(frozen=True)
class Difference:
    """The statements that differ, the new ones first, and how many are the same."""

    changes: tuple[Change, ...]
    same: int


def difference(before: Thing, after: Thing, without: Container[str]) -> Difference:
    """Compare two views of a thing, without the relations that others have to it by these."""
    then, now = _statements(before, without), _statements(after, without)
    every = [
        Change(
            predicate=(now.get(key) or then[key])[0],
            incoming=key[0],
            before=then[key][1] if key in then else None,
            after=now[key][1] if key in now else None,
        )
        for key in dict.fromkeys((*now, *then))
    ]
    order = ("new", "changed", "gone")
    changes = sorted((each for each in every if each.kind), key=lambda each: order.index(each.kind))
    return Difference(tuple(changes), len(every) - len(changes))


def _statements(thing: Thing, without: Container[str]) -> dict[_Key, tuple[Named, Statement]]:
    """The weightiest statement of each content; what is denied or set aside is another content."""
    found: dict[_Key, tuple[Named, Statement]] = {}
    for group in (*thing.about, *thing.others):
        predicate = group.predicate.iri or ""
        for said in group.statements:
            if not (group.incoming and predicate in without):
                apart = said.standing if said.standing in _APART else ""
                key = group.incoming, predicate, said.other.iri or said.other.label, apart
                found.setdefault(key, (group.predicate, said))
    return found

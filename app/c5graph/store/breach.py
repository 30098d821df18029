"""Which variable breaks a rule of SPARQL, and where: an engine names at most the rule.

What the tokens show is enough: what each SELECT selects and groups by, and what stands before
each BIND. It is looked at only when an engine has refused the query.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, NamedTuple

from c5graph import scan
from c5graph.scan import Token

_AGGREGATES: Final = frozenset("AVG COUNT GROUP_CONCAT MAX MIN SAMPLE SUM".split())
_AFTER_GROUP: Final = frozenset("HAVING ORDER LIMIT OFFSET VALUES".split())
_APART: Final = frozenset(("EXISTS", "MINUS"))  # what they bind is not seen outside of them
_TWINS: Final = {"}": "{", ")": "(", "]": "["}
# A hostile text has more of both than a reader writes.
_TOKENS, _SELECTS = 5_000, 50


class Breach(NamedTuple):
    """What is wrong at an offset, and what to do."""

    offset: int
    message: str
    remedy: str


@dataclass
class _Group:
    """A group of patterns that is open: its variables so far, and how many brackets."""

    selects: bool = False
    apart: bool = False
    bound: set[str] = field(default_factory=set)
    brackets: int = 0


@dataclass(frozen=True)
class _Item:
    """One thing that is selected: a variable, or an expression with the variable it goes to."""

    name: Token
    expression: Sequence[Token] | None = None


class _Select:
    """A SELECT with its parts."""

    def __init__(self, found: Sequence[Token], start: int, twins: dict[int, int]) -> None:
        self._found, self._twins = found, twins
        self.items, at = self._items(start + 1)
        opening = next((n for n in range(at, len(found)) if found[n].text == "{"), len(found))
        closing = twins.get(opening, len(found))
        self.pattern = found[opening:closing]
        self.after = found[closing + 1 : self._end(closing + 1)]

    def breaches(self) -> Iterator[Breach]:
        """What breaks a rule, in order."""
        grouped = self._grouped()
        known = {_name(each) for each in self.pattern if each.kind == "variable"}
        made: set[str] = set()
        for item in self.items:
            if item.name.text == "*":
                yield from _star(item.name) if grouped is not None else ()
                continue
            yield from _not_grouped(item, None if grouped is None else grouped | made)
            name = _name(item.name)
            if name in made:
                yield _twice(item.name)
            elif item.expression and name in (known if grouped is None else grouped):
                yield _anew(item.name)
            made.add(name)

    def reused(self) -> Iterator[Breach]:
        """What is made beside sums and used again, which SPARQL allows and not every engine."""
        grouped = self._grouped()
        made: set[str] = set()
        for item in self.items if grouped is not None else ():
            yield from (_beside_sums(v) for v in _loose(item.expression or ()) if _name(v) in made)
            made |= {_name(item.name)} - (grouped or frozenset())

    def _items(self, at: int) -> tuple[list[_Item], int]:
        items = []
        while at < len(self._found):
            token = self._found[at]
            if token.kind == "variable" or token.text == "*":
                items.append(_Item(token))
            elif token.text == "(" and at in self._twins:
                inside = self._found[at + 1 : self._twins[at]]
                if inside and inside[-1].kind == "variable":
                    items.append(_Item(inside[-1], inside[:-2]))
                at = self._twins[at]
            elif token.text.upper() not in ("DISTINCT", "REDUCED"):
                break
            at += 1
        return items, at

    def _end(self, at: int) -> int:
        """Where what follows the pattern ends: at the bracket of the group around it."""
        while at < len(self._found) and self._found[at].text != "}":
            at = self._twins.get(at, at) + 1
        return at

    def _grouped(self) -> frozenset[str] | None:
        """The variables that groups are made by; None where nothing is grouped or added up."""
        words = [each.text.upper() for each in self.after]
        if "GROUP" in words:
            if words[-1] == "BY":  # what is missing is told otherwise
                return None
            return frozenset(_keys(self.after[words.index("GROUP") + 1 :]))
        selected = [token for item in self.items for token in item.expression or ()]
        counted = any(each.text.upper() in _AGGREGATES for each in (*selected, *self.after))
        return frozenset() if counted else None


def breach(query: str) -> Breach | None:
    """The first that is found; None where nothing is, or the text is too long to look at."""
    found = list(islice(scan.tokens(query), _TOKENS + 1))
    return None if len(found) > _TOKENS else next(_breaches(found), None)


def _breaches(found: Sequence[Token]) -> Iterator[Breach]:
    twins = _twins(found)
    starts = (n for n, each in enumerate(found) if _is(each, "SELECT"))
    selects = [_Select(found, start, twins) for start in islice(starts, _SELECTS)]
    for each in selects:
        yield from each.breaches()
    yield from _Groups(found, twins).breaches()
    for each in selects:
        yield from each.reused()


class _Groups:
    """Walks through the groups of patterns of a query, and tells what breaks a rule in them."""

    def __init__(self, found: Sequence[Token], twins: dict[int, int]) -> None:
        self._found, self._twins = found, twins
        self._open = [_Group(selects=True)]

    def breaches(self) -> Iterator[Breach]:
        """Each BIND of a variable that has a value by then, each aggregate where nothing is one."""
        for place, token in enumerate(self._found):
            if token.text in ("{", "}"):
                self._brace(place)
            elif token.text in ("(", ")"):
                self._open[-1].brackets += 1 if token.text == "(" else -1
                yield from self._called(place)
            elif token.kind == "variable" and self._binds(place):
                self._open[-1].bound.add(_name(token))

    def _brace(self, place: int) -> None:
        if self._found[place].text == "{":
            first = self._found[place + 1 : place + 2]
            selects = any(_is(each, "SELECT") for each in first)
            self._open.append(_Group(selects, place > 0 and _is(self._found[place - 1], *_APART)))
        elif len(self._open) > 1:
            inner = self._open.pop()
            self._open[-1].bound.update(() if inner.apart else inner.bound)

    def _binds(self, place: int) -> bool:
        return not self._open[-1].brackets or _is(self._found[place - 1], "AS")

    def _called(self, place: int) -> Iterator[Breach]:
        name, group = self._found[place - 1] if place else None, self._open[-1]
        if name is None or place not in self._twins:
            return
        if _is(name, *_AGGREGATES) and not group.selects:
            yield _no_groups(name)
        made = self._found[self._twins[place] - 1]
        if _is(name, "BIND") and _name(made) in group.bound:
            yield _anew(made)


def _twins(found: Sequence[Token]) -> dict[int, int]:
    """Where each bracket that opens is closed."""
    opened: list[int] = []
    twins = {}
    for place, token in enumerate(found):
        if token.kind == "other" and token.text in _TWINS.values():
            opened.append(place)
        elif opened and _TWINS.get(token.text) == found[opened[-1]].text:
            twins[opened.pop()] = place
    return twins


def _name(variable: Token) -> str:
    return variable.text[1:]  # ?a and $a are one


def _is(token: Token, *words: str) -> bool:
    return token.kind == "word" and token.text.upper() in words


def _keys(after: Sequence[Token]) -> Iterator[str]:
    """The variables of GROUP BY that can be selected: by themselves, in brackets, or made by AS."""
    depth = 0
    for place, token in enumerate(after):
        if _is(token, *_AFTER_GROUP):
            return
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        around = [each.text for each in after[place - 1 : place + 2 : 2]]
        alone = not depth or (around == ["(", ")"] and depth == 1) or around[0].upper() == "AS"
        if token.kind == "variable" and alone:
            yield _name(token)


def _not_grouped(item: _Item, kept: Iterable[str] | None) -> Iterator[Breach]:
    if kept is None:
        return
    for each in [item.name] if item.expression is None else _loose(item.expression):
        if _name(each) not in kept:
            message = f"The variable {each.text} is selected, but neither grouped nor added up."
            remedy = f"Add {each.text} to GROUP BY, or write SAMPLE({each.text}), say, with a name."
            yield Breach(each.start, message, remedy)


def _loose(expression: Sequence[Token]) -> Iterator[Token]:
    """The variables of an expression that stand in no aggregate."""
    inside = 0
    for place, token in enumerate(expression):
        opens = token.text == "(" and (inside or _is(expression[place - 1], *_AGGREGATES))
        inside += 1 if opens else -1 if token.text == ")" and inside else 0
        if token.kind == "variable" and not inside:
            yield token


def _twice(name: Token) -> Breach:
    message = f"The variable {name.text} is selected twice."
    return Breach(name.start, message, "Take one of them out, or choose another name after AS.")


def _anew(name: Token) -> Breach:
    message = f"The variable {name.text} has a value before it is given one here."
    return Breach(name.start, message, "Choose another name after AS.")


def _beside_sums(name: Token) -> Breach:
    message = f"The variable {name.text} is made in the same SELECT, where sums are made too."
    remedy = "Write once more what it stands for, or make it in a SELECT of its own inside."
    return Breach(name.start, message, remedy)


def _no_groups(name: Token) -> Breach:
    message = f"{name.text} has no place here, where nothing is grouped yet."
    remedy = "Ask for it by HAVING after GROUP BY, or in a SELECT of its own inside."
    return Breach(name.start, message, remedy)


def _star(star: Token) -> Iterator[Breach]:
    message = "There is no SELECT * with GROUP BY."
    yield Breach(star.start, message, "Name what is grouped by and what is added up.")

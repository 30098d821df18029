"""What each tool takes and promises.

Each asks a route of the service, whose limits and lenses are therefore its own, and has every
row of the answer cite.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from functools import cached_property
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from c5graph.graph.lens import Lens
from c5graph.lenses import parse_lens
from c5graph.scan import with_prefixes
from c5graph.service import Service
from c5graph.tools import answers
from c5graph.tools.answers import Answer
from c5graph.tools.arguments import (
    Classes,
    Cursor,
    Direction,
    Firmness,
    Language,
    LensConditions,
    Names,
    Rows,
    Seen,
    Thing,
    Through,
    Tool,
)
from c5graph.tools.around import around
from c5graph.tools.asking import Asker, as_parameters
from c5graph.tools.citing import Citer
from c5graph.tools.querying import queried
from c5graph.tools.terms import Vocabulary

_KEPT: Final = 8


class Tools:
    """The tools over one service; `app` answers its routes."""

    def __init__(self, service: Service, app: Any) -> None:
        self._service, self._asker = service, Asker(app)
        self._citers: OrderedDict[Lens, Citer] = OrderedDict()

    def every(self) -> tuple[Tool, ...]:
        """All of them; a tool's name is its function's."""
        looked_up = (self.search, self.entity, self.neighbours, self.paths, self.evidence)
        desk = (self.ledger, self.disputes, self.changes)
        return (*looked_up, *desk, self.saved_questions, self.saved_question, self.sparql)

    async def search(
        self,
        name: Annotated[str, Field(max_length=200, description="A name, in any script.")],
        types: Names = None,
        limit: Rows = 10,
        language: Language = "en",
        lens: Seen = None,
    ) -> Answer:
        """Find things by name, typos and romanisations forgiven, with the claims about each."""
        citer = await self._citer(lens)
        given = {"q": name, "type": types, "limit": limit, "lang": language, **(lens or {})}
        return answers.hits(citer, await self._asker.json("/api/search", given))

    async def entity(
        self, entity: Thing, limit: Rows = 50, language: Language = "en", lens: Seen = None
    ) -> Answer:
        """Tell what one thing is and every claim about it, as subject and as object."""
        citer = await self._citer(lens)
        given = {"limit": limit, "lang": language, **(lens or {})}
        as_subject, as_object, near = await asyncio.gather(
            self._asker.json("/api/evidence", {"subject": entity, **given}),
            self._asker.json("/api/evidence", {"object": entity, **given}),
            self._asker.json("/api/neighbours", {"entity": entity, **given, "limit": 1}),
        )
        claims = {each["iri"]: each for each in [*as_subject["claims"], *as_object["claims"]]}
        total = as_subject["claims_total"] + as_object["claims_total"]
        found = {"counts": near["counts"], "total": total, "truncated": total > len(claims)}
        rows = (citer.cite(each, [each["iri"]]) for each in claims.values())
        return {"entity": near["entity"], **answers.answer(citer, found, rows)}

    async def neighbours(
        self,
        entity: Thing,
        depth: Annotated[int, Field(ge=1, le=3)] = 1,
        direction: Direction = "both",
        predicates: Names = None,
        types: Names = None,
        firmness: Firmness = None,
        through: Through = "all",
        limit: Rows = 40,
        language: Language = "en",
        lens: Seen = None,
    ) -> Answer:
        """Edges around a thing; of both directions, incoming and outgoing ones at every depth.

        `counts` counts all of them by predicate; narrow by predicates or types to see the rest.
        """
        citer = await self._citer(lens)
        given = {
            "entity": entity,
            "direction": direction,
            "predicates": predicates,
            "types": types,
            "firmness": firmness,
            "through": through,
            "lang": language,
            **(lens or {}),
        }
        return await around(self._asker, citer, given, depth, limit)

    async def paths(
        self,
        start: Thing,
        end: Thing,
        k: Annotated[int, Field(ge=1, le=20, description="How many paths.")] = 3,
        longest: Annotated[int, Field(ge=1, le=10, description="Edges at most.")] = 6,
        direction: Direction = "both",
        predicates: Names = None,
        types: Names = None,
        firmness: Firmness = None,
        through: Through = "all",
        language: Language = "en",
        lens: Seen = None,
    ) -> Answer:
        """The shortest ways from one thing to another; each is as firm as its weakest step."""
        citer = await self._citer(lens)
        given = {
            "from": start,
            "to": end,
            "k": k,
            "longest": longest,
            "direction": direction,
            "predicates": predicates,
            "types": types,
            "firmness": firmness,
            "through": through,
            "lang": language,
            **(lens or {}),
        }
        return answers.paths(citer, await self._asker.json("/api/paths", given))

    async def evidence(
        self,
        subject: Annotated[str | None, Field(description="A thing, as 'search' gives it.")] = None,
        predicate: Annotated[str | None, Field(description="A property.")] = None,
        object: Annotated[str | None, Field(description="A thing or a value.")] = None,
        limit: Rows = 20,
        language: Language = "en",
        lens: Seen = None,
    ) -> Answer:
        """Why something is so: facts with the claims behind each, and claims that yield nothing.

        Give a subject, an object or both.
        """
        citer = await self._citer(lens)
        given = {
            "subject": subject,
            "predicate": predicate,
            "object": object,
            "limit": limit,
            "lang": language,
            **(lens or {}),
        }
        return answers.reasons(citer, await self._asker.json("/api/evidence", given))

    async def ledger(
        self,
        state: Names = None,
        partner: Names = None,
        party: Names = None,
        power: Names = None,
        sector: Names = None,
        status: Names = None,
        class_: Classes = None,
        kind: Names = None,
        currency: Annotated[str | None, Field(description="Told in this, such as USD.")] = None,
        by: Literal["state", "sector", "partner", "power", "class", "status", "kind"] | None = None,
        sort: Literal["since", "amount", "origins", "name"] | None = None,
        limit: Rows = 10,
        cursor: Cursor = None,
        language: Language = "en",
        lens: Seen = None,
    ) -> Answer:
        """Agreements with parties, money and present status; sums have a low and a high end."""
        own = {"state": state, "partner": partner, "party": party, "power": power}
        more = {"sector": sector, "status": status, "class": class_, "kind": kind}
        told = {"currency": currency, "by": by, "sort": sort}
        paging = {"limit": limit, "cursor": cursor, "lang": language}
        return await self._desk("ledger", "agreements", {**own, **more, **told, **paging}, lens)

    async def disputes(
        self,
        about: Names = None,
        term: Names = None,
        kind: Names = None,
        strength: Literal["conflict", "weaker"] | None = None,
        found_by: Literal["rule", "source", "curator"] | None = None,
        claim: Annotated[list[str] | None, Field(description="With these claims.")] = None,
        dispute: Annotated[str | None, Field(description="Only the one of this id.")] = None,
        limit: Rows = 10,
        cursor: Cursor = None,
        language: Language = "en",
        lens: Seen = None,
    ) -> Answer:
        """What claims disagree on: the positions side by side, each with its claims."""
        given: dict[str, Any] = {"about": about, "term": term, "kind": kind}
        given |= {"strength": strength, "foundBy": found_by, "claim": claim, "id": dispute}
        paging = {"limit": limit, "cursor": cursor, "lang": language}
        return await self._desk("disputes", "disputes", {**given, **paging}, lens)

    async def changes(
        self,
        since: Annotated[str, Field(description="A day such as 2025-11-06.")],
        until: Annotated[str | None, Field(description="A day; today if left out.")] = None,
        about: Names = None,
        change: Annotated[
            list[Literal["status", "dispute", "gained", "lost", "report", "claim"]] | None,
            Field(description="Kinds of change; all if left out."),
        ] = None,
        limit: Rows = 20,
        cursor: Cursor = None,
        language: Language = "en",
        lens: Seen = None,
    ) -> Answer:
        """What was learned between two days: stages, disputes, facts, reports and claims."""
        given = {"from": since, "to": until, "about": about, "change": change}
        paging = {"limit": limit, "cursor": cursor, "lang": language}
        return await self._desk("changes", "changes", {**given, **paging}, lens)

    async def saved_questions(
        self, tag: Annotated[str | None, Field(description="Only with this tag.")] = None
    ) -> dict[str, Any]:
        """List the saved questions with their parameters, for 'saved_question'."""
        found = await self._asker.json("/api/queries", {"tag": tag})
        return {"data_version": found["version"], "questions": found["queries"]}

    async def saved_question(
        self,
        name: Annotated[str, Field(description="As 'saved_questions' lists it.")],
        values: Annotated[dict[str, str] | None, Field(description="Of its parameters.")] = None,
        limit: Rows = 50,
        lens: Seen = None,
    ) -> Answer:
        """Answer one saved question."""
        citer = await self._citer(lens)
        text = self._service.catalogue.get(name).bind(values or {}, self._service.release.resolve)
        words = await asyncio.to_thread(lambda: self._vocabulary)
        return await queried(self._asker, citer, words, (text, dict(lens or {})), limit)

    async def sparql(
        self,
        query: Annotated[str, Field(description="SELECT or ASK; our prefixes are known.")],
        limit: Rows = 50,
        lens: Seen = None,
    ) -> Answer:
        """Run a SPARQL query. A class or property that does not exist is refused.

        Match claims (`?claim a c5:Claim ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o`) or
        facts, and rows cite them, selected or not.
        """
        citer = await self._citer(lens)
        words = await asyncio.to_thread(lambda: self._vocabulary)
        await asyncio.to_thread(words.insist, query)
        asked = (with_prefixes(query), dict(lens or {}))
        return await queried(self._asker, citer, words, asked, limit)

    async def _desk(
        self, name: str, rows: str, given: dict[str, Any], lens: LensConditions | None
    ) -> Answer:
        citer = await self._citer(lens)
        found = await self._asker.json(f"/api/{name}", {**given, **(lens or {})})
        return answers.listing(citer, found, rows)

    async def _citer(self, conditions: LensConditions | None) -> Citer:
        given = as_parameters(dict(conditions or {}))
        lens = parse_lens(given, self._service.release.record)
        found = self._citers.pop(lens, None)
        if found is None:
            found = Citer(self._service.release, await self._service.view(lens))
        self._citers[lens] = found
        while len(self._citers) > _KEPT:
            self._citers.popitem(last=False)
        return found

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(self._service.release.index)

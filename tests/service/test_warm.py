"""What every reader asks is answered beforehand, and kept while the data version is served."""

from __future__ import annotations

import asyncio
from asyncio import CancelledError
from contextlib import suppress
from dataclasses import replace

import pytest

from c5graph.analytics import network
from c5graph.catalogue import Catalogue
from c5graph.errors import QueryFailed
from c5graph.graph.lens import DEFAULT
from c5graph.graph.release import Release
from c5graph.protocol import QueryRequest
from c5graph.routes.counts import graph_sizes
from c5graph.routes.queries import wanted_by
from c5graph.routes.warm import warm
from c5graph.service import Service, embedded_service
from c5graph.settings import Settings
from c5graph.store.port import Answer
from tests.service.conftest import Server

pytestmark = pytest.mark.slow


class Silent:
    """A store that answers nothing any more."""

    ready = True

    async def start(self) -> None: ...

    async def close(self) -> None: ...

    async def answer(self, request: QueryRequest, *_: object) -> Answer:
        raise QueryFailed(f"asked {request.query}", remedy="Ask nothing.")


async def warmed(shipped: Release) -> Service:
    service = embedded_service(Settings(), shipped, Catalogue())
    await service.store.start()
    try:
        await warm(service)
    finally:
        await service.close()
    return replace(service, store=Silent())


def test_saved_questions_and_counts_need_no_engine_once_they_are_warm(shipped: Release) -> None:
    async def run() -> None:
        service = await warmed(shipped)
        assert len(service.catalogue) > 20
        for query in service.catalogue:
            for accept in (None, "*/*", wanted_by("text/html")):
                assert (await service.saved(query.text, accept, DEFAULT)).body
        assert (await graph_sizes(service))[""] > 1000

    asyncio.run(run())


def test_networks_are_made_and_measures_have_a_process_before_anybody_asks(
    shipped: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        service = embedded_service(Settings(), shipped, Catalogue())
        await service.store.start()
        try:
            await warm(service)
            assert service.analyst.started
            monkeypatch.setattr(network, "rows_of", None)
            for state in ("kazakhstan", "turkmenistan"):
                assert service.analytics.exposure({"entity": [state]}, "en")["relations"]
        finally:
            await service.close()

    asyncio.run(run())


def test_the_first_page_is_made_before_a_reader_asks(shipped: Release) -> None:
    asked: list[str] = []

    async def run() -> None:
        async def page() -> None:
            asked.append(shipped.version)
            raise CancelledError  # the rest is of no interest here

        service = embedded_service(Settings(), shipped, Catalogue())
        try:
            for each in (service, replace(service, ours=False, store=Silent())):
                with suppress(CancelledError):
                    await warm(each, page)
        finally:
            await service.close()

    asyncio.run(run())
    assert asked == [shipped.version]


def test_another_format_is_another_answer(shipped: Release) -> None:
    async def run() -> None:
        service = await warmed(shipped)
        text = next(iter(service.catalogue)).text
        with pytest.raises(QueryFailed):
            await service.saved(text, "text/csv", DEFAULT)

    asyncio.run(run())


def test_a_saved_question_answers_alike_each_time_and_hides_our_own_mark(graph: Server) -> None:
    with graph.client() as client:
        name = next(iter(Catalogue())).name
        answers = [client.get(f"/api/queries/{name}") for _ in range(3)]
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["results"]["bindings"]
    assert all("c5graph-repeatable" not in answer.headers for answer in answers)

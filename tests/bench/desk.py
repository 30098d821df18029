"""Ledger and desk: an answer that nobody has asked before, and one under a lens that nobody has."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from c5graph.desk.bureau import Bureau
from c5graph.desk.questions import DISPUTES, LEDGER, Question
from c5graph.graph.lens import Lens
from c5graph.graph.release import Release

_RUNS = 20
_TARGET = 0.1


def desk_times(release: Release) -> Iterator[tuple[str, list[float], float | None]]:
    """Name, seconds and target of each figure; labels and claims of a first page included."""
    bureau = Bureau(release, 4)
    bureau.office(release.view)
    for question in (LEDGER, DISPUTES):
        again = [_timed(partial(_asked, bureau, question, Lens(), 40 + n)) for n in range(_RUNS)]
        yield f"{question.name}, uncached", again, _TARGET
        days = (date(2026, 1, 1) + timedelta(days=n) for n in range(_RUNS))
        lenses = (Lens(known_at=day) for day in days)
        fresh = [_timed(partial(_asked, bureau, question, lens, 50)) for lens in lenses]
        yield f"{question.name}, under a lens not asked for before", fresh, None


def _asked(bureau: Bureau, question: Question, lens: Lens, limit: int) -> None:
    question.answer(bureau.under(lens), {}, limit, "en").as_dict()


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun

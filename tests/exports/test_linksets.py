"""Links to other data sets are counted by the host they lead to, whatever it is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from c5graph.graph.release import build_release
from c5graph.graph.sources import Sources
from c5graph.metadata.statistics import Linkset, statistics
from c5graph.namespaces import C5

EXACT = "http://www.w3.org/2004/02/skos/core#exactMatch"


@pytest.mark.parametrize(
    ("target", "home"),
    [
        ("http://\u2100/x", "http://\u2100/"),
        ("http://example.org/x?a=b", "http://example.org/"),
        ("https://example.org", "https://example.org/"),
    ],
)
def test_a_link_is_counted_for_the_host_it_leads_to(target: str, home: str, tmp_path: Path) -> None:
    data = tmp_path / "links.ttl"
    data.write_text(
        f"<http://example.org/l> a <{C5}Link> ; <{C5}linkObject> <{target}> ;"
        f" <{C5}linkPredicate> <{EXACT}> .\n"
    )
    found = statistics(build_release(Sources.files([data])))
    assert found.linksets == (Linkset(EXACT, home, 1),)


def test_a_link_to_what_is_no_address_is_no_data_set(tmp_path: Path) -> None:
    data = tmp_path / "links.ttl"
    data.write_text(
        f"<http://example.org/l> a <{C5}Link> ; <{C5}linkObject> <urn:x:y> ;"
        f" <{C5}linkPredicate> <{EXACT}> .\n"
    )
    assert statistics(build_release(Sources.files([data]))).linksets == ()

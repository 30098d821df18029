"""Decoding of escapes: the same as the standard library's, for every text."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote_plus, unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from c5graph.percent import decoded, pairs

HARD = st.lists(
    st.sampled_from([b"%", b"%%", b"%3D", b"%3d", b"=", b"%4", b"%zz", b"%C3%A9", b"a", b"F", b"0"])
    | st.sampled_from([b"\n", b"\r", b" ", b"_", b".", b"+", b"\xff", b"%0A"]),
    max_size=12,
).map(b"".join)


@given(HARD | st.binary(max_size=40))
def test_escapes_are_decoded_as_urllib_decodes_them(text: bytes) -> None:
    assert decoded(text) == unquote_to_bytes(text)


@given(st.lists(st.tuples(st.text(min_size=1), st.text()), max_size=5))
def test_what_is_encoded_comes_back(given_pairs: list[tuple[str, str]]) -> None:
    encoded = "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in given_pairs)
    assert pairs(encoded.encode(), 100) == given_pairs


@given(st.text(alphabet="ab&=+%4é1", max_size=20))
def test_parameters_are_those_that_urllib_finds(text: str) -> None:
    try:
        expected = parse_qsl(text, keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        with pytest.raises(UnicodeDecodeError):
            pairs(text.encode(), 100)
    else:
        assert pairs(text.encode(), 100) == expected


def test_too_many_parameters_are_refused() -> None:
    assert len(pairs(b"a&" * 9 + b"a", 10)) == 10
    with pytest.raises(ValueError, match="more than 10"):
        pairs(b"a&" * 10 + b"a", 10)

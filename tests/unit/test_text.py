"""One plain line of whatever comes from outside."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from formcheck.types.text import LONGEST, error_line, is_plain, one_line, plain

ANY = st.text(st.characters(), max_size=60) | st.text("ab \t\r\n\x85\u2028\u202e\ud800\x00", max_size=60)


@given(ANY)
def test_any_text_is_one_line_that_every_file_can_hold(text):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert all(is_plain(c) for c in line)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in line)
    line.encode("utf-8")
    assert one_line(line) == line


@given(ANY, st.integers(1, 20))
def test_no_more_than_so_many_letters_of_it_are_kept(text, most):
    assert one_line("a" * 30 + text, most) == "a" * (most - 1) + "…"


def test_breaks_become_a_space_and_other_spaces_stay():
    assert one_line("  two  words\n\n   more\r\n") == "  two  words more"
    assert one_line("\nfirst") == "first"


def test_an_error_is_named():
    assert error_line(ValueError("so\nit is")) == "ValueError: so it is"
    assert len(error_line(KeyError("x" * 1000))) == 300


def test_plain_keeps_to_its_length():
    assert len(plain("x" * 2 * LONGEST)) == LONGEST

"""The parts of Swedish words."""

import tracemalloc

from hejagen.words.compounds import vocabulary


def test_compounds_give_their_last_part() -> None:
    """A search for the last part of a compound finds it; plain words are left alone."""
    words = vocabulary(["innovationsledning ledning innovation kommunplan"], "sv")
    assert words.parts("Innovationsledning i en kommunplan") == ("ledning", "plan")
    assert words.parts("fredag och måndag") == ()


def test_headings_break_between_the_parts_of_a_word() -> None:
    """A long compound gets a soft hyphen before its last part, and a word of two letters keeps to the next."""
    words = vocabulary(["tillgänglighet"], "sv")
    assert words.headline("Tillgänglighetsredogörelse") == "Tillgänglighets\u00adredogörelse"
    assert words.headline("Öva en stund i taget") == "Öva en\u00a0stund i\u00a0taget"


def test_what_is_no_word_takes_no_time() -> None:
    """A row of letters without end is no compound, whose beginnings would fill the memory."""
    endless = "a" * 20_000
    tracemalloc.start()
    words = vocabulary([endless], "sv")
    assert words.parts(endless) == () and words.headline(endless) == endless
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()

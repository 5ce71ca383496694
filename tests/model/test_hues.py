"""One subject has one hue, apart from those that it is compared with, and keeps it while the site grows."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from tiebreak.model.hues import APART, STEP, between, hues_of, own_hue

RED, ORANGE, BLUE, GREY = "#ee4c2c", "#ff6f00", "#3776ab", "#808080"
IDS = [f"s{number}" for number in range(9)]
Tables = Sequence[Sequence[str]]
Colors = Mapping[str, str | None]

some_colors = st.fixed_dictionaries(dict.fromkeys(IDS, st.sampled_from([None, GREY, RED, ORANGE, BLUE, "#de5fe9"])))
a_table = st.lists(st.sampled_from(IDS), min_size=2, max_size=6, unique=True)
some_tables = st.lists(a_table, max_size=8)


def neighbours(tables: Tables) -> Mapping[str, set[str]]:
    """Whom each subject is compared with."""
    found: dict[str, set[str]] = {id: set() for id in IDS}
    for one, other in (pair for table in tables for pair in permutations(table, 2)):
        found[one].add(other)
    return found


def close(hues: Mapping[str, int], tables: Tables) -> Iterator[tuple[str, str]]:
    """Pairs that are compared and can hardly be told apart."""
    pairs = {pair for table in tables for pair in combinations(sorted(table), 2)}
    return ((one, other) for one, other in sorted(pairs) if between(hues[one], hues[other]) < APART)


@given(some_colors, some_tables)
def test_hues_are_apart_wherever_both_have_room(colors: Colors, tables: Tables) -> None:
    """Who is compared with five others or fewer can always move away; who has more may have to stand near one."""
    hues = hues_of(colors, tables)
    known = neighbours(tables)
    assert set(hues) == set(IDS)
    assert all(hue in range(0, 360, STEP) for hue in hues.values())
    assert all(max(len(known[one]), len(known[other])) > 5 for one, other in close(hues, tables))


@given(some_colors, some_tables)
def test_a_colour_of_its_own_is_kept(colors: Colors, tables: Tables) -> None:
    """Where nobody that it is compared with has one like it, and there is room."""
    hues, known = hues_of(colors, tables), neighbours(tables)
    if any(len(some) > 5 for some in known.values()):
        return
    for id, color in colors.items():
        own, others = own_hue(color), (own_hue(colors[other]) for other in known[id])
        if own is not None and all(other is None or between(own, other) >= APART for other in others):
            assert hues[id] == own


@given(some_colors, some_tables, a_table)
def test_growth_moves_only_what_is_too_close(colors: Colors, tables: Tables, table: Sequence[str]) -> None:
    """A comparison more leaves the hues of all others, and of its own as well unless two of them were too close."""
    before, after = hues_of(colors, tables), hues_of(colors, [*tables, table])
    compared = {id for one in tables for id in one}
    moved = {id for id in compared if before[id] != after[id]}
    assert moved <= set(table)
    for id in moved:
        others = [before.get(other) if other in compared else own_hue(colors[other]) for other in table if other != id]
        near = [other for other in (*others, *(after[other] for other in table if other != id)) if other is not None]
        assert any(between(before[id], other) < APART for other in near)


@given(some_colors, some_tables, st.randoms(use_true_random=False))
def test_the_order_of_subjects_does_not_count(colors: Colors, tables: Tables, chance: random.Random) -> None:
    """Nor do comparisons that say the same once more, nor subjects that nobody compares."""
    mixed = dict(chance.sample([*colors.items(), ("new", RED)], len(colors) + 1))
    found = hues_of(mixed, [*tables, *tables])
    assert {**hues_of(colors, tables), "new": found["new"]} == found or any(
        len(some) > 5 for some in neighbours(tables).values()
    )


def test_the_earlier_of_two_alike_keeps_its_hue() -> None:
    """The later goes round the wheel, and a third that is unlike them stays where it is."""
    found = hues_of({"a": RED, "b": ORANGE, "c": BLUE}, [["a", "b", "c"]])
    assert (found["a"], found["c"]) == (own_hue(RED), own_hue(BLUE))
    assert between(found["b"], 30) >= APART


def test_who_has_no_colour_makes_way() -> None:
    """Also for one that comes later; a grey is no colour."""
    for color in (None, GREY):
        alone = hues_of({"a": color}, [])["a"]
        brand = next(f"#{code:06x}" for code in range(0x100, 0xFFFFFF, 0x1357) if own_hue(f"#{code:06x}") == alone)
        found = hues_of({"a": color, "b": None, "c": brand}, [["a", "b"], ["a", "c"]])
        assert found["c"] == alone
        assert between(found["a"], alone) >= APART


def test_a_subject_that_is_compared_with_many_stays() -> None:
    """Of two it is the one with fewer neighbours that moves: so fewer pages change."""
    colors = {"hub": RED, "late": RED, **{f"leaf{number}": None for number in range(5)}}
    tables = [["late", "leaf0"], *(["hub", f"leaf{number}"] for number in range(5)), ["late", "hub"]]
    found = hues_of(colors, tables)
    assert found["hub"] == own_hue(RED)
    assert found["late"] != own_hue(RED)


def test_rivals_of_one_subject_differ_from_each_other() -> None:
    """They may be put side by side, although no page compares them."""
    ids = [f"s{number}" for number in range(5)]
    found = hues_of({"hub": RED, **dict.fromkeys(ids)}, [["hub", id] for id in ids])
    assert all(between(found[one], found[other]) >= APART for one, other in combinations(ids, 2))


def test_more_than_there_is_room_for() -> None:
    """Twelve in one table: no two alike, and none nearer than two steps."""
    for color in (None, RED):
        found = hues_of({f"s{number}": color for number in range(12)}, [[f"s{number}" for number in range(12)]])
        assert min(between(one, other) for one, other in combinations(found.values(), 2)) >= 2 * STEP

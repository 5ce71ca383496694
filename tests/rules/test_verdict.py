"""The pick follows from the rows or says why not, and advice names what a subject wins."""

import pytest
from conftest import Build, Cli, MakeSite
from samples import changed, loaded_site, texts

from tiebreak.problems import flat

TEA = "content/compare/tea-vs-coffee.md"
LOSING = "pick-loses: Tea wins rows of weight 2, the pick 1"
SPEED = "weight: 2\n    wins: tea\n  - {factor: Speed, cells: [Slow, Fast], wins: coffee}"


def warnings(make_site: MakeSite, text: str) -> list[str]:
    return texts(flat(loaded_site(make_site({TEA: text})).problems))


def rows(winners: str) -> str:
    """A row more for each letter: whom it is won by, tea, coffee or both."""
    wins = {"t": "tea", "c": "coffee", "=": "tie"}
    return "".join(
        f"  - {{factor: Row {number}, cells: [a, b], wins: {wins[one]}}}\n" for number, one in enumerate(winners)
    )


def test_a_pick_that_loses_says_why(make_site: MakeSite) -> None:
    """Under `override`, whatever `why` says."""
    text = changed(("pick: tea", "pick: coffee"), ("wins: tea", SPEED), ("lets you sleep", "wakes, although tea wins"))
    assert warnings(make_site, text) == [LOSING]
    said = text.replace("factors:", "override: Nobody sleeps *here*.\nfactors:", 1)
    assert warnings(make_site, said) == []


@pytest.mark.parametrize("pick", ["tea", "none"])
def test_an_override_overrides_something(make_site: MakeSite, pick: str) -> None:
    """A pick that leads, or shares the lead, and no pick at all need none."""
    text = changed(("pick: tea", f"pick: {pick}\noverride: So be it."), ("verdict:", f"{rows('c')}verdict:"))
    assert warnings(make_site, text) == [
        "unused-override: no subject wins more than the pick, so nothing is overridden"
    ]


def test_readers_see_what_overrides_the_rows(make_site: MakeSite, build: Build) -> None:
    """Beside the pick, with its links."""
    text = changed(
        ("pick: tea", "pick: coffee\noverride: Nobody sleeps [here](tea-vs-coffee.md)."), ("wins: tea", SPEED)
    )
    site = make_site({TEA: text})
    build(site)
    page = (site / "site/compare/tea-vs-coffee/index.html").read_text("utf-8")
    link = '<a href="../../compare/tea-vs-coffee/">here</a>'
    assert f'<p class="pick-note"><b>Why not the winner of the table:</b> Nobody sleeps {link}.</p>' in page


@pytest.mark.parametrize(
    ("winners", "told"), [("ttt", True), ("tt", False), ("tttt=", False), ("tttc", False), ("tt==", False)]
)
def test_a_subject_that_wins_nothing_is_noticed(make_site: MakeSite, winners: str, told: bool) -> None:
    """In a table of two decided rows for each subject; a row that it shares is something."""
    message = f"wins-nothing: Coffee wins none of {len(winners) + 1} rows"
    assert warnings(make_site, changed(("verdict:", f"{rows(winners)}verdict:"))) == [message] * told


@pytest.mark.parametrize(
    ("advice", "told"),
    [
        ("You want caffeine.", True),
        ("You want *caffeine*, and much of it.", True),
        ("You want to wake.", False),
        ("You do not mind caffeine.", False),
        ("Caffeine matters less to you.", False),
        ("You want caffeine and speed.", False),
        ("You like its aroma and caffeine.", False),
    ],
)
def test_advice_names_no_row_that_a_subject_loses(make_site: MakeSite, advice: str, told: bool) -> None:
    """Unless it concedes it, or names one that the subject wins, by its label or its note."""
    won = "  - {factor: Speed, note: With an aroma., cells: [Slow, Fast], wins: coffee}\n"
    text = changed(("coffee: You want to wake.", f"coffee: {advice}"), ("verdict:", f"{won}verdict:"))
    message = 'denied-advice: this says to use Coffee for "Caffeine", which Coffee loses'
    assert warnings(make_site, text) == [message] * told


def test_advice_in_other_languages_is_not_judged(make_site: MakeSite, cli: Cli) -> None:
    """What concedes something is told by its words, and only those of English are known."""
    text = changed(("coffee: You want to wake.", "coffee: Du willst Caffeine."))
    site = make_site(
        {TEA: text, "content/site.yaml": "title: Picks\nbase_url: https://example.org/picks/\nlanguage: de\n"}
    )
    assert "denied-advice" not in cli("check", "--project", site).stderr

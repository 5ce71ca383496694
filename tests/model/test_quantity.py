"""Numbers as people write them, with what is glued to them; what could be two numbers is none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiebreak.model import Doubt, Quantity, quantity

READ = {
    "915": ("915", ""),
    "1,000": ("1000", ""),
    "1 000": ("1000", ""),
    "1\u00a0000": ("1000", ""),
    "12\u202f345\u202f678": ("12345678", ""),
    "1\u2009000,5": ("1000.5", ""),
    "1_000": ("1000", ""),
    "1'000": ("1000", ""),
    "1,000,000": ("1000000", ""),
    "12,34,567": ("1234567", ""),
    "1.000.000": ("1000000", ""),
    "1,234.5": ("1234.5", ""),
    "1.234,5": ("1234.5", ""),
    "\u22123": ("-3", ""),
    "-$5": ("-5", "USD"),
    "+3.5": ("3.5", ""),
    ".5": ("0.5", ""),
    "1e6": ("1000000", ""),
    "1E-3": ("0.001", ""),
    "10k": ("10000", ""),
    "2.5M": ("2500000", ""),
    "2.5 million": ("2500000", ""),
    "5 ms": ("5", "ms"),
    "5\u202fms": ("5", "ms"),
    "10kB": ("10", "kB"),
    "10k req/s": ("10000", "req/second"),
    "95%": ("95", "%"),
    "95 %": ("95", "%"),
    "\u20ac4.99/mo": ("4.99", "EUR/month"),
    "4.99 \u20ac per month": ("4.99", "EUR/month"),
    "EUR 4.99 / month": ("4.99", "EUR/month"),
    "\u20ac50/yr": ("50", "EUR/year"),
    "4.5/5": ("4.5", "/5"),
    "4.5 out of 5": ("4.5", "/5"),
    "~5": ("5", ""),
    "\u22485 ms": ("5", "ms"),
    "1 day": ("1", "day"),
    "3 days": ("3", "day"),
    "$5 / user / month": ("5", "USD/user/month"),
    "$5 per user per month": ("5", "USD/user/month"),
    "$5 USD": ("5", "USD"),
    "CHF 1'000.50": ("1000.50", "CHF"),
    "\u20b91,00,000": ("100000", "INR"),
    "5 lakh": ("500000", ""),
    "2 Mio. \u20ac": ("2000000", "EUR"),
    "1.5\u4e07\u5143": ("15000", "\u5143"),
    "95\u066a": ("95", "%"),
    "\uff11\uff0c\uff10\uff10\uff10": ("1000", ""),
    "\u0665\u066b\u0665": ("5.5", ""),
    "\u20133": ("-3", ""),
}


@pytest.mark.parametrize(("text", "said"), READ.items())
def test_a_quantity_is_read_as_it_is_meant(text: str, said: tuple[str, str]) -> None:
    """Separators, signs, exponents, scales, currencies and units."""
    assert quantity.read(text) == Quantity(Decimal(said[0]), said[1])


@pytest.mark.parametrize(
    "text",
    """
    1,5|0,500|1,00|<5|\u22645 ms|5+|5-10|5\u201310 ms|5 to 10|5 \u00b1 1|5 or more|up to 5|at least 5|from $5|(5)
    |1\u00bd|\u00bd|10\u2076|10^6|\u4e94|\u4e09\u5343
    """.strip()
    .replace("\n", "")
    .replace("    ", "")
    .split("|"),
)
def test_what_could_be_two_numbers_is_none(text: str) -> None:
    """A decimal comma where the language has none, a bound, a range; an author would think that it is read."""
    found = quantity.read(text)
    assert isinstance(found, Doubt)
    assert found.is_plain


@pytest.mark.parametrize(
    "text", ["", "fast", "3.12.1", "12:30", "2026-11-20", "007", "5.", "1e999", "4 vCPU, 16 GB", "5" * 101]
)
def test_other_texts_are_no_numbers(text: str) -> None:
    """Versions, times, days, and what says more."""
    assert isinstance(quantity.read(text), Doubt)


@pytest.mark.parametrize(
    ("text", "german"), [("1,5", "1.5"), ("1.5", "1.5"), ("1.000", None), ("1,000", None), ("1.234,50", "1234.50")]
)
def test_where_decimals_follow_a_comma_a_lone_group_of_three_is_unclear(text: str, german: str | None) -> None:
    """A thousand to its readers, and one and nothing to a program."""
    found = quantity.read(text, ",")
    assert (found.amount if isinstance(found, Quantity) else None) == (german and Decimal(german))


@pytest.mark.parametrize(
    ("text", "unit"), [("5M", "MB"), ("5M", "M"), ("5k", "km"), ("5k", "kB"), ("5K", "kB"), ("5M", "Mbit/s")]
)
def test_a_letter_with_which_the_rows_unit_begins_is_unclear(text: str, unit: str) -> None:
    """Megabytes, or millions of them."""
    found = quantity.read(text, ".", unit)
    assert isinstance(found, Doubt)
    assert found.is_plain
    assert isinstance(quantity.read(text, ".", "users"), Quantity)


@pytest.mark.parametrize(
    "text", ["Python", "as fast as the rest", "since the release of Python 3", "v", "none", "\u2014"]
)
def test_words_are_not_taken_for_numbers(text: str) -> None:
    """An author does not think that they are read."""
    found = quantity.read(text)
    assert isinstance(found, Doubt)
    assert not found.is_plain


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("40+", "a bound, not one number"),
        ("40+ currencies", "a bound, not one number"),
        ("5 or more", "a bound, not one number"),
        ("<5", "a bound, not one number"),
        ("4+2", "more than one number"),
        ("5-10", "more than one number"),
        ("5 and 6", "more than a number and its unit"),
    ],
)
def test_it_is_said_why_a_number_is_not_read(text: str, what: str) -> None:
    """In words that are true of it."""
    assert quantity.read(text) == Doubt(what, is_plain=True)


MONEY = """
    $ \u20ac \u00a3 \u00a5 \u20b9 \u20a9 \u20bd \u20ba \u20aa \u20ab \u20b1 \u20a6 \u20b4 \u0e3f \u00a2
    A$ R$ HK$ kr z\u0142 K\u010d Rs RM Rp
""".split()
CODES = "AED ARS CLP EGP ILS KES MYR NGN PHP PKR SAR USD VND ZAR".split()


@given(st.sampled_from(MONEY + CODES), st.sampled_from(["", " ", "\u00a0"]), st.integers(0, 10**6))
def test_money_is_read_on_either_side(sign: str, space: str, amount: int) -> None:
    """Whatever the currency is, and with one unit."""
    before, after = (
        quantity.read(f"{sign}{space or ' ' * sign.isalpha()}{amount}"),
        quantity.read(f"{amount}\u00a0{sign}"),
    )
    assert isinstance(before, Quantity)
    assert before == after == Quantity(Decimal(amount), before.unit)
    assert before.unit


@given(st.sampled_from([0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10, 0x17E0]), st.integers(0, 10**9))
def test_digits_of_every_script_are_digits(zero: int, amount: int) -> None:
    """Arabic, Persian, Devanagari, Bengali, Thai, wide and Khmer ones."""
    text = "".join(chr(zero + int(digit)) for digit in str(amount))
    assert quantity.read(text) == Quantity(Decimal(amount))


AMOUNTS = st.decimals(min_value=0, max_value=10**12, places=2)


@given(
    AMOUNTS,
    st.sampled_from([(",", "."), (" ", "."), (" ", ","), ("\u202f", ","), ("_", "."), ("'", "."), (".", ",")]),
    st.booleans(),
)
def test_every_way_to_group_digits_says_one_number(amount: Decimal, signs: tuple[str, str], negative: bool) -> None:
    """With decimals behind the groups, or from a million on, nothing is unclear in any language."""
    group, point = signs
    if amount < 1000:
        amount += 1000
    text = f"{amount:,.2f}".replace(",", "G").replace(".", point).replace("G", group)
    text = f"\u2212{text}" if negative else text
    for decimal in (".", ","):
        assert quantity.read(text, decimal) == Quantity(-amount if negative else amount)


@given(st.text(st.sampled_from("0123456789.,_' \u00a0-+\u2212~<>/%\u20ac$kMe amosx"), max_size=30))
def test_no_text_is_read_as_anything_but_a_finite_number(text: str) -> None:
    """Or it is doubted; nothing raises."""
    found = quantity.read(text)
    assert isinstance(found, Doubt) or (found.amount.is_finite() and quantity.written_out(found.amount))

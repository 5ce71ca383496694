"""The pictures that are shown beside a link to a page elsewhere: what each shows, and says to who does not see it."""

from collections.abc import Iterable, Iterator
from itertools import chain
from urllib.parse import urlsplit

from tiebreak.languages import direction
from tiebreak.markdown import typographic
from tiebreak.model import Card, Settings, Site, Subject
from tiebreak.pages import locales
from tiebreak.pages.messages import Messages
from tiebreak.pages.outputs import CARD, Output, SocialImage
from tiebreak.social import HEIGHT, ISOLATE, POP, WIDTH, RulingCard, Side, SiteCard

VERSUS = " vs "


def image_of(comparison: Card, settings: Settings, messages: Messages) -> SocialImage | None:
    """The picture of a comparison; None where the site has none."""
    if not settings.cards:
        return None
    name, call = _pick(comparison, messages), _call(comparison, messages)
    said = f"{comparison.title}. {_label(comparison, messages)}: {name}{f' ({call})' if call else ''}"
    return SocialImage(f"{comparison.path}{CARD}", WIDTH, HEIGHT, said)


def image_of_site(settings: Settings) -> SocialImage | None:
    """The picture of the site, for pages without one of their own; None where the site has none."""
    said = ": ".join(part for part in (settings.title, settings.tagline) if part)
    return SocialImage(f"/{CARD}", WIDTH, HEIGHT, said) if settings.cards else None


def outputs(site: Site) -> Iterator[Output]:
    """The picture of the site. Those of comparisons are made where these are."""
    if site.settings.cards:
        yield Output(CARD, card=site_card(site.settings))


def ruling_card(comparison: Card, settings: Settings, messages: Messages) -> RulingCard:
    """What the picture of a comparison shows."""
    balance = comparison.balance
    weights = balance.weights or (0,) * len(comparison.subjects)
    number = locales.number(settings.language)
    return RulingCard(
        title=_title(_smart(comparison.title, settings), comparison.subjects, settings),
        tagline=_apart(_smart(comparison.tagline, settings)),
        sides=tuple(
            Side(
                _apart(_smart(subject.name, settings)),
                subject.hue,
                number(weight),
                messages.say("balance.points", count=weight),
            )
            for subject, weight in zip(comparison.subjects, weights, strict=True)
        ),
        balance=balance,
        label=_label(comparison, messages),
        call=_call(comparison, messages),
        pick=_apart(_smart(_pick(comparison, messages), settings)),
        place=comparison.pick_place,
        site=_apart(_smart(settings.title, settings)),
        is_leftward=direction(settings.language) == "rtl",
    )


def site_card(settings: Settings) -> SiteCard:
    """What the picture of the site shows."""
    address = urlsplit(settings.base_url)
    return SiteCard(
        title=_apart(_smart(settings.title, settings)),
        tagline=_apart(_smart(settings.tagline, settings)),
        address=f"{address.netloc}{address.path}".rstrip("/"),
        is_leftward=direction(settings.language) == "rtl",
    )


def _title(title: str, subjects: Iterable[Subject], settings: Settings) -> tuple[str, ...]:
    """The title in pieces, every second of which stands between the names of subjects, each isolated as on the page;
    in one, where it is no list of these names.
    """
    names = [_smart(subject.name, settings) for subject in subjects]
    if title != VERSUS.join(names):
        return (_apart(title),)
    return tuple(chain(*((VERSUS, _apart(name)) for name in names)))[1:]


def _apart(text: str) -> str:
    """The text with a direction of its own, by its first letter, as on pages."""
    return f"{ISOLATE}{text}{POP}" if text else ""


def _label(comparison: Card, messages: Messages) -> str:
    return messages.say("pick.pick" if comparison.pick else "pick.no-pick")


def _pick(comparison: Card, messages: Messages) -> str:
    return comparison.pick.name if comparison.pick else messages.say("pick.split")


def _call(comparison: Card, messages: Messages) -> str:
    """How close it was; nothing where nothing was picked."""
    return messages.say(f"pick.{comparison.closeness.value}") if comparison.closeness else ""


def _smart(text: str, settings: Settings) -> str:
    return typographic(text, settings.language)

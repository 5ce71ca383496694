"""Which comparisons belong together, and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from tiebreak.model import Comparison, Site

MOST = 5
# A shared subject says more than a shared shelf, and a shelf more than a label.
SUBJECT, CATEGORY, TAG = 100, 10, 1


@dataclass(frozen=True, slots=True)
class Related:
    comparison: Comparison
    reason: str  # "also about PyTorch", "same category: Testing", "also tagged speed", "chosen by the author"


def related(comparison: Comparison, site: Site, most: int = MOST) -> tuple[Related, ...]:
    """Up to `most` others: those the author pinned, then the nearest; the newest first among equals.

    Empty only when no other published comparison shares a subject, a category or a tag, and none is pinned.
    """
    pinned = [site.by_slug[slug] for slug in comparison.pinned if slug in site.by_slug and slug != comparison.slug]
    others = [other for other in _neighbours(comparison, site) if other not in pinned]
    # Sorting is stable, so the order of the site, newest first, settles what the score leaves open.
    others.sort(key=lambda other: -_score(comparison, other))
    return tuple(Related(other, _reason(comparison, other)) for other in [*pinned, *others][:most])


def _neighbours(comparison: Comparison, site: Site) -> Iterable[Comparison]:
    """Every other comparison that shares something, each once, in the order of the site."""
    near = {
        other.slug
        for index, keys in (
            (site.by_subject, [subject.id for subject in comparison.subjects]),
            (site.by_category, [comparison.category]),
            (site.by_tag, comparison.tags),
        )
        for key in keys
        for other in index.get(key, ())
    } - {comparison.slug}
    return (site.by_slug[slug] for slug in sorted(near, key=lambda slug: site.place[slug]))


def _score(comparison: Comparison, other: Comparison) -> int:
    return (
        SUBJECT * len(comparison.subject_ids & other.subject_ids)
        + CATEGORY * (comparison.category == other.category != "")
        + TAG * len(set(comparison.tags) & set(other.tags))
    )


def _reason(comparison: Comparison, other: Comparison) -> str:
    shared = [subject.name for subject in comparison.subjects if subject.id in other.subject_ids]
    if shared:
        return f"also about {' and '.join(shared)}"
    if comparison.category and comparison.category == other.category:
        return f"same category: {comparison.category}"
    tags = [tag for tag in comparison.tags if tag in other.tags]
    return f"also tagged {', '.join(tags)}" if tags else "chosen by the author"

"""The way back from a reader: a prefilled e-mail that names the page it speaks of."""

from urllib.parse import quote

from tiebreak.model import Card, Listing, Settings


def mailto(comparison: Card | Listing, settings: Settings) -> str:
    """A `mailto:` URL (RFC 6068) with subject and body filled in; empty when the site takes no feedback."""
    if not settings.feedback_email:
        return ""
    revised = comparison.revised.isoformat() if comparison.revised else "draft"
    title = " ".join(comparison.title.split())  # a header is one line
    subject = f"Disagree: {title}"
    lines = (
        f"Page: {title}",
        f"Address: {settings.absolute(comparison.path)}",
        f"Revision: {revised}",
        "",
        "What is wrong, and what would be right (a source helps):",
        "",
    )
    body = "\r\n".join(lines)
    address = quote(settings.feedback_email, safe="@")
    return f"mailto:{address}?subject={quote(subject, safe='')}&body={quote(body, safe='')}"

"""What site.yaml may say: its keys, their types and explanations."""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from tiebreak import codes, limits
from tiebreak.content.complaints import wrong
from tiebreak.content.document import Document
from tiebreak.content.entry import Entry
from tiebreak.content.scalars import (
    BaseUrl,
    Color,
    Duration,
    Email,
    Flag,
    Host,
    IndexNowKey,
    IssuesUrl,
    Language,
    Level,
    LongText,
    Names,
    SchemaType,
    Text,
    Url,
)
from tiebreak.problems import Problem, did_you_mean


class AuthorEntry(Entry):
    name: Text = Field(description="A name.")
    url: Url | None = Field(None, description="A page about them.")
    organization: Flag = Field(False, description="`true` where it is an organisation and no person.")


class FeedbackEntry(Entry):
    email: Email | None = Field(None, description="Where a reader's disagreement goes.")
    issues: IssuesUrl | None = Field(
        None, description="The address for new issues on a code host; disagreement with a row goes there."
    )

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.email is None and self.issues is None:
            help = "write one of the two, or leave `feedback` out"
            raise wrong("missing-key", "`feedback` has neither `email` nor `issues`", help)
        return self


class NavigationEntry(Entry):
    label: Text = Field(description="The words of the link.")
    page: Text = Field(description="A page's or a section's path under `content/pages/`, such as `guide`.")


class SettingsEntry(Entry):
    """`content/site.yaml`."""

    title: Text = Field(description="The site's name.")
    base_url: BaseUrl = Field(
        description="Where the site will live, absolute; a path prefix is honoured in every link."
    )
    tagline: Text | None = Field(None, description="A few words beside the name.")
    description: LongText | None = Field(None, description="One sentence for search engines and feeds.")
    language: Language = Field("en", description="A BCP 47 tag.")
    author: AuthorEntry | None = Field(None, description="`name` and optionally `url` and `organization`.")
    feedback: FeedbackEntry | None = Field(None, description="`email`, `issues`, or both: where “Disagree?” leads.")
    accent: Color | None = Field(None, description="The one colour of the theme.")
    navigation: Annotated[list[NavigationEntry], Field(max_length=limits.FEW)] | None = Field(
        None, description="`label` and `page` a link; by default made from the pages."
    )
    schema_type: SchemaType = Field(
        "Thing", description="What schema.org calls the subjects whose files do not say it, for search engines."
    )
    max_age: Duration | None = Field(
        None, description="After this long `checked` of any cell is stale, unless its factor, row or cell has its own."
    )
    host: Host | None = Field(
        None, description="The host or server whose settings are written: its redirects and headers, in its own form."
    )
    search: Flag = Field(
        False, description="`true` makes a search index of the site, which needs the extra `tiebreak[search]`."
    )
    twins: Flag = Field(
        True, description="`false` leaves out what is made of comparisons for programs: Markdown, JSON and CSV."
    )
    cards: Flag = Field(
        True, description="`false` leaves out the pictures that are shown beside links to the site elsewhere."
    )
    indexnow: IndexNowKey | None = Field(
        None, description="The site's key for IndexNow, by which search engines are told of changes."
    )
    rules: dict[str, Level] = Field(
        {},
        max_length=limits.FEW,
        json_schema_extra={"propertyNames": {"enum": [*sorted(codes.WARNINGS)]}},
        description="By the code of a warning, what it is on this site.",
    )
    filler: Names = Field([], description="Phrases that say nothing, to be told beside those that are known.")
    allow_html: Flag = Field(
        False, description="`true` lets raw HTML in Markdown through, sanitised; else it is shown as text."
    )


def of_no_warning(document: Document, entry: SettingsEntry) -> Iterator[Problem]:
    """Problems with codes under `rules` that no warning has."""
    for code in entry.rules:
        at = ("rules", code)
        if code in codes.ERRORS:
            message, help = (
                f'"{code}" is always an error',
                "take it out; only warnings have a severity that you can set",
            )
            yield document.problem("fixed-rule", message, at, key=True, help=help)
        elif code not in codes.WARNINGS:
            help = did_you_mean(code, codes.WARNINGS)
            yield document.problem("unknown-rule", f'"{code}" is the code of no warning', at, key=True, help=help)

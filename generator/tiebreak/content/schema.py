"""What authors may write: the keys of every file, their types and explanations; the format's one source of truth."""

from typing import Annotated

from pydantic import Field

from tiebreak import limits
from tiebreak.content.entry import Entry
from tiebreak.content.scalars import (
    Color,
    Day,
    Flag,
    Ids,
    Inline,
    Label,
    LongText,
    Names,
    OldPaths,
    Order,
    SchemaType,
    Tags,
    Text,
    Url,
    Weight,
)
from tiebreak.content.table_schema import AnyCell, FactorEntry, SourceEntry


class ConsiderEntry(Entry):
    """A third way out."""

    name: Text = Field(description="What to consider instead.")
    when: Inline = Field(alias="if", description="Completes the sentence that begins with `if`. Inline Markdown.")
    subject: Text | None = Field(None, description="The subject it leads to, by id or name.")


class LeftOutEntry(Entry):
    """A rival that was looked at and is not compared."""

    name: Text = Field(description="What was looked at.")
    why: Inline = Field(description="What was found, and why it is left out. Inline Markdown.")
    subject: Text | None = Field(None, description="The subject it leads to, by id or name.")


class QuestionEntry(Entry):
    """A question that readers ask, and its answer."""

    q: Text = Field(description="The question, as somebody asks it.")
    a: Inline = Field(description="The answer, which makes sense alone. Inline Markdown.")


class ChangeEntry(Entry):
    """A verdict that has changed."""

    date: Day = Field(description="The day it changed.")
    was: Text = Field(description="The pick before: a subject, or `none`.")
    why: LongText = Field(description="What changed it.")


class PresetEntry(Entry):
    """The priorities of readers of one kind."""

    name: Text = Field(description="Who they are, such as `Mobile team`.")
    note: LongText | None = Field(None, description="Why they weigh it so, in a plain sentence.")
    weights: dict[str, Weight] = Field(
        max_length=limits.ROWS, description="By row id, how much it counts for them, 0 to 5; others as above."
    )


class ComparisonEntry(Entry):
    """The front matter of `content/compare/<slug>.md`."""

    title: Text | None = Field(None, description="By default the subjects' names joined by `vs`.")
    tagline: Text | None = Field(None, description="A few words under the title.")
    summary: LongText = Field(description="One or two plain sentences: under the title, and what search engines show.")
    subjects: Annotated[list[Text], Field(min_length=limits.FEWEST_SUBJECTS, max_length=limits.SUBJECTS)] = Field(
        description="Who is compared, by id or by name as it should be shown."
    )
    pick: Text = Field(description="The subject that wins, or `none`.")
    why: Inline = Field(description="The reason, in the pick box. Inline Markdown.")
    override: Inline | None = Field(
        None, description="Why the pick is not the subject that the rows make lead. Inline Markdown."
    )
    factors: Annotated[list[FactorEntry], Field(min_length=1, max_length=limits.ROWS)] = Field(
        description="The rows of the table."
    )
    presets: list[PresetEntry] = Field(
        [],
        max_length=limits.PRESETS,
        description="Priorities that a reader can take up at once: `name`, `weights` and optionally `note`.",
    )
    verdict: dict[str, Inline] = Field(description="For every subject, what completes `Use it if`. Inline Markdown.")
    consider: list[ConsiderEntry] = Field(
        [], max_length=limits.FEW, description="Third ways out: `name`, `if` and optionally `subject`."
    )
    left_out: list[LeftOutEntry] = Field(
        [], max_length=limits.FEW, description="Who else was looked at: `name`, `why` and optionally `subject`."
    )
    faq: list[QuestionEntry] = Field(
        [], max_length=limits.FEW, description="What readers ask besides, in this order: `q` and `a`."
    )
    sources: dict[str, SourceEntry] = Field(
        {}, max_length=limits.SOURCES, description="Named sources for the cells: `title`, `url`, `accessed`, `quote`."
    )
    category: Label | None = Field(None, description="The one category it belongs to.")
    tags: Tags = Field([], description="What it is filed under besides.")
    published: Day | None = Field(None, description="The day it appeared; required unless it is a draft.")
    updated: Day | None = Field(None, description="The day its content last changed.")
    author: Text | None = Field(None, description="By default the site's author.")
    reviewer: Text | None = Field(None, description="Who else has checked the page, by name.")
    related: Ids = Field([], description="Slugs of comparisons to show first among the related.")
    aliases: OldPaths = Field([], description="Old paths that redirect here.")
    disclosure: Inline | None = Field(
        None, description="What a reader should know about your interests. Inline Markdown."
    )
    history: list[ChangeEntry] = Field(
        [], max_length=limits.CHANGES, description="Verdicts before this one, newest first: `date`, `was`, `why`."
    )
    draft: Flag = Field(False, description="`true` keeps it out of the site unless `--drafts` is given.")


class ReleaseEntry(Entry):
    """A version of a subject."""

    version: Text = Field(description="What it is called, such as `3.1`.")
    date: Day = Field(description="The day of its release.")
    until: Day | None = Field(None, description="The last day on which it is supported, also in the future.")
    source: Url | None = Field(None, description="The page that says so.")
    checked: Day | None = Field(None, description="The day the page was read.")


class SubjectEntry(Entry):
    """`content/subjects/<id>.yaml`."""

    name: Text = Field(description="The name as its owners write it.")
    aliases: Names = Field([], description="Other names that content may call it by.")
    kind: Text | None = Field(None, description="What sort of thing it is.")
    schema_type: SchemaType | None = Field(
        None, description="What schema.org calls it, for search engines; by default what `site.yaml` says."
    )
    homepage: Url | None = Field(None, description="Its home page.")
    summary: LongText | None = Field(None, description="One plain sentence.")
    version: Text | None = Field(None, description="The version that the facts speak of.")
    license: Text | None = Field(None, description="The licence, by its SPDX name.")
    color: Color | None = Field(
        None, description="Its brand colour; the theme keeps the hue and sets the rest for contrast."
    )
    facts: dict[str, AnyCell] = Field(
        {}, max_length=limits.FACTS, description="Cells by factor id, for every comparison that leaves them out."
    )
    releases: list[ReleaseEntry] = Field(
        [], max_length=limits.RELEASES, description="Its versions with the days of their release, the newest first."
    )


class PageEntry(Entry):
    """The front matter of `content/pages/**/<slug>.md`."""

    title: Text = Field(description="The page's title.")
    summary: LongText | None = Field(None, description="One plain sentence, for search engines and lists.")
    order: Order | None = Field(None, description="Its place in the section; pages without come last, by title.")
    draft: Flag = Field(False, description="`true` keeps it out of the site unless `--drafts` is given.")
    aliases: OldPaths = Field([], description="Old paths that redirect here.")

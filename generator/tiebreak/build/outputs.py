"""Makes every file of a site that is not made of a comparison, unless it lies in the output folder already."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from tiebreak.media import attachments
from tiebreak.model import digest_of
from tiebreak.pages import Output, collisions
from tiebreak.problems import SiteError
from tiebreak.storage import Artifact, Stage, folders
from tiebreak.theme import Renderer


def made_of_site(
    project: Path, renderer: Renderer, outputs: Iterable[Output], keys: Mapping[str, bytes], stage: Stage
) -> Iterator[Artifact]:
    """These files, made in this process; `keys` are those of what lies in the output folder. Raises SiteError for
    aliases of places where somebody else's files lie.
    """
    foreign: list[Output] = []
    for output in outputs:
        if output.whole:
            continue  # a feed
        data = _copied(project, output) if output.copy else output.data
        key = digest_of(data) if data else _key(renderer, output)
        if key == keys.get(output.output_path):
            yield Artifact(output.output_path, key)
            continue
        data = data or (renderer.picture(output.card) if output.card else renderer.page(output))
        one = stage.put(output.output_path, key, data)
        if (
            one.staged
            and collisions.is_alias(output)
            and stage.is_foreign(output.output_path, collisions.head_of(data))
        ):
            foreign.append(output)
        yield one
    if foreign:
        raise SiteError(collisions.with_foreign(project, foreign))


def _key(renderer: Renderer, output: Output) -> bytes:
    """The key of a file that is not made yet."""
    if output.card:
        return renderer.picture_key(output.output_path, output.card)
    return renderer.page_key(output.output_path, output.template, dict(output.context))


def _copied(project: Path, output: Output) -> bytes:
    """The bytes of a file of the project or the theme; an author's are judged as they are now."""
    data = folders.read_bytes(project, output.copy)
    return attachments.published(output.origin, data) if output.origin.startswith("content/") else data

"""Finds the subject that a name means: one with a file of its own, or one that a comparison merely names."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from tiebreak import limits
from tiebreak.model import DEVICES, Subject, hues_of, marked_name, plain_name, slugify
from tiebreak.problems import Candidates, did_you_mean

RESERVED = ("none", "tie")  # `pick: none`, `wins: tie`


class Registry:
    """Every subject of the site by id, and the names that lead to it. Complete before the first article is linked."""

    def __init__(self, written: Iterable[Subject], unread: Iterable[str] = ()) -> None:
        """`unread` are files that could not be read."""
        self.by_id: dict[str, Subject] = {subject.id: subject for subject in written}
        self._own = dict(self.by_id)
        self._ids: dict[str, str] = {id: id for id in self.by_id}  # folded name or alias -> id
        self._named_in: dict[str, str] = {}  # id of a subject without a file -> the file that named it
        self._refused: dict[tuple[str, str], str] = {}  # (file, name) -> why that file cannot mean a subject by it
        # A subject whose file could not be read is added by its id, so that comparisons that name it have no problem.
        for file in unread:
            id = PurePosixPath(file).stem
            if file.startswith("content/subjects/"):
                self.by_id.setdefault(id, Subject(id, id, written=True))

    def claim(self, id: str, name: str) -> str:
        """Let `name` lead to the subject `id`, unless it already leads to another one. Returns the id that it leads
        to.
        """
        return self._ids.setdefault(plain_name(name).casefold(), id)

    def find(self, name: str) -> Subject | None:
        """The subject that `name` (an id, a name, an alias) stands for."""
        name = plain_name(name)
        return self.by_id.get(self._ids.get(name) or self._ids.get(name.casefold()) or slugify(name))

    def ids(self, names: Iterable[str]) -> frozenset[str]:
        """The subjects that these names stand for."""
        return frozenset(subject.id for name in names if (subject := self.find(name)))

    def add_named(self, name: str, file: str) -> None:
        """Add a subject that the `file` compares; it is made from its name alone when it has no file."""
        try:
            self._introduce(name, file)
        except ValueError as error:
            self._refused[file, name] = str(error)

    def _introduce(self, name: str, file: str) -> None:
        id = slugify(plain_name(name))
        if id in RESERVED:
            raise ValueError(f'"{name}" reads like the word `{id}`, which has a meaning of its own')
        if found := self.find(name):
            if not found.written and found.shown != name:
                raise ValueError(f'"{name}" and "{found.name}" ({self._named_in[found.id]}) have one id, {found.id}')
            return
        if not id:
            raise ValueError(f'"{name}" has no letter or digit to make an id from')
        if len(id) > limits.ID:
            raise ValueError(f'the id of "{name}" would have {len(id):,} characters, and {limits.ID} is the most')
        if id in DEVICES:
            raise ValueError(f'the id of "{name}" would be "{id}", a name that Windows keeps for itself')
        self._named_in[id] = file
        self.by_id[id] = Subject(id, plain_name(name), marked=marked_name(name))

    def give_hues(self, compared: Iterable[Iterable[str]]) -> None:
        """Give each subject its hue. `compared` has the names in each published comparison, the oldest first."""
        tables = ([found.id for name in names if (found := self.find(name))] for names in compared)
        hues = hues_of({id: subject.color for id, subject in self.by_id.items()}, tables)
        self.by_id = {id: replace(subject, hue=hues[id]) for id, subject in self.by_id.items()}

    def compared_as(self, name: str, file: str) -> Subject:
        """The subject that the `file` compares under this name.

        Raises ValueError when its id is empty, has another meaning, or belongs to another name in another file.
        """
        if refusal := self._refused.get((file, name)):
            raise ValueError(refusal)
        found = self.find(name)
        if found is None:
            raise KeyError(name)
        return found

    def suggest(self, name: str) -> str:
        """`did you mean …` when a name without a file looks like one that has."""
        help = did_you_mean(name, self._written)
        return help if help.startswith("did") else ""

    @cached_property
    def candidates(self) -> Candidates:
        """Every id and name, for suggestions."""
        return Candidates(names(self.by_id.values()))

    @cached_property
    def _written(self) -> Candidates:
        return Candidates(word for subject in self._own.values() for word in (subject.name, *subject.aliases))

    def __getstate__(self) -> dict[str, object]:
        """Leaves out the candidates for suggestions, which are quickly built again."""
        cached = {name for name, own in vars(type(self)).items() if isinstance(own, cached_property)}
        return {name: value for name, value in vars(self).items() if name not in cached}


def find_among(name: str, subjects: Iterable[Subject]) -> Subject | None:
    """The one of these subjects that `name` means."""
    known = tuple(subjects)
    folded = plain_name(name).casefold()
    for subject in known:
        if folded in (subject.id, subject.name.casefold()):
            return subject
    # An alias never hides another subject's own name.
    for subject in known:
        if folded in (alias.casefold() for alias in subject.aliases):
            return subject
    id = slugify(name)
    return next((subject for subject in known if subject.id == id), None)


def names(subjects: Iterable[Subject]) -> Mapping[str, None]:
    """Every id and name, for suggestions."""
    return dict.fromkeys(word for subject in subjects for word in (subject.id, subject.name))

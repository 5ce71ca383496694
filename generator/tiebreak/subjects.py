"""Who is meant by a name: subjects with a file of their own, and those that a comparison merely names."""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from tiebreak.content import Parsed, Project
from tiebreak.document import Place
from tiebreak.model import Subject
from tiebreak.names import slugify
from tiebreak.problems import Problem, did_you_mean
from tiebreak.schema import SubjectEntry

RESERVED = ("none", "tie")  # `pick: none`, `wins: tie`


class Registry:
    """Every subject of the site by id, and the names that lead to it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._ids: dict[str, str] = {}  # folded name or alias -> id
        self._named_in: dict[str, str] = {}  # id of a subject without a file -> the file that named it
        # A subject whose file could not be read stands in for itself, so that nobody complains of those who name it.
        unread = [PurePosixPath(path).stem for path in project.broken if path.startswith("content/subjects/")]
        self.by_id: dict[str, Subject] = {id: Subject(id, id, written=True) for id in unread}
        self.problems: list[Problem] = []
        self._ids |= {id: id for id in project.subjects}
        for id, parsed in project.subjects.items():
            self._take(id, parsed, parsed.entry.name, ("name",))
        for id, parsed in project.subjects.items():
            for place, alias in enumerate(parsed.entry.aliases):
                self._take(id, parsed, alias, ("aliases", place))

    def _take(self, id: str, parsed: Parsed[SubjectEntry], name: str, at: Place) -> None:
        """Let `name` lead to a subject, unless it leads to another one."""
        owner = self._ids.setdefault(name.casefold(), id)
        if owner != id:
            message = f'"{name}" already leads to content/subjects/{owner}.yaml'
            help = "take it out of one of the two"
            self.problems.append(parsed.document.problem("duplicate-name", message, at, help=help))

    def written(self, subjects: Iterable[Subject]) -> None:
        """Take up the subjects that have files."""
        self.by_id |= {subject.id: subject for subject in subjects}

    def find(self, name: str, among: Iterable[Subject] | None = None) -> Subject | None:
        """The subject that `name` (an id, a name, an alias) stands for."""
        known = self.by_id if among is None else {subject.id: subject for subject in among}
        return known.get(self._ids.get(name) or self._ids.get(name.casefold()) or slugify(name))

    def called(self, name: str, path: str) -> Subject:
        """The subject of that name, made from the name alone when it has no file; `path` is the file that names it.

        Raises ValueError when its id is empty, means something else already, or is another name's in another file.
        """
        if slugify(name) in RESERVED:
            raise ValueError(f'"{name}" reads like the word `{slugify(name)}`, which has a meaning of its own')
        if found := self.find(name):
            if not found.written and found.name != name:
                raise ValueError(f'"{name}" and "{found.name}" ({self._named_in[found.id]}) have one id, {found.id}')
            return found
        id = slugify(name)
        if not id:
            raise ValueError(f'"{name}" has no letter or digit to make an id from')
        self._named_in[id] = path
        self.by_id[id] = Subject(id, name)
        return self.by_id[id]

    def near(self, name: str) -> str:
        """`did you mean …` when a name without a file looks like one that has."""
        help = did_you_mean(
            name,
            (
                alias
                for parsed in self._project.subjects.values()
                for alias in (parsed.entry.name, *parsed.entry.aliases)
            ),
        )
        return help if help.startswith("did") else ""


def local(name: str, subjects: Iterable[Subject]) -> Subject | None:
    """Which of a comparison's own subjects `name` means."""
    known = tuple(subjects)
    folded, id = name.casefold(), slugify(name)
    for subject in known:
        if folded in (subject.id, subject.name.casefold()):
            return subject
    # An alias never hides another subject's own name.
    for subject in known:
        if folded in (alias.casefold() for alias in subject.aliases):
            return subject
    return next((subject for subject in known if subject.id == id), None)


def names(subjects: Iterable[Subject]) -> Mapping[str, None]:
    """Every id and name, for suggestions."""
    return dict.fromkeys(word for subject in subjects for word in (subject.id, subject.name))


def stand_ins(project: Project) -> Iterable[Subject]:
    """The subjects that comparisons name, made from their names alone."""
    return (Subject(slugify(name), name) for parsed in project.comparisons.values() for name in parsed.entry.subjects)

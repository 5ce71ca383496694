"""What touches the disk: files and folders without links, snapshots of what lies there, the cache, and the output."""

from tiebreak.storage import compression, folders, nofollow, refusals, snapshot
from tiebreak.storage.cache import Cache
from tiebreak.storage.folders import (
    RESULTS,
    builtin_files,
    builtin_folder,
    project_files,
    read_bytes,
    read_text,
    real_folder,
    repository,
)
from tiebreak.storage.leftovers import is_hidden, is_leftover
from tiebreak.storage.output import publish
from tiebreak.storage.snapshot import Snapshot
from tiebreak.storage.stage import Artifact, Discard, Notify, Stage, name_of, staging
from tiebreak.storage.tree import Tree

"""What touches the disk: files and folders without links, snapshots of what lies there, the cache, and the output."""

from tiebreak.storage import folders, nofollow, refusals, snapshot
from tiebreak.storage.cache import Cache
from tiebreak.storage.folders import builtin, data_of, files_of, is_leftover, own_files, repository, text_of
from tiebreak.storage.output import publish
from tiebreak.storage.snapshot import Snapshot
from tiebreak.storage.stage import Artifact, Discard, Stage, Tell, name_of, staging
from tiebreak.storage.tree import Tree

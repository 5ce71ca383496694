"""Names of what editors, desktops and version control leave in a folder, which nobody put there for the site."""

import re

# In any capitals.
_NAMES = frozenset(
    """
    .ds_store .appledouble .documentrevisions-v100 .fseventsd .spotlight-v100 .temporaryitems .trashes .localized
    __macosx .directory .stfolder thumbs.db ehthumbs.db desktop.ini $recycle.bin .idea .vscode .vs .fleet
    @eadir ehthumbs_vista.db __pycache__
    .git .gitignore .gitattributes .gitkeep .gitmodules .hg .hgignore .svn .bzr .jj cvs
    """.split()
) | {"icon\r", "system volume information"}
_BEGINNINGS = ("._", ".#", ".~", "~$", ".nfs", ".goutputstream-", ".fuse_hidden", ".trash-")
_ENDS = tuple("~ .swp .swo .swn .swx .kate-swp .tmp .orig .rej .bak .crdownload .part .save .pyc".split())
_JETBRAINS = "___jb_"  # `chart.png___jb_tmp___`
_SAFE_SAVE = re.compile(r"\.sb-[0-9a-z]+-[0-9a-z]+$")  # `chart.png.sb-1a2b3c4d-XyZ123`, of macOS
_VIM = "4913"  # the file that Vim makes for a moment, to see whether it may; a folder is a page's


def is_leftover(name: str, is_folder: bool = False) -> bool:
    """Whether programs leave a file, or a folder, of this name behind."""
    folded = name.lower()
    if folded in _NAMES or folded.startswith(_BEGINNINGS) or folded.endswith(_ENDS) or _JETBRAINS in folded:
        return True
    if ".sb-" in folded and _SAFE_SAVE.search(folded):
        return True
    return not is_folder and (name == _VIM or (name[0] == name[-1] == "#" and len(name) > 1))


def is_hidden(name: str, is_folder: bool = False) -> bool:
    """Whether it is the name of something hidden, or of a leftover."""
    return name.startswith(".") or is_leftover(name, is_folder)

"""The live preview: a build after every burst of saves, shown in browsers that look on."""

from tiebreak.preview.rebuild import serve

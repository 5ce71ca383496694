"""The live preview: a build after every burst of saves, shown in every open browser."""

from tiebreak.preview.rebuild import Options, serve

"""Files beside an article: which of them are published, as what bytes, and drawings that are written anew."""

from tiebreak.media import attachments
from tiebreak.media.attachments import DATA, IMAGES, attachment, is_picture

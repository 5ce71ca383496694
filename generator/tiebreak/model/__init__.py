"""The values that a site consists of, and pure functions on them."""

from tiebreak.model import quantity
from tiebreak.model.balance import Balance, Flip, Tick, flips, top, weigh
from tiebreak.model.card import Card, CellChange, Change
from tiebreak.model.cell import UNKNOWN, Cell, CellState, EvidenceKind, Source
from tiebreak.model.chart import Chart, ChartedProse, ChartKind, ChartRow, Measure, Number, Point, Precision
from tiebreak.model.closeness import Closeness
from tiebreak.model.comparison import Comparison, Consider, LeftOut, Preset, Question
from tiebreak.model.facts import FactNumber, Facts, Release
from tiebreak.model.file_names import DEVICES, refusal
from tiebreak.model.hues import GREY, hues_of
from tiebreak.model.look import ROBOTS, Look, is_found, page_of, value_claim
from tiebreak.model.names import CODE, marked_name, plain_name
from tiebreak.model.prose import FACT, MARK, NO_PROSE, Heading, Link, Prose, theme_word, token
from tiebreak.model.quantity import DecimalSign, Doubt, Quantity
from tiebreak.model.serialize import DIGEST, digest, digest_of, pack, plain_digest, unpack
from tiebreak.model.site import (
    Attachment,
    Cards,
    Listing,
    NavigationItem,
    Page,
    Person,
    Settings,
    Site,
)
from tiebreak.model.slugs import ID_PATTERN, is_id, slugify
from tiebreak.model.table import HEAVIEST, Factor, Subject

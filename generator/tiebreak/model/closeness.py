"""How close a ruling was: clear, close or by judgement, by one stated rule."""

from enum import StrEnum

from tiebreak.model.balance import Balance, flips, top


class Closeness(StrEnum):
    """How close a ruling was."""

    CLEAR = "clear"
    CLOSE = "close"
    JUDGEMENT = "judgement"


THIN = 0.1  # of all points: who leads by less is hardly ahead


def closeness(balance: Balance, pick: int) -> Closeness:
    """How close it was that the subject in the place `pick`, from 0, was picked.

    By judgement: it does not lead by weight; somebody is level with it or ahead, or no row with weight has a winner.
    Close: it leads, but some other weight of a single row, from 0 to 5, would change who does, or it leads by less
    than a tenth of all points. Clear: neither. Ties and rows that nobody judged are nobody's points. A decisive row
    has its points, and nobody asks what another weight of it would change, as it does not hang on that.
    """
    if top(dict(enumerate(balance.weights))) != (pick,):
        return Closeness.JUDGEMENT
    is_close = balance.margin < THIN or bool(flips(balance))
    return Closeness.CLOSE if is_close else Closeness.CLEAR

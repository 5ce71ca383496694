"""The texts that `tiebreak new` leaves for an author to replace, by where they stand."""

SUMMARY = "say in one or two plain sentences who should take which."
WHY = "The reason, in one to three sentences."
FACTOR = "The first thing that decides"
VERDICT = "You ..."
HEADING = "Say what the decision turns on"
BODY = "The argument, in Markdown: 600 to 1,200 words that a reader could not have guessed."

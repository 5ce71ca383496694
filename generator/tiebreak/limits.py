"""Limits on what authors may write, each far above what people write and low enough to be processed quickly."""

# Characters.
NAME = 500  # a title, a name, a label, a tag: what stands in one line
TEXT = 5_000  # a few sentences, and what is quoted
INLINE = 10_000  # a field of inline Markdown
PARAGRAPH = 10_000  # or an item, or a cell of a table in a text
TABLE = 200_000  # all that a table and its sources say; much of it may be shared, and every table repeats it
LINK = 5_000  # an address in a text
REFERENCES = 200_000  # addresses and titles of references, for each of their uses, beside ten times the text's length
ADDRESS = 2_000  # one that is a field; browsers take no longer ones everywhere
OLD_PATH = 500
FILE_NAME = 255  # what file systems take
ID = 100  # two of them are the name of a folder (`a-vs-b`), and file systems take 255 bytes
NUMBER = 100
KEYWORD = 50  # a date, a state, a language: whatever is one of a few words

# Entries.
FEWEST_SUBJECTS, SUBJECTS = 2, 6  # that are compared, or put side by side; their hues can be told apart
ROWS = 1_000
SOURCES = 2_000  # of a comparison
SOURCES_OF_A_CELL = 20
TAGS = 50
NAMES = 100  # that one subject goes by
OLD_PATHS = 500
FOLDERS = 20  # of an old path
CHANGES = 500  # of a verdict
PRESETS = 50
RELEASES = 100  # of a subject
FACTS = 2_000
CHARTS = 50  # of a text
POINTS = 2_000  # of a chart
FACTS_IN_TEXT = 200  # that a text refers to; what each says may be long
BLOCKS = 10_000  # paragraphs, headings, lists of one text, and whatever else stands between blank lines
CELLS = 20_000  # of the tables of a text
LINES = 1_000  # without a blank one between them; rows of tables are not counted
FEW = 100  # links of the navigation, third ways, related comparisons

PIXELS = 100_000_000  # of a picture, or of all in a drawing; what says so may be a few kilobytes

# Bytes.
TEXT_FILE = 2_000_000
LOCK = 50_000_000  # of what was found at the sources, some 500 for each
OTHER_FILE = 100_000_000

SECTION = 60  # pages that the side navigation of one page links
TOPS = 60  # links in the head of every page, where the author names none
PROBLEMS = 1_000  # that are told as text
DIFFERENCES = 200  # places of one text that another parser reads otherwise, as far as they are told
ALIKE = 3  # remarks on a text that say the same, before one stands for all
GUESSES = 200  # problems of one file for which a near name is looked for

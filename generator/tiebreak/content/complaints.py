"""What is wrong with a value, as the validation raises it."""

from pydantic_core import PydanticCustomError


def wrong(code: str, message: str, help: str = "", *, instead: str | None = None) -> PydanticCustomError:
    """The problem of a value, and what to write `instead` if only that is right."""
    # Braces would be read as a template.
    context = {"code": code, "message": message, "help": help, "instead": instead}
    return PydanticCustomError("tiebreak", "{message}", context)


def too_long(text: str, most: int) -> PydanticCustomError:
    message = f"the text has {len(text):,} characters, and {most:,} is the most here"
    return wrong("too-long", message, f"write at most {most:,}")

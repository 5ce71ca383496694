"""What is wrong with a value, as the validation raises it."""

from pydantic_core import PydanticCustomError


def wrong(code: str, message: str, help: str = "") -> PydanticCustomError:
    # Braces would be read as a template.
    return PydanticCustomError("tiebreak", "{message}", {"code": code, "message": message, "help": help})


def too_long(text: str, most: int) -> PydanticCustomError:
    message = f"the text has {len(text):,} characters, and {most:,} is the most here"
    return wrong("too-long", message, f"write at most {most:,}")

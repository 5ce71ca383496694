"""`python -m tiebreak` is the same as `tiebreak`."""

from tiebreak.cli import main

if __name__ == "__main__":
    main(prog_name="tiebreak")

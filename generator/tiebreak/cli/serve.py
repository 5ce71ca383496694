"""`tiebreak serve`: a live preview, built again after every save."""

from pathlib import Path
from typing import Any

import click

from tiebreak.cli.options import drafts_option, future_option, project_option, today_option
from tiebreak.cli.reporting import reporting, say


@click.command()
@project_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--allow-host",
    "allowed",
    metavar="NAME",
    multiple=True,
    help="A name by which the preview may be asked, such as that of a tunnel; can be given again.",
)
@click.option("--poll", is_flag=True, help="Look for saves where no system reports them, as on network drives.")
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
@drafts_option
@future_option
@today_option
@reporting
def serve(
    project: Path, host: str, port: int, allowed: tuple[str, ...], poll: bool, open_browser: bool, **others: Any
) -> None:
    """Preview the site; the browser follows every save."""
    from tiebreak.preview import Options
    from tiebreak.preview import serve as run

    def tell(text: str) -> None:
        say(*text.split("\n"))

    run(Options(project, host, port, allowed, poll=poll, open_browser=open_browser, **others), tell)

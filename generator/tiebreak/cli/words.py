"""`tiebreak words`: the report of all that the theme does not say in a language yet, ready to be translated."""

from pathlib import Path

import click

from tiebreak.cli.options import project_option
from tiebreak.cli.reporting import reporting


@click.command()
@click.argument("language", required=False)
@project_option
@reporting
def words(language: str | None, project: Path) -> None:
    """Print what the theme lacks in a LANGUAGE, as a file to translate.

    Without a LANGUAGE, it is that of the site.
    """
    import yaml

    from tiebreak.languages import canonical, is_tag
    from tiebreak.pages import messages

    if language and not is_tag(language):
        message = f'"{language}" is not a language tag; write one such as en or pt-BR'
        raise click.BadParameter(message, param_hint="LANGUAGE")
    tag = canonical(language) if language else _language_of(project)
    reading = messages.read(project, tag)
    lacking = sum(map(len, reading.missing.values()))
    if not lacking:
        click.echo(f'The theme has all of its texts in "{tag}".', err=True)
        return
    click.echo(yaml.safe_dump(reading.missing, allow_unicode=True, sort_keys=False, width=1000), nl=False)
    click.echo(f'{lacking} texts are missing in "{tag}"; they go into templates/words/{tag}.yaml.', err=True)


def _language_of(project: Path) -> str:
    """The language of the site. Raises SiteError where its settings cannot be read."""
    from tiebreak.content import SETTINGS, SettingsEntry, no_settings, parse
    from tiebreak.markdown import Dialect
    from tiebreak.problems import SiteError
    from tiebreak.storage import Cache

    if not (project / SETTINGS).exists():
        raise SiteError([no_settings()])
    parsed, problems = parse(project, SETTINGS, SettingsEntry, Cache(None), Dialect())
    if parsed is None:
        raise SiteError(problems)
    return parsed.entry.language

"""`tiebreak schema`: prints the JSON Schema of one kind of file, for editors."""

import json

import click


@click.command()
@click.argument("kind", type=click.Choice(["comparison", "subject", "factors", "site", "changes"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file, for editors."""

    from tiebreak.content import json_schema

    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))

"""`tiebreak schema`: prints the JSON Schema of one kind of file, for editors, or of what a site says for programs."""

import json

import click


@click.command()
@click.argument("kind", type=click.Choice(["comparison", "subject", "factors", "site", "changes", "twin"]))
def schema(kind: str) -> None:
    """Print the JSON Schema of a kind of file, for editors.

    A `twin` is the JSON beside each comparison of a site.
    """
    if kind == "twin":
        from tiebreak import twins

        click.echo(twins.schema(), nl=False)
        return
    from tiebreak.content import json_schema

    click.echo(json.dumps(json_schema(kind), indent=2, ensure_ascii=False))

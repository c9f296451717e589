"""Completion for shells."""

from __future__ import annotations

import click

from neptun_conformance.cli.console import echo

PROGRAM = "neptun-conformance"
VARIABLE = "_NEPTUN_CONFORMANCE_COMPLETE"


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash:  eval "$(neptun-conformance completion bash)"     in ~/.bashrc
    zsh:   eval "$(neptun-conformance completion zsh)"      in ~/.zshrc
    fish:  neptun-conformance completion fish | source      in ~/.config/fish/config.fish
    """  # noqa: D301 - the backspace tells click to leave the lines below as they are
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - the choices are click's own
    echo(kind(context.find_root().command, {}, PROGRAM, VARIABLE).source())

"""Commands of a shop's project folder: a new one, and its series."""

from __future__ import annotations

from pathlib import Path

import click

from vidkit import console
from vidkit.commands import command, group


@command("init", "建一个店的文件夹 · a folder for a shop", "建一个店的文件夹。\nMake a folder for a shop.")
@click.argument("folder", default=".", type=click.Path(path_type=Path))
def init(*, folder: Path) -> int:
    """Write a new project."""
    console.say(str(folder))
    return 0


series = group("series", "系列：排期数、防重复 · series", "系列的记录。\nThe ledger of a series.")

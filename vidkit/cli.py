"""The command line: every command in the order people need them."""

from __future__ import annotations

from typing import Final

import click

from vidkit import __version__
from vidkit.commands import consenting, keeping, listening, looking, making, publishing, shop, standing, writing
from vidkit.program import Program


@click.group(
    "vidkit",
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "家政短视频小工具：照片和几句真话，变成能发的短片、封面、海报和文案。\n"
        "Photos and a few true sentences become clips, covers, posters and captions.\n\n"
        "第一次用：vidkit demo    自己做：vidkit new 厨房，改字，vidkit make 厨房.yaml\n"
        "First time: vidkit demo    Your own: vidkit new kitchen, edit, vidkit make kitchen.yaml\n\n"
        "店里常用：vidkit init 建一个文件夹，品牌、人物、照片放在一起\n"
        "For a shop: vidkit init makes a folder for its brand, people and photos\n\n"
        "说哪种话：设 VIDKIT_LANG=zh 说中文，VIDKIT_LANG=en 说英文（不设就看系统）\n"
        "Language: set VIDKIT_LANG=en for English, zh for Chinese (the system's if not set)"
    ),
)
@click.version_option(__version__, "--version", prog_name="vidkit", help="看版本号 · show the version")
@click.pass_context
def program(context: click.Context) -> int:
    """Show the help when no command is given."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
    return 0


COMMANDS: Final = (
    *(making.demo, shop.init, writing.new, making.make, making.check, looking.privacy),
    *(publishing.publish, publishing.verify, publishing.posted),
    *(looking.plan, looking.frame, looking.sheet, listening.listen, shop.series, consenting.consent, writing.brand),
    *(writing.list_, standing.platforms, standing.rules),
    *(looking.gallery, writing.schema, keeping.cache, writing.doctor),
)
"""In the order people need them."""
for one in COMMANDS:
    program.add_command(one)


def main() -> None:
    """Run the command line of this process."""
    program.main()

"""The command that listens: a clip's sound as a picture, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vidkit import console
from vidkit.commands import BRIEF, ONE_PLATFORM, PICTURE, command, width
from vidkit.commands.looking import one_plan
from vidkit.consoles import spelling

if TYPE_CHECKING:
    from pathlib import Path


@command(
    "listen",
    "看短片的声音 · a clip's sound as a picture",
    "把短片的声音做出来，画成一张图：成片的波形和响度、人声、音乐让了多少、画面在哪儿切、拍子在哪儿。\n"
    "Make the clip's sound and draw it: waves and loudness, the voice, how far the music goes down, cuts and beats.",
)
@BRIEF
@PICTURE
@ONE_PLATFORM
@click.option(
    "--wav",
    is_flag=True,
    help="声音也存下来，和图片同名，结尾是 .wav\nalso write the sound beside the picture, as .wav",
)
@width(2160)
def listen(*, brief: Path, out: Path, platform: str | None, wav: bool, width: int) -> int:
    """Write the picture of a clip's sound."""
    from vidkit import cache, sheet  # noqa: PLC0415
    from vidkit import plan as planning  # noqa: PLC0415
    from vidkit.audio import listen as listening  # noqa: PLC0415
    from vidkit.audio import score  # noqa: PLC0415
    from vidkit.runs import ours  # noqa: PLC0415

    script, one = one_plan(brief, platform, out)
    if wav:
        ours.sure(out.with_suffix(".wav"))
    with cache.default().scratch() as folder:
        heard = listening.heard(one, planning.recorded(script), folder)
    sheet.write(listening.picture(one, heard, score.meter(script.brief, one.track).beat, width), out)
    console.say(console.words("wrote", name=spelling.shown(out)))
    if wav:
        listening.wav(heard, out.with_suffix(".wav"))
        console.say(console.words("wrote", name=spelling.shown(out.with_suffix(".wav"))))
    return 0

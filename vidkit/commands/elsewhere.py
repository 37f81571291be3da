"""Having other computers make the segments: the options for it, and the connection while a command runs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vidkit.clip import Rendering

SCHEDULER: Final = click.option(
    "--scheduler",
    metavar="ADDRESS",
    envvar="VIDKIT_SCHEDULER",
    help="让别的电脑帮着做：Dask 调度器的地址，比如 tcp://192.168.1.5:8786（也可以写在 VIDKIT_SCHEDULER 里）\n"
    "have other computers make the segments: the address of a Dask scheduler (or in VIDKIT_SCHEDULER)",
)
STORE: Final = click.option(
    "--store",
    metavar="URL",
    envvar="VIDKIT_STORE",
    help="画面和片段经过哪里，每台电脑都要能读能写：file:///mnt/共用、s3://…（也可以写在 VIDKIT_STORE 里）；做完就删\n"
    "where pictures and segments pass through, an fsspec URL every computer can use (or in VIDKIT_STORE); cleared afterwards",
)


@contextmanager
def connected(scheduler: str | None, store: str | None) -> Iterator[Rendering | None]:
    """What makes segments: the workers of a scheduler, or None for this computer; refuses (VK-D010) a scheduler without a store."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415  # only click at the top, as in every module of commands

    if not scheduler:
        yield None
        return
    if not store:
        raise Refusal(problem("VK-D010"))
    from vidkit.cluster import scheduler as schedulers  # noqa: PLC0415  # only those who ask for it pay for it

    with schedulers.connected(scheduler, store) as sender:
        yield sender

"""The cache's commands: how full it is, whether all in it is what it should be, and emptying it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vidkit import console
from vidkit.commands import JSON, command, group

if TYPE_CHECKING:
    from vidkit.cache import Cache

cache = group(
    "cache",
    "缓存：占了多少、有没有坏、清空 · the cache: size, check, clear",
    "做过的片段留在缓存里，改一个字只重做那一段。删掉不会丢东西，只是下次做得慢一点。\n"
    "Parts already made stay in the cache, so that an edit remakes only what it changed. Deleting it loses nothing but time.",
)


@command(
    "info",
    "占了多少 · how full it is",
    "缓存在哪里，有多少文件，多大。\nWhere the cache is, how many files it has, how large.",
)
@JSON
def fullness(*, as_json: bool) -> int:
    """Show where the cache is and how full."""
    from vidkit import cache as caches  # noqa: PLC0415

    store, most = caches.default(), caches.most_bytes()
    entries = store.entries()
    size = sum(entry.size for entry in entries)
    if as_json:
        told = {"folder": str(store.root), "files": len(entries), "bytes": size, "limit_bytes": most}
        console.say_answer(0, (), told)
    else:
        megabytes, limit = round(size / 1e6), round(most / 1e6)
        console.say(
            console.words("cache-info", folder=store.root, count=len(entries), megabytes=megabytes, limit=limit)
        )
    return 0


@command(
    "verify",
    "有没有坏 · check every file",
    "把缓存里的文件一个一个核对，坏的删掉，下次用到会重做。\n"
    "Hold every file against its name; those that do not match are removed and made again when needed.",
)
@JSON
def verify(*, as_json: bool) -> int:
    """Check every entry."""
    from vidkit import cache as caches  # noqa: PLC0415

    count, removed = caches.default().verify()
    if as_json:
        console.say_answer(0, (), {"files": count, "removed": removed})
    else:
        console.say(console.words("cache-healed" if removed else "cache-verified", count=count, removed=removed))
    return 0


@command(
    "clear",
    "清空 · empty it",
    "清空缓存。做好的短片、照片、清单都不动。加了 --json 不问，要写明 --yes。\n"
    "Empty the cache. Finished clips, photos and briefs are not touched. With --json nothing is asked; say --yes.",
)
@click.option("--yes", is_flag=True, help="不用再问 · do not ask")
@JSON
def clear(*, yes: bool, as_json: bool) -> int:
    """Empty the cache."""
    from vidkit import cache as caches  # noqa: PLC0415

    store = caches.default()
    if not (yes or _agreed(store, quiet=as_json)):
        return 0
    removed = store.clear()
    if as_json:
        console.say_answer(0, (), {"removed": removed})
    else:
        console.say(console.words("cache-cleared", count=removed))
    return 0


def _agreed(store: Cache, *, quiet: bool) -> bool:
    """Whether somebody says yes; refuses (VK-M033) when nobody answers, or a program must not be asked: nothing is removed then."""
    from vidkit.problems import Refusal, problem  # noqa: PLC0415

    try:
        if not quiet:
            return click.confirm(console.words("cache-sure", folder=store.root), err=True)
    except click.Abort as stop:
        if not isinstance(stop.__context__, EOFError):
            raise
    raise Refusal(problem("VK-M033"))


for one in (fullness, verify, clear):
    cache.add_command(one)

"""The package's own files: ``vidkit/data/NAME.yaml`` → a mapping, read once; the files and figures that decide something → one hash of them."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's safe loader, in C where it was built so."""


@cache
def table(name: str) -> dict[str, Any]:
    """The mapping in ``data/<name>.yaml``."""
    return mapping(resources.files("vidkit").joinpath(f"data/{name}.yaml").read_text(encoding="utf-8"))


def mapping(text: str) -> dict[str, Any]:
    """A YAML mapping of our own as plain values."""
    return dict(yaml.load(text, Loader=LOADER))  # noqa: S506  # the safe loader


def shared(pattern: str, parts: Mapping[str, str]) -> str:
    """A pattern of a table with the ``parts`` that several of its patterns share in the place of their names: ``{refuse}``."""
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?:{part})")
    return pattern


def engine(files: Iterable[str], *figures: object, tools: Iterable[str] = ()) -> str:
    """The SHA-256 of what decides a result besides its input, which makes another key of it: files of ours (paths below ``vidkit/``), figures
    (plain values, whole tables too) and the versions of the packages that help.
    """
    from importlib import metadata  # noqa: PLC0415  # who makes nothing asks for no versions

    said = [[f"{tool} {metadata.version(tool)}" for tool in tools], [_digest(file) for file in files], figures]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


@cache
def _digest(file: str) -> str:
    return hashlib.sha256(resources.files("vidkit").joinpath(file).read_bytes()).hexdigest()

"""The package's own tables: ``vidkit/data/NAME.yaml`` → a mapping, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's safe loader, in C where it was built so."""


@cache
def table(name: str) -> dict[str, Any]:
    """The mapping in ``data/<name>.yaml``."""
    return mapping(resources.files("vidkit").joinpath(f"data/{name}.yaml").read_text(encoding="utf-8"))


def mapping(text: str) -> dict[str, Any]:
    """A YAML mapping of our own as plain values."""
    return dict(yaml.load(text, Loader=LOADER))  # noqa: S506  # the safe loader

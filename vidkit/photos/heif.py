"""Which library reads HEIC here: pi-heif, or pillow-heif, its elder with an encoder, where Python is newer than pi-heif's wheels."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import ImageFile

MODULES: Final = {"pi-heif": "pi_heif", "pillow-heif": "pillow_heif"}
"""The libraries as they are installed and as they are imported, the preferred one first; ``pyproject.toml`` says which Python asks for which."""
NEWER: Final = (3, 15)
"""From this Python on the second is asked for."""


@cache
def library() -> str:
    """The name of the one that is installed; where none is, of the one that this Python should have. Nothing is imported."""
    for name, module in MODULES.items():
        if find_spec(module):
            return name
    return tuple(MODULES)[sys.version_info >= NEWER]


def reader() -> type[ImageFile.ImageFile]:
    """Pillow's reader of HEIC, told to leave thumbnails, depths and helpers alone; ImportError without a library."""
    module = MODULES[library()]
    options = import_module(f"{module}.options")
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False  # type: ignore[attr-defined]
    found: type[ImageFile.ImageFile] = import_module(f"{module}.as_plugin").HeifImageFile
    return found

"""The C library's heap: pictures are large and short-lived, and what is freed should return to the system."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Ask glibc, where it is the C library, for one heap and for blocks over 4 MB of their own: freed photos then return to the system.

    With its usual settings the painter held 100 MB more (measured, two jobs, 12-megapixel photos). Elsewhere nothing happens.
    """
    arena_max, mmap_threshold, trim_threshold = -8, -3, -1
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(arena_max, 1)
    mallopt(mmap_threshold, 4 << 20)
    mallopt(trim_threshold, 48 << 20)


def trim() -> None:
    """Give everything that is free back at once, where the C library is glibc."""
    try:
        ctypes.CDLL(None).malloc_trim(0)
    except (AttributeError, OSError, TypeError):
        return

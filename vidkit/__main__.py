"""``python -m vidkit`` is ``vidkit``."""

from vidkit.cli import main

main()

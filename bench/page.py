"""docs/performance.md from recorded results: ``python bench/page.py`` writes it, ``--check`` only says whether it is what the results say.

``bench/pages/NAME.md.j2`` is a section. It sees the whole of ``bench/results/NAME.json`` (``day``, ``machine``, ``versions``, ``load``,
``figures``), ``measured`` (all but the figures as a sentence), and every result by its name in ``results``. Sections stand in the order of
``ORDER``, others after them by name; a section whose own result is missing stays as it is written. A name that nothing defines is an error.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import jinja2

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "performance.md"
ORDER = ("clip", "warm", "memory", "quality", "settings", "kernels", "banding", "batch", "moviepy", "cluster", "photos")
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def results() -> dict[str, dict[str, Any]]:
    """Every recorded result by its name."""
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8")) for file in sorted((HERE / "results").glob("*.json"))
    }


def measured(result: dict[str, Any]) -> str:
    """When, on what and with what a result was measured."""
    machine, tools = result["machine"], result["versions"]
    cores = COUNTS[machine["cpus"]] if machine["cpus"] < len(COUNTS) else machine["cpus"]
    listed = ", ".join(f"{tool} {version}" for tool, version in tools.items())
    return f"Measured on {result['day']}, {cores} cores of {machine['cpu']} (load {result['load']}), {listed}."


def page() -> str:
    """The whole page."""
    found = results()
    folder = jinja2.FileSystemLoader(HERE / "pages")
    made = jinja2.Environment(loader=folder, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  # Markdown
    made.globals |= {"results": found, "measured_of": measured}
    names = [file.name.removesuffix(".md.j2") for file in (HERE / "pages").glob("*.md.j2") if file.name != "top.md.j2"]
    names.sort(key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
    sections = [made.get_template("top.md.j2").render()]
    for name in names:
        own = found.get(name)
        said = own | {"measured": measured(own)} if own else {}
        sections.append(made.get_template(f"{name}.md.j2").render(said))
    return "\n\n".join(section.strip() for section in sections) + "\n"


def main() -> None:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the page is not what the results say"
    )
    said = page()
    if parser.parse_args().check:
        if PAGE.read_text(encoding="utf-8") != said:
            raise SystemExit("docs/performance.md is not what bench/results says: run python bench/page.py")
        return
    PAGE.write_text(said, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The documentation does what it says: the template of ``docs/templates.md`` works in a user's folder, every template is explained."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from vidkit import batch, cache, caption, cover, kit, new, poster, transitions

ROOT = Path(__file__).parent.parent
DOC = (ROOT / "docs/templates.md").read_text(encoding="utf-8")


def blocks() -> dict[str, str]:
    """The files of the page by the name in their first line."""
    found = re.findall(r"```yaml\n# (\S+)\n(.*?)```", DOC, re.DOTALL)
    return dict(found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A user's folder with the page's template, brief and pictures; nothing of vidkit is touched."""
    for name, text in blocks().items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (tmp_path / "photos").mkdir()
    for name in ("track.jpg", "wipe.jpg"):
        shutil.copy(ROOT / "examples/photos" / name, tmp_path / "photos")
    return tmp_path


def test_a_tenth_template_works_from_a_users_folder(folder: Path) -> None:
    """The page's template gives a clip, covers, posters, captions and a brief to fill in."""
    (item,) = batch.check((folder / "tip.yaml",), cache.default())
    assert not item.exit_code, item.problems
    assert item.script
    names = [scene.name for scene in item.plans[0].board.scenes]
    assert names[0] == "hook"
    assert names[-1] == "end"
    assert names.count("step-1") == 1
    assert "advice" in names
    where = item.plans[0].platform
    assert cover.pages(item.script, where)
    assert poster.pages(item.script)
    said = caption.write(item.script.brief, where, item.script.template, item.script.brand, item.script.shelf)
    assert len(said.versions) == 3
    assert "三步" in said.title
    fresh = new.write(folder / "另一份", "小窍门").read_text(encoding="utf-8")
    assert "步骤:" in fresh
    assert "\n建议:" in fresh


def test_the_page_names_what_there_is() -> None:
    """Transitions, shapes and places of the page exist; so do the files it links to; every shape and all a scene may say is told."""
    for name in re.findall(r"`([a-z-]+)`", DOC.split("`into`")[1].split("\n")[0]):
        assert name in transitions.TRANSITIONS
    for link in re.findall(r"\]\(\.\./([^)]+)\)", DOC):
        assert (ROOT / link).exists(), link
    shapes = re.findall(r"`([a-z]+)`", DOC.split("`shape`：")[1].split("；")[0])
    assert set(shapes) == set(kit.Shape.__args__)  # type: ignore[attr-defined]
    told = re.findall(r"^\| (`.*?`) \|", DOC, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", " ".join(told))) == set(kit.SceneSpec.model_fields) - {"name"}


def test_the_map_names_every_module_of_the_rules() -> None:
    """A rule that is added has its place in ``docs/architecture.md``."""
    said = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    modules = {file.name for file in (ROOT / "vidkit/rules").glob("[a-z]*.py")}
    assert {name for name in modules if name not in said} == set()

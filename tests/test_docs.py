"""The documentation does what it says: the template of ``docs/templates.md`` works in a user's folder, every template is explained."""

from __future__ import annotations

import ast
import inspect
import os
import re
import shutil
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

import click
import pytest
from pydantic import BaseModel

from vidkit import batch, brief, cache, caption, cli, cover, kit, plan, poster, transitions
from vidkit.briefs import new
from vidkit.kits import platform, values
from vidkit.painting import moves

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

ROOT = Path(__file__).parent.parent
PHOTOS = ROOT / "examples/photos"
DOC = (ROOT / "docs/templates.md").read_text(encoding="utf-8")


def blocks() -> dict[str, str]:
    """The files of the page by the name in their first line."""
    found = re.findall(r"```(?:yaml\n# (\S+)|jinja\n{# (\S+) #})\n(.*?)```", DOC, re.DOTALL)
    return {data or page: text for data, page, text in found}


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
    assert dict(poster.pages(item.script))["poster-4x5"].size == (1080, 1350)
    said = caption.write(item.script.brief, where, item.script.template, item.script.brand, item.script.shelf)
    assert len(said.versions) == 3
    assert "三步" in said.title
    begun = {version.body.splitlines()[0] for version in said.versions}
    assert begun == {"窗槽不用抠，三步。", "记住这一招，下次省一半力气。", "这个办法，我们天天在用。"}
    assert any("还想学哪一招？" in version.body for version in said.versions)
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


LISTED = {
    "into": set(transitions.TRANSITIONS),
    "move": set(moves.MOVES),
    "ground": set(get_args(kit.Ground)),
    "shape": set(get_args(kit.Shape)),
    "sound": set(get_args(kit.Words.model_fields["sound"].annotation)) - {""},
}


@pytest.mark.parametrize("key", LISTED)
def test_what_may_stand_there_is_told_whole(key: str) -> None:
    """Each list of names in the page's table is the code's own, no more and no less."""
    said = re.search(rf"`{key}`(?: \|[^|`]*|：| 配什么声音：)((?:`[a-z-]+`[^`|；]*)+)", DOC)
    assert said, key
    assert re.findall(r"`([a-z-]+)`", said[1]) == list(dict.fromkeys(re.findall(r"`([a-z-]+)`", said[1])))
    assert set(re.findall(r"`([a-z-]+)`", said[1])) == LISTED[key]


KEYS = ROOT / "docs/template-keys.md"
MODELS = (kit.Template, kit.Take, kit.SceneSpec, kit.PictureSpec, kit.Words, kit.Slot, kit.Place)


def _docstrings() -> dict[tuple[str, str], str]:
    """What stands below each field of the values of ``kit``, on one line."""
    found = {}
    for model in ast.parse(inspect.getsource(kit)).body:
        rows = model.body if isinstance(model, ast.ClassDef) else []
        for field, said in pairwise(rows):
            if isinstance(field, ast.AnnAssign) and isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant):
                words = " ".join(str(said.value.value).split()).replace("``", "`")
                found[getattr(model, "name", ""), ast.unparse(field.target)] = words
    return found


def _left_out(field: FieldInfo) -> str:
    """What a key is when it is left out, as YAML says it."""
    if field.is_required():
        return "要写 · needed"
    if field.default is None or isinstance(field.default, BaseModel) or field.default in ("", (), {}):
        return "–"
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def _choices(kind: Any) -> list[str]:
    """The names that may stand there, if only some may."""
    if get_origin(kind) is Literal:
        return [one for one in get_args(kind) if one]
    return [one for part in get_args(kind) for one in _choices(part)]


def test_every_key_of_a_template_is_told() -> None:
    """``docs/template-keys.md`` has each of them in the code's order, with its docstring; VIDKIT_UPDATE=1 writes all but the Chinese anew."""
    said, page = _docstrings(), KEYS.read_text(encoding="utf-8")
    for model in MODELS:
        before, mark, rest = page.partition(f"<!-- {model.__name__} -->\n")
        head, rows = rest.partition("\n\n")[0].splitlines()[:2], rest.partition("\n\n")[0].splitlines()[2:]
        chinese = {row.split(" | ")[0].strip("| `"): row.split(" | ")[1] for row in rows}
        told = [
            f"| `{name}` | {chinese.get(name, '')} | {_left_out(field)} | "
            f"{' '.join((said[model.__name__, name], *(f'`{one}`' for one in _choices(field.annotation))))} |"
            for name, field in model.model_fields.items()
            if field.json_schema_extra != values.OURS
        ]
        assert all(re.search(r"[\u4e00-\u9fff]", row.split(" | ")[1]) for row in told), f"{model.__name__}: 没有中文"
        page = before + mark + "\n".join((*head, *told)) + "\n\n" + rest.partition("\n\n")[2]
    if os.environ.get("VIDKIT_UPDATE"):
        KEYS.write_text(page, encoding="utf-8")
    assert KEYS.read_text(encoding="utf-8") == page


def test_the_pages_groups_of_captions_are_there() -> None:
    """Every group a platform of one's own may take its posts from is told, and is one of ours."""
    row = next(line for line in DOC.splitlines() if line.startswith("| 文案 caption_group"))
    assert set(re.findall(r"`([a-z-]+)`", row)) == {one.caption_group for one in platform.all_platforms()}


def test_every_command_is_told() -> None:
    """In the table of commands, and in the English page's list of them."""
    chinese, english = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.en.md"))
    rows = " ".join(line for line in chinese.splitlines() if line.startswith("| `vidkit "))
    listed = re.search(r"`vidkit --help` lists the commands:(.*)", english)
    assert listed
    names = {str(one.name) for one in cli.COMMANDS}
    assert not [name for name in names if not re.search(rf"`(vidkit )?{name}[` ]", rows)]
    assert set(re.findall(r"`([a-z]+)`", listed[1])) == names


PAGES = ("README.md", "README.en.md", *(f"docs/{name}.md" for name in ("templates", "scaling", "music", "moviepy")))


def typed(text: str) -> set[tuple[str, ...]]:
    """What a page tells people to type behind ``vidkit``: whole lines and code in a line, less comments and the brackets of what may be left out."""
    found = re.findall(r"(?:^|`|&& )(?:python3? -m )?vidkit ([^`#&\n]+)", text, re.MULTILINE)
    return {tuple(re.sub(r"[\[\]]", "", line).split()) for line in found}


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_to_type_is_a_command(page: str) -> None:
    """Every command and option of the pages is one of the program's."""
    for words in typed((ROOT / page).read_text(encoding="utf-8")):
        command: click.Command = cli.program
        rest = list(words)
        while rest and isinstance(command, click.Group) and not rest[0].startswith("-"):
            assert rest[0] in command.commands, words
            command = command.commands[rest.pop(0)]
        options = {"--help"} | {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
        assert {word for word in rest if word.startswith("-")} <= options, words


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_links_lead_somewhere(page: str) -> None:
    """Files are there, and so are the headings of links within a page."""
    text = (ROOT / page).read_text(encoding="utf-8")
    headings = {
        re.sub(r"[^\w\- ]", "", line.lower()).strip().replace(" ", "-")
        for line in re.findall(r"^#+ (.*)", text, re.MULTILINE)
    }
    for link in re.findall(r"\]\((?!http)([^)]+)\)|src=\"([^\"]+)", text):
        file, _, heading = "".join(link).partition("#")
        assert (ROOT / page).parent.joinpath(file).exists(), link
        assert file or heading in headings, link


@pytest.mark.parametrize("page", ["README.md", "README.en.md"])
def test_the_briefs_of_the_first_page_can_be_read(page: str, tmp_path: Path) -> None:
    """Its ten lines, with what it adds to them further down: the keys are ours and the values fit."""
    text = (ROOT / page).read_text(encoding="utf-8")
    ten, *more = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    for name in set(re.findall(r"photos/\w+\.jpg", text)) & {f"photos/{one.name}" for one in PHOTOS.iterdir()}:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(PHOTOS.parent / name, tmp_path / name)
    added = "".join(one for one in more if re.match(r"(人物|people): {|用途|谁家", one))
    (decided,) = (one for one in more if one.startswith("  - "))
    file = tmp_path / "a.yaml"
    file.write_text(
        re.sub(r"(?m)^  - .*\n", "", ten)
        .replace("对比:\n", f"对比:\n{decided}")
        .replace("pairs:\n", f"pairs:\n{decided}")
        + added,
        encoding="utf-8",
    )
    said = brief.load(file, plan.names(kit.shelf()))
    assert said.people
    assert said.pairs[0].before.cover


def test_the_map_names_every_module_of_the_rules() -> None:
    """A rule that is added has its place in ``docs/architecture.md``."""
    said = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    modules = {file.name for file in (ROOT / "vidkit/rules").glob("[a-z]*.py")}
    assert {name for name in modules if name not in said} == set()

"""Every case file gives exactly the problems written in it; see ``cases/README.md`` for the form."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

import pytest
from PIL import Image

from vidkit import brief
from vidkit.briefs import fields
from vidkit.problems import Language, Refusal, in_order, show

LANGUAGES: tuple[Language, ...] = ("zh", "en")
CASES = Path(__file__).parent / "cases"
NAMES = fields.Names(
    templates=(("before-after", ("清洁前后对比",)), ("steps", ("深度保洁七步流程",)), ("sisters", ("姐妹故事",))),
    brands=(("linli", ("邻里净",)),),
    platforms=(
        ("douyin", ("抖音",)),
        ("kuaishou", ("快手",)),
        ("wechat-channels", ("视频号", "微信视频号")),
        ("xiaohongshu", ("小红书",)),
        ("meituan", ("美团",)),
        ("official-account", ("公众号", "微信公众号")),
        ("moments", ("朋友圈",)),
    ),
    transitions=(("cut", ("硬切",)), ("fade", ("淡入淡出",)), ("slide", ("滑动",)), ("wipe", ("擦除",))),
    reveals=(("wipe", ("擦除",)), ("split", ("对开",)), ("hand-wipe", ("手擦",))),
    beds=(("bright", ("明快",)), ("calm", ("舒缓",)), ("market-day", ("热闹", "lively"))),
    tracks=(("cleaning", ("保洁",)),),
    takes=(
        ("before-after", (("service", fields.Range(1, 1)), ("pairs", fields.Range(1, 6)))),
        ("steps", (("service", fields.Range(1)), ("sections", fields.Range(3, 9)))),
        ("sisters", (("people", fields.Range(2, 4)), ("people.photo", fields.Range(2)), ("review", fields.Range()))),
    ),
)
PHOTOS = (
    "a.jpg",
    "b.jpg",
    "c.jpg",
    "d.jpg",
    "e.jpg",
    "f.jpg",
    "Kitchen.JPG",
    "有 空格.jpg",
    "照片[1].jpg",
    unicodedata.normalize("NFD", "café.jpg"),
)


def _cases() -> list[str]:
    return sorted({file.stem for file in CASES.iterdir() if file.suffix in {".yaml", ".expect"}})


def _sidecar(name: str) -> str | None:
    file = CASES / f"{name}.expect"
    return file.read_text(encoding="utf-8") if file.is_file() else None


def _content(name: str) -> bytes:
    """The brief's bytes: the case file, or what the sidecar's first line makes."""
    file = CASES / f"{name}.yaml"
    if file.is_file():
        return file.read_bytes()
    how, what = re.match(r"# (recode|bytes|python): (.*)", _sidecar(name) or "").groups()  # type: ignore[union-attr]  # a bad sidecar fails here
    if how == "bytes":
        return bytes.fromhex(what)
    if how == "python":
        return str(eval(what, {"__builtins__": {}}, {"range": range, "good": _good()})).encode()  # noqa: S307  # our own files
    codec, _, other = what.partition(" ")
    text = (CASES / other).read_text(encoding="utf-8")
    return text.encode("utf-8-sig" if codec == "utf-8-bom" else codec)


def _good() -> str:
    return (CASES / "good.yaml").read_text(encoding="utf-8").split("# ok")[0]


def _expected(name: str) -> tuple[set[tuple[int, int, str]], int, list[str], list[tuple[str, str]]]:
    text = _sidecar(name) or (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    errors = {(int(a), int(b), code) for a, b, code in re.findall(r"^# error: (\d+):(\d+) (\S+)$", text, re.MULTILINE)}
    assert bool(errors) != bool(re.search(r"^# ok$", text, re.MULTILINE)), "either errors or ok"
    code = re.search(r"^# exit: (\d+)$", text, re.MULTILINE)
    said = re.findall(r"^# says: (.+)$", text, re.MULTILINE)
    values = re.findall(r"^# value: (\S+) = (.*)$", text, re.MULTILINE)
    return errors, int(code[1]) if code else (2 if errors else 0), said, values


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder with small photos, a folder named like one, links and a FIFO."""
    outside = tmp_path_factory.mktemp("outside") / "secret.jpg"
    folder = tmp_path_factory.mktemp("project")
    photos = folder / "photos"
    (photos / "album").mkdir(parents=True)
    for number, name in enumerate(PHOTOS):
        Image.new("RGB", (8, 8), (number * 20, 90, 160)).save(photos / name)
    Image.new("RGB", (8, 8)).save(outside)
    (photos / "out.jpg").symlink_to(outside)
    (photos / "in.jpg").symlink_to("a.jpg")
    (photos / "loop.jpg").symlink_to("loop.jpg")
    (photos / "gone.jpg").symlink_to("nowhere.jpg")
    if hasattr(os, "mkfifo"):
        os.mkfifo(photos / "pipe.jpg")
    return folder


@pytest.mark.parametrize("name", _cases())
def test_case(name: str, project: Path) -> None:
    """The problems, the exit code and the words are those of the case; no path of this machine is printed."""
    errors, code, said, values = _expected(name)
    file = project / f"{name}.yaml"
    file.write_bytes(_content(name))
    made = _outcome(file)
    if isinstance(made, Refusal):
        _compare(made, errors, code, said, project)
    else:
        assert not errors, made
        assert [(path, _value(made, path)) for path, _ in values] == values
        assert hash(made) == hash(brief.load(file, NAMES))


def _outcome(file: Path) -> brief.Brief | Refusal:
    try:
        return brief.load(file, NAMES)
    except Refusal as refusal:
        return refusal


def _compare(refusal: Refusal, errors: set[tuple[int, int, str]], code: int, said: list[str], project: Path) -> None:
    printed = "\n".join(show(problem, language) for language in LANGUAGES for problem in refusal.problems)
    found = [(p.place.line, p.place.column, p.code) if p.place else (0, 0, p.code) for p in refusal.problems]
    assert set(found) == errors, printed
    assert len(found) <= 20
    assert refusal.exit_code == code
    assert refusal.problems == in_order(refusal.problems)
    assert all(piece in printed for piece in said), printed
    assert "Traceback" not in printed
    assert str(project) not in printed


def _value(made: brief.Brief, path: str) -> str:
    value: object = made
    for part in path.split("."):
        value = value[int(part)] if isinstance(value, tuple) else getattr(value, part)
    return str(value).replace("\n", "\\n")

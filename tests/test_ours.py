"""What people name with -o: a file is replaced only when vidkit wrote it, and nothing is written among photos."""

from __future__ import annotations

import io
import json
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from click.testing import CliRunner
from conftest import smooth
from PIL import Image

from vidkit import gallery, sheet
from vidkit.cli import program
from vidkit.pages import pdf
from vidkit.people import consent_form
from vidkit.problems import Refusal
from vidkit.runs import ours

if TYPE_CHECKING:
    from pathlib import Path


def picture() -> bytes:
    """A PNG as a phone or a program of others writes it."""
    stream = io.BytesIO()
    Image.fromarray(smooth(40, 30)).save(stream, "PNG")
    return stream.getvalue()


def sound() -> bytes:
    """A WAV of others."""
    stream = io.BytesIO()
    with wave.open(stream, "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(48000)
        out.writeframes(bytes(400))
    return stream.getvalue()


SHEET = pdf.pages([(b"x", (9, 9))])
SIGNED = SHEET + b"9 0 obj\n<<>>\nendobj\ntrailer\n<< /Size 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "content", "own"),
    [
        ("a.png", picture(), False),
        ("a.png", ours.png(picture()), True),
        ("a.wav", sound(), False),
        ("a.wav", ours.wav(sound()), True),
        ("a.pdf", SHEET, True),
        ("a.pdf", SIGNED, False),
        ("a.pdf", SHEET.replace(b"/Type /Pages", b"/Title (x) /Type /Pages"), False),
        ("a.json", json.dumps({"$schema": "x", "title": ours.SCHEMA}).encode(), True),
        ("a.json", b'{"title": "mine"}', False),
        ("a.json", b"[1]", False),
        ("a.json", b"{", False),
        ("gallery.md", gallery.HEAD.encode(), True),
        ("gallery.md", b"# mine\n", False),
        ("a.png", b"", False),
    ],
)
def test_only_what_vidkit_wrote_is_replaced(tmp_path: Path, name: str, content: bytes, *, own: bool) -> None:
    """Told by what a file carries; one that somebody signed or changed is theirs."""
    file = tmp_path / name
    ours.sure(file)
    file.write_bytes(content)
    assert ours.written(file) is own
    if not own:
        with pytest.raises(Refusal) as caught:
            ours.sure(file)
        assert [p.code for p in caught.value.problems] == ["VK-M034"]


def test_what_is_written_says_so_and_stays_what_it_was(tmp_path: Path) -> None:
    """Pictures and sound open as before, and are the same bytes every time."""
    rgb = smooth(40, 30)
    for name in ("a.png", "b.png"):
        sheet.write(rgb, tmp_path / name)
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    with Image.open(tmp_path / "a.png") as opened:
        assert opened.info == {"Software": "vidkit"}
        assert np.array_equal(np.asarray(opened), rgb)
    ours.sure(tmp_path / "a.png")
    (tmp_path / "a.wav").write_bytes(ours.wav(sound()))
    with wave.open(str(tmp_path / "a.wav")) as heard:
        assert heard.readframes(200) == bytes(400)
    size = (tmp_path / "a.wav").stat().st_size
    assert int.from_bytes((tmp_path / "a.wav").read_bytes()[4:8], "little") == size - 8


def run(*typed: str) -> tuple[int, str]:
    """A command: its exit code and what it complains of."""
    done = CliRunner().invoke(program, list(typed), catch_exceptions=False)
    return done.exit_code, done.stderr


def test_a_brief_is_never_replaced_by_the_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a name that ends with .json, and there only an earlier schema."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "厨房.yaml").write_text("标题: 好\n", encoding="utf-8")
    (tmp_path / "a.json").write_text("{}", encoding="utf-8")
    for name, code in (("厨房.yaml", "VK-M035"), ("a.json", "VK-M034"), ("b.json", ""), ("b.json", "")):
        before = (tmp_path / name).read_bytes() if (tmp_path / name).exists() else b""
        exit_code, said = run("schema", "-o", name)
        assert (exit_code, code in said) == (2 if code else 0, True)
        assert not code or (tmp_path / name).read_bytes() == before


def test_a_signed_form_is_never_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A form to print again has its old name; a scan of that name stays, and no consent is begun beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(consent_form, "document", lambda _: SHEET)
    assert run("consent", "form", "-o", "a.pdf")[0] == 0
    assert run("consent", "form", "-o", "a.pdf")[0] == 0
    (tmp_path / "a.pdf").write_bytes(SIGNED)
    exit_code, said = run("consent", "form", "-o", "a.pdf")
    assert (exit_code, "VK-M034" in said) == (2, True)
    assert (tmp_path / "a.pdf").read_bytes() == SIGNED


def test_a_gallery_goes_into_no_folder_of_pictures(tmp_path: Path) -> None:
    """A page or pictures of that name that are somebody's are left alone; an earlier gallery is made anew, also one that was stopped."""
    gallery.sure(tmp_path)
    (tmp_path / "gallery").mkdir()
    gallery.sure(tmp_path)
    (tmp_path / "gallery" / "a.jpg").write_bytes(b"x")
    with pytest.raises(Refusal):
        gallery.sure(tmp_path)
    gallery.write((), tmp_path)
    gallery.sure(tmp_path)
    (tmp_path / "gallery.md").write_text("# 我的", encoding="utf-8")
    with pytest.raises(Refusal):
        gallery.sure(tmp_path)

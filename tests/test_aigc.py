"""Labels of AI in files: one form, once in every kind of file, read back by another reader than wrote them; what photos bring is carried on."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from conftest import SHORT, brief_of, script_of
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from vidkit import encode, ffmpeg, plan, poster
from vidkit.audio.recordings import Take, Takes
from vidkit.audio.track import Tune
from vidkit.brief import Recording
from vidkit.kits import platform
from vidkit.labels import aigc, imprint, marks
from vidkit.labels.aigc import Label
from vidkit.pages import pdf, still
from vidkit.photos import metadata
from vidkit.photos.facts import Facts
from vidkit.photos.prints import Asset
from vidkit.photos.study import study
from vidkit.problems import Place, Refusal
from vidkit.rules import ai
from vidkit.rules.finding import Case

if TYPE_CHECKING:
    from vidkit.colour import Bytes
    from vidkit.plan import Plan, Script
    from vidkit.storyboard import Picture

DOUYIN = platform.load("douyin")
BROUGHT = Label("2", "001191110102MADMAKER", "maker-7", "sig:abc", "someone", "someone-1", "their-code")
FACTS = Facts("0" * 64, 1200, 900, (0.5, 0.5))
ALLOWED = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]*")


def _script(*made: str, labels: tuple[str, ...] = ()) -> Script:
    """A short brief with one pair; its photos carry these labels."""
    one = script_of(brief_of(SHORT, 1, options=True))
    brief = one.brief.model_copy(update={"made_by_ai": made})
    prints = list(one.prints.values())
    assets = {
        shown.sha256: Asset(brief.pairs[0].before.path, f"{i}.jpg", (9, 9), shown.sha256, label=label)
        for i, (shown, label) in enumerate(zip(prints, (*labels, "", ""), strict=False))
    }
    return replace(one, brief=brief, developed=replace(one.developed, assets=assets))


def _plan(script: Script) -> Plan:
    return plan.plan(script, DOUYIN)


def _cut(_: Picture, width: int, height: int) -> Bytes:
    return np.full((height, width, 3), 120, np.uint8)


# What was made by AI


def test_what_ai_made_follows_from_the_brief_its_photos_and_our_parts() -> None:
    """The brief's own words, a photo's label, a part that says so; nothing otherwise, and no option takes it back."""

    class Voice:
        made_by_ai = ("voice",)

    assert aigc.made_by_ai(_script()) == frozenset()
    assert aigc.made_by_ai(_script("words")) == {"words"}
    assert aigc.made_by_ai(_script(labels=(BROUGHT.text,))) == {"pictures"}
    assert aigc.made_by_ai(_script("words"), Voice()) == {"words", "voice"}
    assert aigc.made_by_ai(_script(), _plan(_script()).track) == frozenset()


@pytest.mark.parametrize("sound", ["voice", "sound"])
def test_a_labelled_recording_and_labelled_music_mark_the_clip(sound: str) -> None:
    """A voice is said as one, music as content; the clip's file carries their label on."""
    script = _script()
    if sound == "voice":
        heard = Recording(name="a.m4a", path=Path("a.m4a"), place=Place("a.yaml"))
        script = replace(script, takes=Takes({heard: Take("0" * 64, 9, label=BROUGHT.text)}))
    else:
        script = replace(script, tune=Tune("0" * 64, (), label=BROUGHT.text))
    assert aigc.made_by_ai(script) == {sound}
    assert [one.words for one in marks.of(script, DOUYIN)] == [
        {"voice": "配音由AI生成", "sound": "内容由AI生成"}[sound]
    ]
    label = aigc.parsed(aigc.of_clip(script, _plan(_script())))
    assert label
    assert (label.level, label.producer, label.propagator) == ("2", BROUGHT.producer, aigc.producer(script.brand))
    assert not any(aigc.of_page(script, one) for _, one in poster.pages(script))


def _sound(folder: Path, name: str, *more: str) -> str:
    """The label that a second of a tone brings along, saved under a name."""
    ffmpeg.run(
        ["-f", "f32le", "-ar", "48000", "-ac", "1", "-i", "pipe:0", *more, name], stdin=bytes(192_000), cwd=folder
    )
    return imprint.brought_by((folder / name).read_bytes())


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("a.m4a", ("-c:a", "aac", "-movflags", "use_metadata_tags", "-metadata", f"AIGC={BROUGHT.text}")),
        ("b.m4a", ("-c:a", "aac", "-metadata", f"comment={BROUGHT.text}")),
        ("a.mp3", ("-c:a", "libmp3lame", "-metadata", f"AIGC={BROUGHT.text}")),
    ],
)
def test_a_sounds_label_is_read(tmp_path: Path, name: str, more: tuple[str, ...]) -> None:
    """Under the standard's key, in other tags of an M4A, and in an MP3's."""
    assert _sound(tmp_path, name, *more) == BROUGHT.text
    assert not _sound(tmp_path, f"plain-{name}", *more[:2])


def test_other_standards_mark_films_and_sounds_as_suspected(tmp_path: Path) -> None:
    """A C2PA store in a box beside the film says that a machine made it; a camera's store does not."""
    _sound(tmp_path, "a.m4a", "-c:a", "aac")
    content = (tmp_path / "a.m4a").read_bytes()
    for word, level in (("trainedAlgorithmicMedia", "3"), ("digitalCapture", "")):
        store = bytes(16) + b"....jumb" + f"http://cv.iptc.org/newscodes/digitalsourcetype/{word}".encode()
        label = imprint.brought_by(content + (len(store) + 8).to_bytes(4, "big") + b"uuid" + store)
        assert (json.loads(label)["AIGC"]["Label"] if label else "") == level


# The label


@given(st.text(min_size=1, max_size=60))
def test_any_name_is_coded_in_the_characters_allowed(name: str) -> None:
    """A registered name in any script fits a field; the brand's own code goes before it."""
    brand = _script().brand
    coded = aigc.producer(brand.model_copy(update={"legal_name": name}))
    assert ALLOWED.fullmatch(coded)
    assert 0 < len(coded) <= metadata.MOST_CHARACTERS
    assert aigc.producer(brand.model_copy(update={"legal_name": name, "producer_code": "CODE-1"})) == "CODE-1"


@pytest.mark.parametrize("made", [("voice",), ("pictures",), ("words",), ("voice", "words")])
def test_a_clip_ai_had_a_part_in_says_so(made: tuple[str, ...]) -> None:
    """The shop is producer and the one who passes it on, the number follows from the content alone."""
    script = _script(*made)
    label = aigc.parsed(aigc.of_clip(script, _plan(script)))
    assert label
    assert label.level == "1"
    assert label.producer == label.propagator == aigc.producer(script.brand)
    assert label.produce_id == label.propagate_id
    assert re.fullmatch(r"vk-[0-9a-f]{32}", label.produce_id)
    assert aigc.of_clip(_script(*made), _plan(_script(*made))) == label.text
    other = replace(script, brief=script.brief.model_copy(update={"title": "另一个标题"}))
    assert aigc.parsed(aigc.of_clip(other, _plan(other))) != label


@pytest.mark.parametrize("made", [(), ("words",)])
def test_words_alone_are_not_said_in_a_pictures_file(made: tuple[str, ...]) -> None:
    """What AI wrote is said in the clip and in the post's words."""
    script = _script(*made)
    assert bool(aigc.of_clip(script, _plan(script))) == bool(made)
    assert not any(aigc.of_page(script, one) for _, one in poster.pages(script))


def test_what_a_photo_brought_is_carried_on() -> None:
    """Its maker stays the producer with number and code; the shop passes it on; what the brief adds makes it certain."""
    script = _script(labels=(BROUGHT.text,))
    label = aigc.parsed(aigc.of_clip(script, _plan(script)))
    assert label
    assert label[:4] == BROUGHT[:4]
    assert label.propagator == aigc.producer(script.brand)
    assert label.propagate_id.startswith("vk-")
    assert not label.reserved_2
    sure = _script("voice", labels=(BROUGHT.text,))
    stronger = aigc.parsed(aigc.of_clip(sure, _plan(sure)))
    assert stronger
    assert (stronger.level, stronger.producer) == ("1", BROUGHT.producer)


def test_a_picture_is_labelled_by_what_it_shows() -> None:
    """A poster with a labelled photo carries its label, one without photos carries none."""
    script = _script(labels=("", BROUGHT.text))
    (_, shows), *_ = poster.pages(script)
    assert aigc.of_page(script, shows)
    assert not aigc.of_page(script, replace(shows, photos=()))
    declared = _script("pictures")
    (_, shows), *_ = poster.pages(declared)
    label = aigc.parsed(aigc.of_page(declared, shows))
    assert label
    assert label.level == "1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "nonsense",
        BROUGHT._replace(producer="贵阳").text,
        BROUGHT._replace(producer='a"b').text,
        BROUGHT._replace(producer="a b").text,
        BROUGHT._replace(level="9").text,
        BROUGHT.text.replace('"ReservedCode2"', '"Other"'),
        BROUGHT.text[:-2] + ',"More":"1"}}',
        "[" * 5000,
    ],
)
def test_a_label_of_another_form_is_none(text: str) -> None:
    """Characters, fields and levels are those of the standard."""
    assert aigc.parsed(text) is None


# In files


def _files(folder: Path, label: str) -> dict[str, Path]:
    """A small file of every kind with a label, or without."""
    sheet = replace(poster.pages(_script())[0][1], size=(64, 96), photos=())
    drawn = still.png(sheet, _cut, label)
    made = {
        "a.png": drawn,
        "a.jpg": still.jpeg(sheet, _cut, label),
        "a.pdf": still.packed(still.draw(sheet, _cut), ".pdf", sheet, label),
    }
    for name, content in made.items():
        (folder / name).write_bytes(content)
    part = folder / "part.mp4"
    settings = encode.settings("draft")
    encode.segment((np.full((96, 64), 90, np.uint8) for _ in range(12)), 12, (64, 64), 30, settings, part)
    encode.join([part], None, folder / "a.mp4", label)
    return {name: folder / name for name in (*made, "a.mp4")}


def test_every_kind_of_file_carries_the_label_once(tmp_path: Path) -> None:
    """Written by Pillow, ffmpeg and our PDF, read by our own reader: one label, the same text, in ASCII; the proof passes."""
    label = BROUGHT.text
    assert label.isascii()
    for name, file in _files(tmp_path, label).items():
        assert imprint.labels(file) == (label,), name
        assert aigc.read(file) == BROUGHT
        aigc.prove(file, label)
        content = file.read_bytes()
        assert content.count(b"maker-7") == 1, name


def test_a_file_without_a_label_carries_none(tmp_path: Path) -> None:
    """Nothing in it speaks of AI."""
    for name, file in _files(tmp_path, "").items():
        assert imprint.labels(file) == (), name
        assert aigc.read(file) is None
        assert b"AIGC" not in file.read_bytes()
        aigc.prove(file, "")


def test_a_label_lost_doubled_or_not_asked_for_stops_the_file(tmp_path: Path) -> None:
    """The file is refused before it gets its name."""
    (tmp_path / "bare").mkdir()
    (tmp_path / "said").mkdir()
    bare, said = _files(tmp_path / "bare", ""), _files(tmp_path / "said", BROUGHT.text)
    doubled = PngInfo()
    doubled.add_text("AIGC", BROUGHT.text)
    doubled.add_itxt("XML:com.adobe.xmp", metadata.xmp(BROUGHT.text).decode())
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG", pnginfo=doubled)
    twice = tmp_path / "twice.png"
    twice.write_bytes(stream.getvalue())
    assert len(imprint.labels(twice)) == 2
    wrong = [(twice, BROUGHT.text), *((file, BROUGHT.text) for file in bare.values())]
    wrong += [(file, "") for file in said.values()]
    wrong += [(file, BROUGHT._replace(propagate_id="other").text) for file in said.values()]
    for file, label in wrong:
        with pytest.raises(Refusal) as stopped:
            aigc.prove(file, label)
        assert [one.code for one in stopped.value.problems] == ["VK-L020"]


def test_a_label_in_exif_and_in_a_pdfs_brackets_is_read(tmp_path: Path) -> None:
    """The reader knows the places we do not write to; brackets in a PDF's text are escaped."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"ASCII\0\0\0" + BROUGHT.text.encode()
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", exif=exif.tobytes())
    assert imprint.labels(tmp_path / "a.jpg") == (BROUGHT.text,)
    odd = BROUGHT._replace(producer="a(b)c))").text
    (tmp_path / "a.pdf").write_bytes(pdf.page(b"\xff\xd8\xff\xd9", (1, 1), label=odd))
    assert imprint.labels(tmp_path / "a.pdf") == (odd,)


@given(
    st.binary(max_size=200), st.sampled_from([b"\0\0\0\x18ftyp", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"%PDF-", b""])
)
def test_broken_files_have_no_label(tmp_path_factory: pytest.TempPathFactory, rest: bytes, start: bytes) -> None:
    """Whatever stands in a file, reading it raises nothing."""
    file = tmp_path_factory.mktemp("broken") / "file"
    file.write_bytes(start + rest)
    assert isinstance(imprint.labels(file), tuple)


def test_a_later_tool_that_forgets_the_label_is_found_out(tmp_path: Path) -> None:
    """A copy made without the flag loses the label (as measured), and does not pass."""
    file = _files(tmp_path, BROUGHT.text)["a.mp4"]
    ffmpeg.run(["-i", file.name, "-c", "copy", "copy.mp4"], cwd=tmp_path)
    assert imprint.labels(tmp_path / "copy.mp4") == ()


# A picture made by AI in a comparison


def _found(script: Script) -> list[tuple[str, str]]:
    case = Case(script, "ad", (DOUYIN,), ())
    return [(one.level, one.words) for one in ai.ai_pair(case)]


def _studied(script: Script, **labels: str) -> Script:
    """The script with its pair's photos examined: ``before`` and ``after`` carry these labels."""
    pair = script.brief.pairs[0]

    def known(side: str) -> Any:
        photo = getattr(pair, side)
        shown = script.prints[photo]
        facts = replace(FACTS, sha256=shown.sha256, label=labels.get(side, ""))
        return study(photo, facts)

    return replace(script, developed=replace(script.developed, studies=(known("before"), known("after"))))


def test_a_pair_with_a_picture_made_by_ai_is_forbidden() -> None:
    """A labelled photo in a pair is a ban that names it; a brief that only says so is to be looked at; real photos pass."""
    assert _found(_studied(_script())) == []
    after = _script().brief.pairs[0].after.name
    assert _found(_studied(_script(), after=BROUGHT.text)) == [("ban", after)]
    assert _found(_studied(_script("pictures"))) == [("caution", "图片")]
    assert _found(_studied(_script("voice", "words"))) == []

"""A draft beside a page that shows it: opened once in a browser, the page takes each new draft by itself. No network, no server.

The page asks twice a second for a small script beside it, which says what there is; a browser lets a page from the disk do that and
nothing more, so subtitles stand in the script as well. Every draft has a name of its own, so that no browser shows an old one and no
player stands in the way of a new one.
"""

from __future__ import annotations

import html
import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from vidkit import cache
from vidkit.console import words
from vidkit.problems import spoken_language
from vidkit.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FOLDER = "小样"
PAGE = "小样.html"
STATE = "state.js"
HASH = 16
"""Characters of a draft's SHA-256 in its name."""


@dataclass(frozen=True)
class Clip:
    """A draft of one platform: what the platform is called, the file, and the words of its post."""

    title: str
    file: Path
    words: str = ""


@dataclass(frozen=True)
class Shown:
    """What a page shows: a name, a line on how it went, the problems, and clips as their titles, names beside the page, words and subtitles."""

    name: str
    line: str
    problems: tuple[str, ...]
    faulty: bool
    clips: tuple[tuple[str, str, str, str], ...]


def begin(folder: Path, name: str) -> Path:
    """A new page in a folder of its own below a draft's; what a stopped run left there goes first."""
    own = folder / FOLDER
    shutil.rmtree(own, ignore_errors=True)
    cache.deliver_bytes(_page(name).encode("utf-8"), own / PAGE)
    return own / PAGE


def show(page: Path, name: str, line: str, problems: Sequence[str], clips: Sequence[Clip], *, faulty: bool) -> None:
    """Let the page show these clips; without any those that it shows stay."""
    own = page.parent
    cache.deliver_bytes(_page(name).encode("utf-8"), page)  # somebody may have emptied the output folder
    told = tuple(
        (one.title, _copy(one, number, own), one.words, _subtitles(one)) for number, one in enumerate(clips, 1)
    )
    said = asdict(Shown(name, line, tuple(problems), faulty, told))
    cache.deliver_bytes(f"draft({json.dumps(said)});\n".encode("ascii"), own / STATE)
    kept = {file for _, file, *_ in told}
    for old in own.glob("*.mp4") if told else ():
        if old.name not in kept:
            with suppress(OSError):  # a player on Windows may still have it
                old.unlink()


def _copy(one: Clip, number: int, folder: Path) -> str:
    name = f"{number}-{cache.sha256(one.file)[:HASH]}.mp4"
    cache.deliver(one.file, folder / name)
    return name


def _subtitles(one: Clip) -> str:
    """What is said in a clip, as it lies beside the clip; empty where nothing is."""
    beside = one.file.with_suffix(".vtt")
    return beside.read_text(encoding="utf-8") if beside.is_file() else ""


def end(page: Path) -> None:
    """Remove the page with all it shows: nothing would renew it any more."""
    shutil.rmtree(page.parent, ignore_errors=True)


def _page(name: str) -> str:
    values = {
        "language": spoken_language(),
        "title": html.escape(words("watch-title", name=name)),
        "wait": html.escape(words("watch-wait")),
        "over": json.dumps(words("watch-over")),
        "every": int(table("watch")["page_ms"]),
        "state": STATE,
    }
    return HTML.format(**values)


HTML = """<!doctype html>
<html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 sans-serif; margin: 1.2em auto; max-width: 75em; padding: 0 1em; color: #222; background: #f4f4f2 }}
h1 {{ font-size: 1.2em; margin: 0 }}
#line {{ margin: .2em 0 .6em }}
.faulty #line {{ color: #b3261e; font-weight: bold }}
#problems {{ white-space: pre-wrap; margin: 0 0 1em; padding: .6em .8em; background: #fff6db; border-radius: .4em; font: inherit }}
.faulty #problems {{ background: #fdecea }}
#problems:empty {{ display: none }}
#clips {{ display: flex; flex-wrap: wrap; gap: 1.2em }}
figure {{ margin: 0; display: grid; grid-template: auto 1fr / 20em 22em; gap: 0 1em }}
video {{ width: 100%; max-height: 85vh; grid-row: span 2; background: #000; border-radius: .4em; display: block }}
.faulty video {{ opacity: .45 }}
figcaption {{ font-weight: bold }}
figure p {{ white-space: pre-wrap; margin: 0; max-height: 70vh; overflow: auto; font-size: .9em }}
@media (max-width: 45em) {{ figure {{ display: block }} }}
</style>
<h1>{title}</h1>
<div role="status">
<p id="line">{wait}</p>
<p id="problems"></p>
</div>
<div id="clips"></div>
<script>
let shown = "", missed = 0;
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
function draft(said) {{
  missed = 0;
  const text = JSON.stringify(said);
  if (text === shown) return;
  shown = text;
  document.body.className = said.faulty ? "faulty" : "";
  document.getElementById("line").textContent = said.line;
  document.getElementById("problems").textContent = said.problems.join("\\n");
  const clips = document.getElementById("clips");
  if (!said.clips.length) return;
  while (clips.children.length > said.clips.length) clips.lastChild.remove();
  said.clips.forEach(([title, file, words, subtitles], number) => {{
    let one = clips.children[number];
    if (!one) {{
      one = document.createElement("figure");
      const video = document.createElement("video");
      video.controls = video.muted = video.playsInline = true;
      video.loop = video.autoplay = !calm;
      one.append(video, document.createElement("figcaption"), document.createElement("p"));
      clips.append(one);
    }}
    const [video, name, post] = one.children;
    name.textContent = title;
    video.setAttribute("aria-label", title);
    post.textContent = words;
    if (video.dataset.file === file) return;
    const at = video.currentTime, halted = video.dataset.file && video.paused;
    video.dataset.file = file;
    video.src = file;
    captions(video, subtitles);
    video.addEventListener("loadedmetadata", () => {{
      video.currentTime = Math.min(at, Math.max(0, video.duration - 0.1));
      if (!halted && !calm) video.play().catch(() => {{}});
    }}, {{ once: true }});
  }});
}}
function captions(video, said) {{
  for (const old of [...video.children]) {{
    URL.revokeObjectURL(old.src);
    old.remove();
  }}
  if (!said) return;
  const track = document.createElement("track");
  track.kind = "captions";
  track.srclang = "zh";
  track.label = "中文";
  track.src = URL.createObjectURL(new Blob([said], {{ type: "text/vtt" }}));
  video.append(track);
}}
function look() {{
  const asked = document.createElement("script");
  asked.src = "{state}?" + Date.now();
  asked.onload = asked.onerror = (event) => {{
    asked.remove();
    if (event.type === "error" && ++missed > 6) document.getElementById("line").textContent = {over};
    setTimeout(look, {every});
  }};
  document.head.append(asked);
}}
look();
</script>
</html>
"""

"""A shop whose brief is told aloud: recordings of its words made by ``made_speech``, with the times at which each phrase is said."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from typing import TYPE_CHECKING

import made_speech
import numpy as np

from vidkit.audio.phrases import phrases
from vidkit.audio.track import RATE

if TYPE_CHECKING:
    from pathlib import Path

CHAPTERS = (
    ("出门", ("早班车上，座位都还空着", "我在车上想好，今天买什么菜")),
    ("买菜", ("豆腐，张奶奶要自己挑",)),
    ("回家", ("走的时候，她站在门口挥手",)),
)
HEAD = "模板: 服务故事\n品牌: 邻里净\n标题: 陪张奶奶的一天\n开头: 早上六点半，出门\n人物: {称呼: 春燕姐, 工种: 养老护理员}\n"
END = "结尾: 明天还是六点半出门\n平台: [抖音, 视频号]\n"
Known = tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class Told:
    """A brief's file and, for every recording by its name, each phrase with its start and end in seconds."""

    file: Path
    known: dict[str, Known]


def save(file: Path, samples: made_speech.Mono) -> None:
    """A sound as a WAV file of 16 bits."""
    file.parent.mkdir(exist_ok=True)
    with wave.open(str(file), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def spoken(file: Path, lines: tuple[str, ...], seed: int = 1) -> Known:
    """A recording of some lines, and when each phrase of them is said."""
    whole = [phrase for line in lines for phrase in phrases(f"{line}。")]
    made = made_speech.talk(whole, seed, snr_db=22.0)
    save(file, made.samples)
    return tuple((phrase.text, *at) for phrase, at in zip(whole, made_speech.known(whole, made), strict=True))


def by_chapter(folder: Path) -> Told:
    """A recording for every chapter."""
    known, rows = {}, []
    for number, (title, lines) in enumerate(CHAPTERS, 1):
        name = f"voice/{number:02}.wav"
        known[name] = spoken(folder / name, lines, number)
        rows.append(f"  - {{标题: {title}, 说明: [{'、'.join(f'“{line}”' for line in lines)}], 录音: {name}}}")
    sections = "\n".join(rows).replace("“", "'").replace("”", "'").replace("'、'", "', '")
    return _written(folder, f"{HEAD}章节:\n{sections}\n{END}", known)


def in_one(folder: Path) -> Told:
    """One recording for the whole clip."""
    lines = ("早上六点半，出门", *(line for _, lines in CHAPTERS for line in lines), "明天还是六点半出门")
    rows = "\n".join(
        f"  - {{标题: {title}, 说明: [{', '.join(repr(line) for line in lines)}]}}" for title, lines in CHAPTERS
    )
    known = {"voice/all.wav": spoken(folder / "voice/all.wav", lines, 30)}
    return _written(folder, f"{HEAD}录音: voice/all.wav\n章节:\n{rows}\n{END}", known)


REVIEW = (
    "阿姨提前五分钟到的，进门先穿鞋套。厨房的油擦得很细，窗槽也一条条刷了，我自己都没想到那里有那么多灰。走之前还带我看了一遍，问我哪里不满意。"
    "第二天我妈来，说这灶台像新的一样。下个月还想请她来，最好还是这位阿姨。孩子的房间她也轻手轻脚的，没有吵醒午睡的宝宝，这一点我特别感谢。"
)


def review(folder: Path, more: str = "") -> Told:
    """A long review that is read aloud."""
    known = {"voice/review.wav": spoken(folder / "voice/review.wav", (REVIEW.removesuffix("。"),), 5)}
    said = f"{{原文: {REVIEW}, 平台: 美团, 日期: 2026-11-03, 录音: voice/review.wav{more}}}"
    head = "模板: 用户好评\n品牌: 秀姐到家\n标题: 窗槽都给刷干净了\n服务: 深度保洁\n"
    return _written(folder, f"{head}评价: {said}\n平台: 抖音\n", known)


STEPS = (
    ("到场确认", "进门先穿鞋套，和您看一遍重点"),
    ("高处除尘", "先高后低，灰不会落第二次"),
    ("窗和窗槽", "窗槽里的灰，用小刷一条条刷"),
)


def steps(folder: Path) -> Told:
    """Steps, each with a recording of its own."""
    known, rows = {}, []
    for number, (title, line) in enumerate(STEPS, 1):
        name = f"voice/{number:02}.wav"
        known[name] = spoken(folder / name, (line,), 10 + number)
        rows.append(f"  - {{标题: {title}, 说明: '{line}', 录音: {name}}}\n")
    head = "模板: 深度保洁七步流程\n品牌: 邻里净\n标题: 深度保洁，一步一步\n服务: 深度保洁\n地区: 贵阳云岩\n"
    return _written(folder, f"{head}步骤:\n{''.join(rows)}平台: 抖音\n", known)


def _written(folder: Path, text: str, known: dict[str, Known]) -> Told:
    file = folder / "一天.yaml"
    file.write_text(text, encoding="utf-8")
    return Told(file, known)

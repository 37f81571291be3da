"""The clip's sound: a track (music, voices, effects, length in frames) → samples → a mastered AAC file.

Samples are float32 arrays of shape (samples, 2) at 48 kHz, full scale 1.0. A bed's numbers stand beside it in ``vidkit/music/*.yaml``, the
levels in ``vidkit/data/sound.yaml``. Voices and people's own music come from outside, by their keys.
"""

from __future__ import annotations

import hashlib
import math
import re
import tempfile
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from vidkit import ffmpeg
from vidkit.audio import ducking, effects, speech, tunes
from vidkit.audio.mastering import Mono, Samples, loudness, master, momentary, ratio
from vidkit.audio.track import RATE, STEADY, Bed, Cue, Track, bed, samples_in
from vidkit.cache import moved
from vidkit.painting import heap
from vidkit.problems import Refusal, problem
from vidkit.tables import engine, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.resources.abc import Traversable

    from vidkit.audio.track import Voice

__all__ = (
    "Mono",
    "Samples",
    "decoded",
    "forget",
    "key",
    "levels",
    "loudness",
    "master",
    "mastered",
    "mix",
    "pieces",
    "write",
)

AAC_FRAME: Final = 1024  # samples
JOIN: Final = RATE * 30 // 1000  # samples of crossfade before the beat where two pieces of a bed meet
TAIL: Final = RATE * 9 // 10  # samples of the last fade to silence
LONG_TAIL: Final = RATE * 5 // 2  # the same of music that does not end by itself
SHORTEST_RING: Final = 2  # beats that a last chord rings at least
BEFORE: Final = RATE // 10  # samples before and after an effect that say how loud the music is there, 400 ms in all
AFTER: Final = RATE * 3 // 10
SHORT_RISE: Final = RATE // 1000  # samples; keeps music that starts in its middle from clicking
SHORT_FADE: Final = RATE // 100  # samples; keeps a track without an ending from clicking
PACKED: Final = 1.1  # what a second of AAC takes in a file against its rate, at most
TRIES: Final = 3  # encodings before write gives up


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness in LUFS (-inf for silence) and true peak in dBTP (-inf for digital silence)."""

    lufs: float
    true_peak_db: float


@dataclass(frozen=True)
class Piece:
    """A run of a bed's samples as it is laid into a track."""

    start: int
    length: int


# ---------------------------------------------------------------------------------------------------------------- beds


def attach_beat(bed: Bed, samples: int, closing: int | None = None) -> int:
    """The beat of the track where the ending starts, so that its last chord comes with the cut on sample ``closing``, or near it, and rings until
    the track's end.

    Where that cut lies on a beat the chord comes with it, as long as what the bed holds of its ring lasts until the end and no bar of an odd
    number of beats is cut for it. Else the chord rings 3 to 5 beats: of the beats that leave such a ring, the first of a bar is best, then the
    middle, then the one nearest to the cut, or to a ring of four. Bars of an odd number of beats have no middle to come in on: there the ring
    may last 6 beats, so that a bar's first is always found.
    """
    beats, longest = samples / bed.beat_samples, 5 + bed.beats_per_bar % 2
    wanted = beats - 4 if closing is None else closing / bed.beat_samples
    if closing is not None and _meets(bed, beats, wanted):
        return round(wanted) - bed.final_chord_beat

    def cost(beat: int) -> tuple[bool, int, float]:
        ring = beats - beat - bed.final_chord_beat
        off = beat % bed.beats_per_bar
        weak = 0 if off == 0 else 1 if off * 2 == bed.beats_per_bar else 2
        fits = 3 <= ring <= longest
        if closing is not None:
            weak //= 2  # a bar's middle is as good as its first where it is nearer to the cut
        return (not fits, weak if fits else 0, abs(beat + bed.final_chord_beat - wanted) if fits else abs(ring - 4))

    return min(range(max(1, math.ceil(beats))), key=cost)


def _meets(bed: Bed, beats: float, at: float) -> bool:
    """Whether the last chord can come ``at`` so many beats of a track that has so many."""
    attached = round(at) - bed.final_chord_beat
    on_beat = abs(at - round(at)) * bed.beat_samples <= STEADY
    rings = SHORTEST_RING <= beats - round(at) <= bed.ending_beats - bed.final_chord_beat
    return attached >= 0 and on_beat and rings and not (bed.beats_per_bar % 2 and attached % bed.beats_per_bar)


def pieces(bed: Bed, samples: int, closing: int | None = None) -> tuple[Piece, ...]:
    """The runs of the bed that make a track of so many samples: body, its loop as often as needed, ending."""
    beat, laid = attach_beat(bed, samples, closing), 0
    runs: list[tuple[int, int]] = []
    while laid < beat:
        start = 0 if not runs else bed.loop_to_beat
        runs.append((start, min(bed.body_beats - start, beat - laid)))
        laid += runs[-1][1]
    if runs and sum(runs[-1]) == bed.body_beats:
        runs[-1] = (runs[-1][0], runs[-1][1] + bed.ending_beats)  # the ending follows the body in the file: no join
    else:
        runs.append((bed.body_beats, bed.ending_beats))
    return _cut(tuple(Piece(a * bed.beat_samples, n * bed.beat_samples) for a, n in runs), samples)


def _cut(runs: tuple[Piece, ...], samples: int) -> tuple[Piece, ...]:
    left, kept = samples, []
    for run in runs:
        if left > 0:
            kept.append(Piece(run.start, min(run.length, left)))
            left -= kept[-1].length
    return tuple(kept)


@cache
def _music(bed: Bed) -> Samples:
    stored = _folder("music").joinpath(bed.file).read_bytes()
    if hashlib.sha256(stored).hexdigest() != bed.sha256:
        raise Refusal(problem("VK-S002", name=bed.file))
    raw = ffmpeg.run(
        ["-threads", "1", "-i", "pipe:0", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "pipe:1"], stdin=stored
    )
    heard = np.frombuffer(raw, np.float32).reshape(-1, 2)
    if len(heard) < (bed.body_beats + bed.ending_beats) * bed.beat_samples:
        raise Refusal(problem("VK-S002", name=bed.file))
    return heard


def forget() -> None:
    """Let go of the beds that were mixed: one holds 24 MB for a minute of music."""
    _music.cache_clear()
    heap.trim()


# ----------------------------------------------------------------------------------------------------------------- mix


@dataclass(frozen=True, eq=False)
class Layers:
    """What a track is mixed of: the music as loud as it is where nobody speaks, the voices (mono), and for every sample the factors of the
    music and of the effects.
    """

    music: Samples
    voice: Samples
    duck: Samples
    under_speech: Samples


def mix(track: Track, recording: Callable[[str], Samples] | None = None) -> Samples:
    """The track's samples before mastering: music near the target loudness from the first sample, lowered under voices like the effects on
    top.

    ``recording`` gives the samples of a voice or of a person's own music by its key.
    """
    heard = layers(track, recording)
    out = heard.music
    if track.voices:
        out = out * heard.duck[:, None] + heard.voice[:, None] + _lowered(track, heard)
    else:
        _cued(track, heard.music, out)
    return _faded(out, SHORT_FADE)


def _cued(track: Track, music: Samples, out: Samples) -> None:
    """Add the effects at their frames, to the music's key and as loud as it is there."""
    placed = [(cue, samples_in(cue.frame, track.fps)) for cue in track.cues]
    gains = [ratio(_allowed_db(cue, _followed_db(track, music, at))) for cue, at in placed]
    for (cue, at), gain in zip(placed, gains, strict=True):  # the music may be what they are added to
        sound, mark = effects.effect(cue.kind, _key(track))
        _add(out, sound * gain, at - mark)


def _key(track: Track) -> str:
    """The key that effects are in: the bed's, the usual one without music; nobody knows that of a person's own music."""
    if track.tune is not None:
        return ""
    return effects.USUAL if track.bed is None else bed(track.bed).key


def _followed_db(track: Track, music: Samples, at: int) -> float:
    """How much louder than usual the music is round a sample, in dB, no more than effects follow it; 0 without music."""
    most = float(levels()["effects"]["follow_db"])
    here = music[max(0, at - BEFORE) : at + AFTER]
    if not track.music or not len(here):
        return 0.0
    return min(max(max(momentary(here)) - _level(track), -most), most)


def _lowered(track: Track, heard: Layers) -> Samples:
    """The effects, lowered where somebody speaks, when the music is."""
    out = np.zeros_like(heard.music)
    _cued(track, heard.music, out)
    lower: Samples = out * heard.under_speech[:, None]
    return lower


def layers(track: Track, recording: Callable[[str], Samples] | None = None) -> Layers:
    """The music, the voices and how far the music is lowered under them, before they are mixed."""
    length = samples_in(track.frames, track.fps)
    level = _level(track)
    music = _played(track, length, level, recording)
    if not track.voices:
        return Layers(music, np.zeros(0, np.float32), np.ones(0, np.float32), np.ones(0, np.float32))
    voice = _spoken(track.voices, length, _given(recording))
    depth = ducking.depth_db(float(table("voice")["loudness"]["speech_lufs"]), level)
    duck = ducking.gain(speech.spans(voice), length, depth)
    return Layers(music, voice, duck, duck ** np.float32(levels()["effects"]["under_speech_db"] / depth))


def _level(track: Track) -> float:
    """The music's loudness where nobody speaks, in LUFS."""
    own = levels()["mix" if track.voices else "loudness"]
    return float(own["beside_voice_lufs" if track.voices else "target_lufs"])


def _played(track: Track, length: int, level: float, recording: Callable[[str], Samples] | None) -> Samples:
    if track.tune is not None:
        laid = tunes.laid(_given(recording)(track.tune.sha256), track.tune, length)
        found = loudness(laid)
        return _begun(_faded(laid * ratio(0.0 if found == -math.inf else level - found), LONG_TAIL))
    if track.bed is not None:
        closing = None if track.closing is None else samples_in(track.closing, track.fps)
        return _begun(_laid(bed(track.bed), length, level, closing))
    return np.zeros((length, 2), np.float32)


def _given(recording: Callable[[str], Samples] | None) -> Callable[[str], Samples]:
    if recording is None:
        raise ValueError("this track is made of recordings")
    return recording


def _spoken(voices: Iterable[Voice], length: int, recording: Callable[[str], Samples]) -> Samples:
    """The pieces of recordings at their samples; a piece cut out of a longer one is soft at the cut."""
    out = np.zeros(length, np.float32)
    for voice in voices:
        whole = recording(voice.key)
        piece = whole[voice.start : voice.start + voice.length].astype(np.float32)
        soft = min(SHORT_FADE, len(piece) // 2)
        if voice.start > 0 and soft:
            piece[:soft] *= tunes.fall(soft)[::-1]
        if voice.start + voice.length < len(whole) and soft:
            piece[-soft:] *= tunes.fall(soft)
        _add(out, piece, voice.at)
    return out


def _laid(bed: Bed, length: int, level: float | None = None, closing: int | None = None) -> Samples:
    source, out, at = _music(bed), np.zeros((length, 2), np.float32), 0
    for piece in pieces(bed, length, closing):
        if at:
            tunes.cross(out[at - JOIN : at], source[piece.start - JOIN : piece.start], out[at - JOIN : at])
        out[at : at + piece.length] = source[piece.start : piece.start + piece.length]
        at += piece.length
    out *= ratio((levels()["loudness"]["target_lufs"] if level is None else level) - bed.lufs)
    return _faded(out, TAIL)


def _begun(out: Samples) -> Samples:
    rise = min(SHORT_RISE, len(out))
    out[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)[:, None]
    return out


def _faded(out: Samples, over: int) -> Samples:
    fade = min(over, len(out))
    out[len(out) - fade :] *= np.square(tunes.fall(fade))[:, None]
    return out


def _add(out: Samples, sound: Samples, at: int) -> None:
    first, last = max(at, 0), min(at + len(sound), len(out))
    if first < last:
        out[first:last] += sound[first - at : last - at]


def _allowed_db(cue: Cue, more_db: float = 0.0) -> float:
    """Gain in dB over the effect's usual level, held under the ceiling for effects."""
    own = levels()["effects"]
    return min(cue.gain_db + more_db, float(own["ceiling_lufs"] - own["momentary_lufs"][cue.kind]) - 0.1)


# --------------------------------------------------------------------------------------------------------------- write


def mastered(track: Track, recording: Callable[[str], Samples] | None = None) -> Samples:
    """The track's samples as the encoder gets them first: at the target loudness, under the ceiling."""
    return master(mix(track, recording), *_aimed(track))


def _aimed(track: Track) -> tuple[float | None, float]:
    """The loudness (None: as it is) and the true peak a track is mastered to at first."""
    wanted = levels()["loudness"]
    top = float(wanted["true_peak_db"]) - float(levels()["aac"]["headroom_db"])
    return (float(wanted["target_lufs"]) if track.levelled else None), top


def write(track: Track, file: Path, recording: Callable[[str], Samples] | None = None) -> Loudness:
    """Mix, master and encode the track to an .m4a file, and say what the finished AAC measures.

    A track with music or voices comes out at the target loudness; one with neither keeps the effects at their own level. What people bring may
    stay softer, where its peaks stand too high above the rest: then it is as loud as its peaks allow. Refuses with VK-S001 (no such bed),
    VK-S002 (bed damaged), VK-S003 (levels missed three times) or VK-S004 (wrong length).
    """
    mixed, wanted = mix(track, recording), levels()["loudness"]
    target, top = _aimed(track)
    aim, ceiling, softer = target, float(wanted["true_peak_db"]), None
    with tempfile.TemporaryDirectory(prefix=".sound-", dir=file.parent, ignore_cleanup_errors=True) as folder:
        for _ in range(TRIES):
            _encode(master(mixed, aim, top), Path(folder))
            found = _measure(Path(folder), len(mixed))
            off = 0.0 if target is None else target - found.lufs
            over = found.true_peak_db - ceiling
            if abs(off) <= float(wanted["tolerance_lu"]) and over <= 0:
                moved(Path(folder, FILE), file)
                return found
            if over <= 0 < off and track.brought:
                if softer and found.lufs <= softer.lufs:
                    break
                softer = found
                Path(folder, FILE).replace(Path(folder, SOFTER))
            aim = None if aim is None else aim + off
            top -= max(over, 0) + 0.1
        if softer:
            moved(Path(folder, SOFTER), file)
            return softer
    raise Refusal(_missed(found, wanted))


def _missed(found: Loudness, wanted: dict[str, Any]) -> Any:
    level, ceiling = wanted["target_lufs"], wanted["true_peak_db"]
    return problem("VK-S003", tries=TRIES, lufs=found.lufs, target=level, peak=found.true_peak_db, ceiling=ceiling)


FILE: Final = "sound.m4a"
SOFTER: Final = "softer.m4a"
CODER: Final = (
    "-c:a",
    "aac",
    "-profile:a",
    "aac_low",
    "-aac_coder",
    "fast",
)  # at 192 kb/s less noise than twoloop, in half the time
PLAIN: Final = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")


def _encode(samples: Samples, folder: Path) -> None:
    coded = (*CODER, "-b:a", f"{levels()['aac']['bitrate_kbps']}k", "-threads", "1")
    raw = ("-threads", "1", "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0")
    ffmpeg.run(
        [*raw, *coded, *PLAIN, "-movflags", "+faststart", FILE],
        stdin=np.ascontiguousarray(samples).data.cast("B"),
        cwd=folder,
    )


def decoded(file: Path) -> Samples:
    """The samples of a finished file."""
    raw = ffmpeg.run(
        ["-threads", "1", "-i", file.name, "-f", "f32le", "-ar", str(RATE), "-ac", "2", "pipe:1"], cwd=file.parent
    )
    return np.frombuffer(raw, np.float32).reshape(-1, 2)


def _measure(folder: Path, samples: int) -> Loudness:
    """The finished file's loudness and true peak by ffmpeg's ebur128; VK-S004 when its length is off by an AAC frame or more."""
    chain = ("-af", "ebur128=peak=true:framelog=quiet", "-progress", "pipe:2", "-f", "null", "-")
    said = ffmpeg.report(["-threads", "1", "-i", FILE, *chain], cwd=folder)
    length = round(_figure(said, r"out_time_us=(\d+)") * RATE / 1e6)
    if abs(length - samples) >= AAC_FRAME:
        raise Refusal(problem("VK-S004", wanted=samples, found=length))
    lufs, peak = _figure(said, r"I:\s+(\S+) LUFS"), _figure(said, r"Peak:\s+(\S+) dBFS")
    return Loudness(-math.inf if lufs <= -70 else lufs, peak)


def _figure(said: str, pattern: str) -> float:
    found = re.findall(pattern, said)
    if not found:
        raise ffmpeg.failed(0, said.strip())
    return float(found[-1])


def most_kbit(seconds: float) -> float:
    """What so much sound takes in a file at most, with its packets' places in the index."""
    return seconds * float(levels()["aac"]["bitrate_kbps"]) * PACKED


# ----------------------------------------------------------------------------------------------------------------- key


def key(track: Track) -> str:
    """A track's name in the cache: sha256 of everything that can change a byte of its file."""
    named = asdict(track) | {"bed": None if track.bed is None else asdict(bed(track.bed))}
    return engine(MADE_BY, named, levels(), table("voice"), ffmpeg.version(), tools=("numpy",))


MADE_BY: Final = (
    *("sound.py", *(f"audio/{name}.py" for name in ("beats", "clean", "cutoff", "decode", "ducking", "effects"))),
    *(f"audio/{name}.py" for name in ("mastering", "silk", "speech", "track", "tune", "tunes")),
)
"""Our code that decides a track's samples, those of people's own music too."""


@cache
def levels() -> dict[str, Any]:
    """The levels of ``vidkit/data/sound.yaml``."""
    return table("sound")


def _folder(name: str) -> Traversable:
    return resources.files("vidkit").joinpath(name)

"""Raw lines of a brief → what Chinese typing did to them: each fault at its own line and column, and the text mended.

YAML takes ``标题：厨房`` for one long word and complains, if at all, on another line. So every line is looked at before
YAML sees it: full-width signs, wide spaces and tabs in structural places, ``#`` words about to be lost as comments, text
that needs quotes. Quoted text, block texts (``|``, ``>``) and the middle of ordinary values are left alone. The mended text
lets the rest of the file be checked in the same run; a fault that cannot be mended with certainty clears ``mended``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from vidkit.problems import Place, Problem, problem
from vidkit.sources import edits, flows, steps, unseen
from vidkit.sources.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

BLANKS = " \t\r\n\u3000\u00a0"
_WIDE_SPACES = "\u3000\u00a0\u2002\u2003\u2009\u202f\u205f"
_CLOSER = {"[": "]", "{": "}"}
_WIDE_CLOSER = {"】": "]", "］": "]", "｝": "}"}
STAND_IN = dict(zip("[]{}?", "〔〕〔〕？", strict=True))
"""What stands in the mended text for signs that a text in brackets cannot hold."""
_WIDE_QUOTES = "“”‘’「『＂＇"
_SPECIAL = {"@": "VK-Y030", "%": "VK-Y030", "`": "VK-Y030", "&": "VK-Y016", "*": "VK-Y016", "!": "VK-Y017"}
_BLOCK_HEAD = re.compile(r"[|>][-+]?[1-9]?[-+]?[ \t]*(?=$| #|\t#)")
_ESCAPE = re.compile(r"\\(?:[nt \"/\\\t]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|$)")
_KEY = re.compile(r"[ \u3000\u00a0]*(?:-[ ]+)?[^\s:：,，\[\]{}\"'#]{1,20}\s*(?:：|:(?:\s|$))")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d:])(\s*[元块])?")
_DRIVE = re.compile(r"[A-Za-z]:\\")
_MOST_HIDDEN = 40
_MOST_FAULTS = 400

_Spot = tuple[int, int]


@dataclass(frozen=True)
class Scan:
    """The mended text of a file, the faults found, and the way from a position in the mended text to the file's own."""

    shown: str
    text: str
    problems: tuple[Problem, ...]
    mended: bool
    columns: Mapping[int, tuple[int, ...]]

    def place(self, line: int, column: int) -> Place:
        """The place in the file of a position in the mended text (both counted from 0)."""
        own = self.columns.get(line)
        return Place(self.shown, line + 1, (own[min(column, len(own) - 1)] if own else column) + 1)


def scan(text: str, shown: str, words: frozenset[str]) -> Scan:
    """The scan of a file's text; ``words`` are the keys it may hold."""
    lines = edits.lines(text)
    own = {n: _kept_columns(line) for n, line in enumerate(lines) if any(unseen.unseen(line))}
    clean = ["".join(line[c] for c in own[n][:-1]) if n in own else line for n, line in enumerate(lines)]
    walk = _Walk(shown, words, clean)
    for number in range(len(clean)):
        if len(walk.faults) < _MOST_FAULTS:
            _line(walk, number)
    if walk.state in {"quote", "flow"}:
        _unclosed(walk)
    mended, columns = edits.mended(walk.lines, walk.edits, own)
    found = [problem(code, _place(shown, own, spot), **values) for code, spot, values in walk.faults]
    found += islice((one for n in own for one in _hidden(shown, n, lines[n])), _MOST_HIDDEN)
    return Scan(shown, mended, tuple(found), walk.mended and len(found) < _MOST_FAULTS, columns)


def _hidden(shown: str, number: int, line: str) -> Iterator[Problem]:
    """The invisible characters of a line that may not be passed over."""
    for column, char in unseen.hidden(line):
        where = unseen.between(line, column)
        yield problem("VK-Y009", Place(shown, number + 1, column + 1), char=unseen.code_point(char), **where)


def _kept_columns(line: str) -> tuple[int, ...]:
    gone = {one.at for one in unseen.unseen(line)}
    return (*(i for i in range(len(line)) if i not in gone), len(line))


def _place(shown: str, own: Mapping[int, tuple[int, ...]], spot: _Spot) -> Place:
    columns = own.get(spot[0])
    return Place(shown, spot[0] + 1, (columns[min(spot[1], len(columns) - 1)] if columns else spot[1]) + 1)


@dataclass
class _Level:
    """An open ``[`` or ``{`` and what its present entry has shown so far."""

    sign: str
    spot: _Spot
    start: int
    key: bool = False
    narrow: _Spot | None = None
    wide: _Spot | None = None
    comma: _Spot | None = None

    def begin(self, column: int, *, key: bool = False) -> None:
        self.start, self.key, self.narrow, self.wide, self.comma = column, key, None, None, None


@dataclass
class _Walk:
    """Where the scan is: ``parent`` is the column of the key or dash whose value is being read, ``entry`` says it is a dash, ``state`` what that value is."""

    shown: str
    words: frozenset[str]
    lines: list[str]
    state: Literal["closed", "empty", "plain", "block", "quote", "flow"] = "closed"
    parent: int = -1
    entry: bool = False
    sign: str = ""
    opened: _Spot = (0, 0)
    last: _Spot = (0, 0)
    levels: list[_Level] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    closers: list[_Spot] = field(default_factory=list)
    commas: dict[_Spot, _Spot] = field(default_factory=dict)
    faults: list[tuple[str, _Spot, dict[str, object]]] = field(default_factory=list)
    edits: list[tuple[_Spot, int, str]] = field(default_factory=list)
    mended: bool = True

    def fault(self, code: str, spot: _Spot, text: str | None = None, width: int = 1, /, **values: object) -> None:
        """Note a fault and the text that mends the ``width`` characters there; without a text the file is not mended."""
        self.faults.append((code, spot, values))
        if text is None:
            self.mended = False
        else:
            self.edits.append((spot, width, text))

    def comma(self, spot: _Spot) -> None:
        """Note a sign that was typed for a comma."""
        line, at = self.lines[spot[0]], spot[1]
        self.fault("VK-Y029", spot, ", ", sign=line[at], example=flows.as_text(line, at, self.levels[-1].sign))

    def knows(self, word: str) -> bool:
        return word.strip(BLANKS).casefold() in self.words


def _line(walk: _Walk, number: int) -> None:
    text = walk.lines[number]
    spaces = len(text) - len(text.lstrip(" "))
    if not text.strip(BLANKS):
        _blank(walk, number, spaces)
    elif walk.state == "block" and spaces > walk.parent:
        return
    elif walk.state in {"quote", "flow"} and not _forgotten(walk, number, spaces):
        behind = 0 if walk.state == "flow" else _to_quote_end(walk, number, 0)
        if behind is not None:
            _flow(walk, number, behind, quoted=behind > 0)
    elif text[spaces] == "#":
        _comment_line(walk, number, spaces)
    elif re.match(r"(---|\.\.\.)(\s|$)", text):
        walk.state, walk.parent, walk.steps = "closed", -1, []
    else:
        _outline(walk, number)


def _blank(walk: _Walk, number: int, spaces: int) -> None:
    """A line of nothing but blanks means nothing, unless it stands inside a block text."""
    if walk.state != "block" or spaces <= walk.parent:
        walk.edits.append(((number, 0), len(walk.lines[number]), ""))


def _outline(walk: _Walk, number: int) -> None:
    """A line in block style: a further line of a plain text, or keys and dashes."""
    column = _spaces(walk, number, 0)
    rest = walk.lines[number][column:]
    if walk.state == "plain" and column > walk.parent and not rest.startswith("- "):
        _further(walk, number, column)
    elif first := steps.left_of(walk.steps, column, key=bool(_KEY.match(walk.lines[number]) and rest[0] != "-")):
        walk.fault("VK-Y045", (number, column), " ", 0, count=column, **first.said())
        walk.edits[-1] = ((number, 0), column, " " * first.column)
        _structure(walk, number, column)
        walk.parent = first.column
    else:
        _structure(walk, number, column)


def _further(walk: _Walk, number: int, column: int) -> None:
    """A further line of a plain text; a known key there was indented too far."""
    text = walk.lines[number]
    key = re.match(r"([^:：]{1,20})(：|:(?=\s|$))", text[column:])
    if key and walk.knows(key[1]):
        if key[2] == ":":
            walk.fault("VK-Y032", (number, column), " " * max(walk.parent, 0), 0)
            walk.edits[-1] = ((number, 0), column, " " * max(walk.parent, 0))
        else:
            walk.edits.append(((number, 0), column, " " * max(walk.parent, 0)))
        _structure(walk, number, column)
    else:
        _plain(walk, number, column)


def _structure(walk: _Walk, number: int, column: int) -> None:
    """Dashes, then a key with its value or a bare text."""
    text = walk.lines[number]
    may_be_text = walk.state == "empty" and column > walk.parent
    while column < len(text) and (width := _dash(walk, number, column)):
        walk.state, walk.parent, walk.entry, may_be_text = "empty", column, True, True
        steps.open_level(walk.steps, Step(column, number))
        column = _spaces(walk, number, column + width)
    if column >= len(text):
        return
    if text[column] in "\"'" and (end := flows.quote_end(walk.lines[number], column + 1, text[column])) is not None:
        colon = end + len(text[end:]) - len(text[end:].lstrip(" "))
        if text[colon : colon + 1] == ":":
            _value(walk, number, colon + 1, column)
            return
    if text[column] in _SPECIAL or re.match(r"\?(\s|$)", text[column:]):
        walk.fault("VK-Y030", (number, column), None if column == 0 and text[0] == "%" else "", 1, sign=text[column])
        column, may_be_text = column + 1, True
        if column >= len(text) or not walk.mended:
            walk.state = "plain"
            return
    opens = text[column] in "\"'[{#|>" or (may_be_text and text[column] in "［｛")
    key = None if opens else _key_colon(walk, number, column, may_be_text=may_be_text)
    if key is None:
        _content(walk, number, column)
    elif key > column:
        _value(walk, number, key + 1, column)


def _dash(walk: _Walk, number: int, column: int) -> int:
    """The width of a list dash here, 0 if there is none; a full-width dash or one without its space is a fault."""
    text = walk.lines[number]
    sign, rest = text[column], text[column + 1 :]
    if sign == "-" and (not rest or rest[0] in BLANKS):
        return 1
    if sign == "-" and rest[0] not in "-0123456789.":
        walk.fault("VK-Y025", (number, column), "- ")
        return 1
    if sign == "－" or (
        sign in "–—−•·・●"
        and (rest[:1] in {" ", "\u3000"} or ((key := _KEY.match(rest)) and walk.knows(key[0].rstrip(" :："))))
    ):
        walk.fault("VK-Y024", (number, column), "-" if rest[:1] == " " else "- ", sign=sign)
        return 1
    return 0


def _key_colon(walk: _Walk, number: int, column: int, *, may_be_text: bool) -> int | None:
    """The column of the key's colon, mended where need be; None if this is a text, -1 if it is neither."""
    text = walk.lines[number]
    stop = _comment_start(text, column)
    proper = re.compile(r":(?=\s|$)").search(text, column, stop)
    colon = proper.start() if proper else stop
    wide, narrow = text.find("：", column, colon), text.find(":", column, colon)
    first = min((c for c in (wide, narrow) if c >= 0), default=-1)
    if first >= 0 and (walk.knows(text[column:first]) or not (may_be_text or proper)):
        _colon_fault(walk, (number, first))
        return first
    if may_be_text and not proper:
        return None
    if proper and colon > column:
        return colon
    said = text[column:stop]
    if not proper and (blank := _behind_key(walk, said)):
        walk.fault("VK-Y044", (number, column + blank), ": ", key=said[:blank], text=said[blank:].strip(BLANKS)[:40])
        return column + blank
    walk.fault("VK-Y043" if proper else "VK-Y033", (number, column))
    walk.state = "plain"
    return -1


def _behind_key(walk: _Walk, said: str) -> int | None:
    """Where a line's first blank is, if a known key stands before it and something behind it."""
    found = re.match(rf"([^{BLANKS}]+)[{BLANKS}]+[^{BLANKS}]", said)
    return found.end(1) if found and walk.knows(found[1]) else None


def _colon_fault(walk: _Walk, spot: _Spot) -> None:
    """A colon that YAML would not take for one: full-width, or without the space behind it."""
    line, column = spot
    text = walk.lines[line]
    gap = "" if text[column + 1 : column + 2] in {"", *BLANKS} else " "
    walk.fault(
        "VK-Y020" if text[column] == "：" else "VK-Y021",
        spot,
        ":" + gap,
        key=re.split(r"[\[{,，：]|: |- ", text[:column])[-1].strip(BLANKS + "-\"'")[-20:],
    )


def _value(walk: _Walk, number: int, column: int, key: int) -> None:
    """What stands behind a key's colon."""
    walk.state, walk.parent, walk.entry = "empty", key, False
    steps.open_level(walk.steps, Step(key, number, walk.lines[number][key : column - 1].strip(BLANKS)))
    start = _spaces(walk, number, column)
    text = walk.lines[number]
    if start >= len(text):
        return
    if re.match(r"-(\s|$)", text[start:]):
        walk.fault("VK-Y035", (number, start))
        walk.state = "plain"
    else:
        _content(walk, number, start)


def _content(walk: _Walk, number: int, column: int) -> None:
    """A value that begins here: quoted, a flow list or map, a block text, a comment, or plain."""
    text = walk.lines[number]
    sign = text[column]
    if sign == "#":
        _comment(walk, number, column)
    elif sign in "\"'":
        _open_quote(walk, number, column)
    elif sign in _CLOSER:
        walk.levels = []
        walk.state = "flow"
        _flow(walk, number, column)
    elif sign in "|>" and _BLOCK_HEAD.match(text, column):
        walk.state = "block"
    else:
        _plain_start(walk, number, column)


def _plain_start(walk: _Walk, number: int, column: int) -> None:
    text = walk.lines[number]
    sign = text[column]
    breaks = re.search(r":(\s|$)| #", text[column:])
    if sign in _SPECIAL or sign in "|>" or (sign == "?" and text[column + 1 : column + 2] == " "):
        _special(walk, number, column)
    elif sign in "［｛" or (sign == "【" and breaks):
        walk.fault("VK-Y026", (number, column), sign=sign, right="{" if sign == "｛" else "[")
        walk.state = "block"
        return
    elif sign in _WIDE_QUOTES and breaks:
        walk.fault("VK-Y027", (number, column), sign=sign)
        walk.state = "plain"
        return
    _plain(walk, number, column)


def _special(walk: _Walk, number: int, column: int) -> None:
    """A text that begins with a sign YAML keeps for itself."""
    sign = walk.lines[number][column]
    walk.fault(_SPECIAL.get(sign, "VK-Y030"), (number, column), "·", **({} if sign == "!" else {"sign": sign}))


def _plain(walk: _Walk, number: int, column: int) -> None:
    """A plain text to the end of the line: colons with a space, tabs and ``#`` words in it are faults."""
    text = walk.lines[number]
    stop = _comment_start(text, column)
    walk.state = "plain"
    for match in re.compile(r":(?=\s|$)").finditer(text, column, len(text[:stop].rstrip(BLANKS))):
        walk.fault("VK-Y034", (number, match.start()), "：")
    _tabs(walk, number, column, stop)
    if stop < len(text):
        _comment(walk, number, stop)


def _tabs(walk: _Walk, number: int, column: int, stop: int) -> None:
    """Tabs inside a plain text are faults; at its end they are dropped."""
    text = walk.lines[number]
    end = len(text[:stop].rstrip(" \t"))
    for match in re.compile("\t").finditer(text, column, stop):
        if match.start() < end:
            walk.fault("VK-Y023", (number, match.start()), " ")
        else:
            walk.edits.append(((number, match.start()), 1, " "))


def _spaces(walk: _Walk, number: int, column: int) -> int:
    """The column of the next sign; the first wide space or tab on the way is a fault, unless the line ends here."""
    text = walk.lines[number]
    end = column
    while end < len(text) and (text[end] in " \t" or text[end] in _WIDE_SPACES):
        end += 1
    odd = [i for i in range(column, end) if text[i] != " "]
    if odd and end < len(text):
        kind = "tab" if text[odd[0]] == "\t" else "wide"
        code = {"wide": "VK-Y022", "tab": "VK-Y023"}[kind]
        walk.fault(
            code,
            (number, odd[0]),
            None if column == 0 else " ",
            **({"char": unseen.code_point(text[odd[0]])} if kind == "wide" else {}),
        )
    walk.edits.extend(((number, i), 1, " ") for i in odd if not (odd[0] == i and end < len(text)) or column == 0)
    return end


def _comment_start(text: str, column: int) -> int:
    match = re.compile(r"(?<=[ \t])#").search(text, column + 1)
    return match.start() if match else len(text)


def _comment(walk: _Walk, number: int, column: int) -> None:
    """A comment behind a value or a key: a ``#`` with a word right behind it would be lost text."""
    text = walk.lines[number]
    if not re.match(r"#\w", text[column:]) or (walk.state == "empty" and _goes_on(walk, number)):
        return
    kept = walk.state in {"plain", "empty"}
    walk.fault("VK-Y028", (number, column), "＃" if kept else None, lost=text[column:].strip(BLANKS)[:40])
    walk.edits.extend(((number, m.start()), 1, "＃") for m in re.compile(r"(?<=\s)#").finditer(text, column + 1))
    walk.state = "plain" if walk.state == "empty" else walk.state


def _goes_on(walk: _Walk, number: int) -> bool:
    """Whether the value of the open key stands on the lines below."""
    for text in walk.lines[number + 1 :]:
        bare = text.strip(BLANKS)
        if bare and not bare.startswith("#"):
            column = len(text) - len(text.lstrip(BLANKS))
            return column > walk.parent or (column == walk.parent and bare.startswith("- ") and not walk.entry)
    return False


def _comment_line(walk: _Walk, number: int, column: int) -> None:
    """A line of nothing but ``#`` words under a text or a key without a value is text about to be lost."""
    text = walk.lines[number]
    tags = re.fullmatch(r"(#\w[^\s#:：]*\s*)+", text[column:])
    if (
        tags
        and column > walk.parent >= 0
        and walk.state in {"plain", "empty"}
        and not (walk.state == "empty" and _goes_on(walk, number))
    ):
        walk.fault("VK-Y028", (number, column), "＃", lost=text[column:].strip(BLANKS)[:40])
        walk.edits.extend(((number, m.start()), 1, "＃") for m in re.compile(r"(?<=\s)#").finditer(text, column + 1))
        walk.state = "plain"


def _open_quote(walk: _Walk, number: int, column: int) -> int | None:
    walk.sign, walk.opened = walk.lines[number][column], (number, column)
    return _to_quote_end(walk, number, column + 1)


def _to_quote_end(walk: _Walk, number: int, column: int) -> int | None:
    """Read on to the closing quote, on this line or a later one; the column behind it where brackets go on there."""
    end = flows.quote_end(walk.lines[number], column, walk.sign)
    text = walk.lines[number]
    drive = walk.sign == '"' and _DRIVE.match(text, column)
    if drive:  # that it leads nowhere is told of the whole path, not of every \
        walk.edits.extend(
            ((number, m.start()), 1, "/") for m in re.compile(r"\\").finditer(text, column, end or len(text))
        )
    elif walk.sign == '"':
        for match in re.compile(r"\\.?").finditer(text, column, end or len(text)):
            if not _ESCAPE.match(text, match.start()):
                walk.fault("VK-Y037", (number, match.start()), "/")
    walk.last = (number, len(text) if end is None else end)
    if end is None:
        walk.state = "quote"
    elif walk.levels:
        walk.state = "flow"
        return end
    else:
        walk.state = "closed"
        _behind(walk, number, end)
    return None


def _behind(walk: _Walk, number: int, column: int) -> None:
    """What follows a closing quote or bracket on its line: nothing but a comment."""
    text = walk.lines[number]
    rest = text[column:].lstrip(BLANKS)
    start = len(text) - len(rest)
    if rest.startswith("#") and start > column:
        _comment(walk, number, start)
    elif rest:
        walk.fault("VK-Y038", (number, start), text=rest[:20], sign=text[column - 1])
    walk.edits.extend(((number, i), 1, " ") for i in range(column, start))


def _forgotten(walk: _Walk, number: int, spaces: int) -> bool:
    """Whether a quote or bracket was never closed: this line is a key of its own again. Says so and closes it."""
    text = walk.lines[number]
    if spaces > walk.parent or not (_KEY.match(text) or text.startswith("- ", spaces)):
        return False
    _unclosed(walk)
    return True


def _unclosed(walk: _Walk) -> None:
    ends = walk.sign if walk.state == "quote" else ""
    if walk.state == "quote":
        walk.fault("VK-Y036", walk.opened, ends, 0, sign=walk.sign)
        walk.edits[-1] = (walk.last, 0, ends + "".join(_CLOSER[level.sign] for level in reversed(walk.levels)))
    else:
        _unclosed_flow(walk)
    walk.state, walk.levels, walk.closers = "closed", [], []


def _unclosed_flow(walk: _Walk) -> None:
    level = walk.levels[-1]
    _entry_end(walk, level)
    if walk.closers:
        line, column = walk.closers[-1]
        sign = walk.lines[line][column]
        walk.fault(
            "VK-Y026",
            (line, column),
            "".join(_CLOSER[level.sign] for level in reversed(walk.levels)),
            sign=sign,
            right=_WIDE_CLOSER[sign],
        )
        return
    walk.fault("VK-Y040", walk.levels[0].spot, "", 0, sign=walk.levels[0].sign, right=_CLOSER[walk.levels[0].sign])
    walk.edits[-1] = (walk.last, 0, "".join(_CLOSER[level.sign] for level in reversed(walk.levels)))


def _flow(walk: _Walk, number: int, column: int, *, quoted: bool = False) -> None:
    """A list or map in brackets, from here to its end or the end of the line."""
    fresh = not quoted
    while column < len(text := walk.lines[number]):
        sign = text[column]
        if sign == "#" and text[column - 1 : column] in {"", " ", "\t"}:
            _comment(walk, number, column)
            return
        if sign in BLANKS or sign in _WIDE_SPACES:
            column = _flow_space(walk, number, column, fresh=fresh)
            continue
        walk.last = (number, column + 1)
        if fresh and (behind := _flow_text(walk, number, column)) != column:
            if behind is None:
                return
            column, fresh, quoted = behind, False, True
            continue
        if sign in "]}":
            if not _close(walk, number, column):
                return
            fresh, quoted = False, True
        elif fresh and sign in _CLOSER:
            walk.levels.append(_Level(sign, (number, column), column + 1))
        elif sign == "," and not _thousands(walk, number, column):
            _entry_end(walk, walk.levels[-1])
            walk.levels[-1].begin(column + 1)
            fresh, quoted = True, False
        else:
            fresh = _flow_sign(walk, number, column, fresh=fresh, quoted=quoted)
            quoted = False
        column += 1


def _flow_text(walk: _Walk, number: int, column: int) -> int | None:
    """Where brackets go on behind a text in quotation marks: the same column where none begins, None where nothing follows on this line."""
    text = walk.lines[number]
    if text[column] in "\"'":
        return _open_quote(walk, number, column)
    if end := flows.quoted(text, column):
        walk.edits += [((number, at), 1, mark) for at, mark in flows.requoted(text, column, end)]
        walk.last = (number, end)
    return end or column


def _thousands(walk: _Walk, number: int, column: int) -> bool:
    """Whether a comma only parts the thousands of a map's figure, or of a list's in yuan: a fault, and left out."""
    near = _THOUSANDS.finditer(walk.lines[number], max(0, column - 12), column + 24)  # a line may be nothing but commas
    figure = next((m for m in near if m.start() < column < m.end() and (walk.levels[-1].key or m[1])), None)
    if figure and column == walk.lines[number].index(",", figure.start()):  # once a figure
        walk.fault("VK-Y046", (number, column), "", value=figure[0], right=figure[0].replace(",", ""))
    return figure is not None


def _flow_space(walk: _Walk, number: int, column: int, *, fresh: bool) -> int:
    """Past one space; a tab, or a wide space where a value begins, is a fault."""
    sign = walk.lines[number][column]
    if sign == "\t" and walk.lines[number][column:].strip(BLANKS):
        walk.fault("VK-Y023", (number, column), " ")
    elif sign in _WIDE_SPACES and fresh:
        behind_key = walk.lines[number][:column].rstrip(" ").endswith((":", "："))
        if behind_key:
            walk.fault("VK-Y022", (number, column), " ", char=unseen.code_point(sign))
        else:
            walk.edits.append(((number, column), 1, " "))
    elif sign == "\t":
        walk.edits.append(((number, column), 1, " "))
    return column + 1


def _close(walk: _Walk, number: int, column: int) -> bool:
    """Close the innermost bracket; false when the whole value ends here."""
    sign = walk.lines[number][column]
    level = walk.levels.pop()
    _entry_end(walk, level)
    if _CLOSER[level.sign] != sign:
        walk.fault("VK-Y040", level.spot, sign=level.sign, right=_CLOSER[level.sign])
    if walk.levels:
        return True
    walk.state, walk.closers = "closed", []
    _behind(walk, number, column + 1)
    return False


def _flow_sign(walk: _Walk, number: int, column: int, *, fresh: bool, quoted: bool) -> bool:
    """One sign of a text inside brackets; tells whether a new value begins behind it."""
    text = walk.lines[number]
    sign, level = text[column], walk.levels[-1]
    if sign == ":":
        return _flow_colon(walk, number, column, quoted=quoted)
    if sign == "：":
        return _flow_wide_colon(walk, number, column)
    if quoted and level.sign == "[" and sign in flows.COMMAS:
        walk.edits.append(((number, column), 1, ", "))
        return True
    if sign == "，" or (level.sign == "{" and sign in "、；;" and walk.knows(re.split("[:：]", text[column + 1 :])[0])):
        return _flow_wide_comma(walk, (number, column), level)
    if fresh and (sign in _SPECIAL or sign in "|>"):
        _special(walk, number, column)
    elif sign in "[{?":
        walk.fault("VK-Y031", (number, column), STAND_IN[sign], sign=sign)
        partner = text.find(_CLOSER.get(sign, "\0"), column)
        if partner > 0:
            walk.lines[number] = text[:partner] + "〕" + text[partner + 1 :]
            walk.edits.append(((number, partner), 1, "〕"))
    elif sign in _WIDE_CLOSER:
        walk.closers.append((number, column))
    return False


def _flow_colon(walk: _Walk, number: int, column: int, *, quoted: bool) -> bool:
    text, level = walk.lines[number], walk.levels[-1]
    if not quoted and text[column + 1 : column + 2] not in {"", *" \t,[]{}\u3000\u00a0"}:
        level.narrow = level.narrow or (number, column)
        return False
    if text[column + 1 : column + 2] in {"\u3000", "\u00a0"}:
        walk.edits.append(((number, column), 1, ": "))
    if level.sign == "[" and not quoted:
        walk.fault("VK-Y034", (number, column), "：")
        return False
    if level.wide and not level.key and (level.comma or walk.knows(text[level.start : level.wide[1]])):
        _colon_fault(walk, level.wide)
        level.key = True
    if level.key and level.comma:
        walk.comma(level.comma)
        level.begin(column + 1, key=True)
    elif level.key:
        walk.fault("VK-Y034", (number, column), "：")
        return False
    level.key = True
    return True


def _flow_wide_colon(walk: _Walk, number: int, column: int) -> bool:
    """A full-width colon in a map: that of a key if the entry has none yet, or if a known key follows a full-width comma."""
    level, spot = walk.levels[-1], (number, column)
    if level.sign == "[":
        return False
    if level.comma and level.comma[0] == number and walk.knows(walk.lines[number][level.comma[1] + 1 : column]):
        if level.wide and not level.key:
            _colon_fault(walk, level.wide)
        walk.comma(level.comma)
        level.begin(column + 1, key=True)
        _colon_fault(walk, spot)
        return True
    if not level.key and level.wide is None:
        level.wide = spot
    return False


def _flow_wide_comma(walk: _Walk, spot: _Spot, level: _Level) -> bool:
    """A sign typed for a comma: in a list all of them are told of at the first one, so that it is said once."""
    if level.sign == "{":
        level.comma = spot
        return False
    walk.comma(walk.commas.setdefault(level.spot, spot))
    walk.edits[-1] = (spot, 1, ", ")
    return True


def _entry_end(walk: _Walk, level: _Level) -> None:
    """At the end of a map's entry: one without a colon of its own has it mistyped."""
    spot = level.wide or level.narrow
    if level.sign == "{" and not level.key and spot:
        _colon_fault(walk, spot)

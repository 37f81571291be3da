"""Tables of rows: each row a brief, its values where they stand in the table; odd tables are refused in plain words."""

from __future__ import annotations

import base64
import io
import json
import re
import tempfile
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from vidkit import brief, kit, plan, source
from vidkit.batch import Item
from vidkit.commands import making
from vidkit.photos import advice
from vidkit.problems import Place, Refusal, problem
from vidkit.spreadsheets import headings, rows
from vidkit.tables import table

OVER = """模板: 清洁前后对比
品牌: 邻里净
标题: 家里变个样
服务: 深度保洁
价格: {项目: 保洁, 金额: 199, 单位: 次, 条件: 三小时}
对比:
  - {位置: 灶台, 前: a.jpg, 后: b.jpg}
平台: [抖音]
"""


def _over() -> source.Node:
    node, problems = source.parse(OVER, "清单.yaml")
    assert node
    assert not problems
    return node


def _read(file: Path, content: bytes) -> tuple[rows.Row, ...]:
    file.write_bytes(content)
    return rows.read(file, _over(), "清单", shown=file.name).rows


def _codes(file: Path, content: bytes) -> list[tuple[str, int, int]]:
    with pytest.raises(Refusal) as caught:
        _read(file, content)
    found = [(p.code, p.place) for p in caught.value.problems]
    return [(code, place.line, place.column) for code, place in found if place]


def _wrong(file: Path, content: bytes) -> list[tuple[str, int, int]]:
    """What is wrong with single rows."""
    found = [(p.code, p.place) for row in _read(file, content) for p in row.problems]
    return [(code, place.line, place.column) for code, place in found if place]


def _notes(file: Path, content: bytes) -> list[str]:
    """What is told of a table that is read, but what follows from the tests' one brief: its home, its price, its name."""
    file.write_bytes(content)
    notes = rows.read(file, _over(), "清单", shown=file.name).notes
    return [p.message("zh") for p in notes if p.code not in {"VK-X028", "VK-X031", "VK-X032"}]


def plain(node: source.Node) -> object:
    """A node as plain values."""
    if node.kind == "map":
        return {key.text: plain(value) for key, value in node.pairs}
    return [plain(one) for one in node.items] if node.kind == "list" else node.text


TABLE = """文件名,标题,价格.金额,对比.1.前,对比.2.位置,对比.2.前,对比.2.后,平台,关键词
厨房,三小时变个样,259,c.jpg,水槽,d.jpg,e.jpg,抖音、视频号,
,"说,说",,,,,,,说说
"""


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_row_is_laid_over_the_brief(codec: str, sign: str, tmp_path: Path) -> None:
    """Whatever Excel or WPS wrote: names, nested values, further entries, lists; empty cells leave what the brief says."""
    words = TABLE if sign == "," else TABLE.replace(",", sign).replace(f"说{sign}说", "说,说")
    first, second = _read(tmp_path / "表.csv", words.replace("\n", "\r\n").encode(codec))
    assert (first.name, second.name) == ("厨房", "清单-02")
    assert plain(first.node) == {
        "模板": "清洁前后对比",
        "品牌": "邻里净",
        "标题": "三小时变个样",
        "服务": "深度保洁",
        "价格": {"项目": "保洁", "金额": "259", "单位": "次", "条件": "三小时"},
        "对比": [
            {"位置": "灶台", "前": "c.jpg", "后": "b.jpg"},
            {"位置": "水槽", "前": "d.jpg", "后": "e.jpg"},
        ],
        "平台": ["抖音", "视频号"],
    }
    title = second.node.get("标题")
    assert title
    assert (title.text, title.place) == ("说,说", Place("表.csv", 3, 2))
    assert second.node.get("价格") == _over().get("价格")


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    """A cell of two lines moves the rows after it down; empty lines are no rows."""
    found = _read(tmp_path / "a.csv", '标题,正文\n一,"上\n下"\n\n二,\n'.encode())
    assert [(row.place.line, row.name) for row in found] == [(2, "清单-01"), (5, "清单-02")]


def _workbook(cells: list[list[str]]) -> bytes:
    """The smallest workbook Excel would open, its cells as inline texts; numbers as numbers."""
    lines = "".join(
        "<row>"
        + "".join(
            f"<c><v>{cell}</v></c>" if cell.isdigit() else f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
            for cell in line
        )
        + "</row>"
        for line in cells
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="a" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{head}<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="s" sheetId="1" '
        'r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="b" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'{head}<worksheet xmlns="{main}"><sheetData>{lines}</sheetData></worksheet>',
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return made.getvalue()


def test_a_workbook_is_read_like_a_csv(tmp_path: Path) -> None:
    """Its first sheet; whole numbers without a decimal point."""
    (row,) = _read(tmp_path / "表.xlsx", _workbook([["文件名", "标题", "价格.金额"], ["厨房", "变个样", "259"]]))
    assert row.name == "厨房"
    price = row.node.get("价格")
    assert price
    assert plain(price) == {"项目": "保洁", "金额": "259", "单位": "次", "条件": "三小时"}


def _book(cells: str, *, formats: str = "", merged: str = "", hidden: str = "") -> bytes:
    """A workbook of that content: its cells, formats and merged ranges as a spreadsheet writes them, and a hidden first sheet's cells."""
    made = io.BytesIO()
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    with zipfile.ZipFile(io.BytesIO(_workbook([["x"]]))) as plain, zipfile.ZipFile(made, "w") as book:
        for name in plain.namelist():
            text = plain.read(name).decode()
            if name == "xl/workbook.xml":
                text = text.replace("<sheet name", '<sheet name="h" sheetId="2" state="hidden" r:id="c"/><sheet name')
            if name == "xl/_rels/workbook.xml.rels":
                sheet = text[text.index("<Relationship Id") : text.index("</Relationships>")]
                own = sheet.replace('Id="b"', 'Id="c"').replace("sheet1", "sheet2")
                styles = sheet.replace('Id="b"', 'Id="d"').replace("worksheets/sheet1", "styles")
                styles = styles.replace("/worksheet", "/styles")
                text = text.replace("</Relationships>", f"{own}{styles}</Relationships>")
            if name == "xl/worksheets/sheet1.xml":
                text = f"<worksheet {main}><sheetData>{cells}</sheetData>{merged}</worksheet>"
            book.writestr(name, text)
        book.writestr("xl/worksheets/sheet2.xml", f"<worksheet {main}><sheetData>{hidden}</sheetData></worksheet>")
        book.writestr("xl/styles.xml", f"<styleSheet {main}><cellXfs>{formats}</cellXfs></styleSheet>")
    return made.getvalue()


def _line(*cells: str) -> str:
    return f"<row>{''.join(cells)}</row>"


def _said(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_workbook_says_what_a_person_sees(tmp_path: Path) -> None:
    """Of the first sheet that is not hidden: numbers to fifteen digits, percents as such, a cell over several rows in each of them."""
    cells = (
        _line(_said("文件名"), _said("标题"), _said("服务")),
        _line("<c><v>007</v></c>", "<c><v>0.30000000000000004</v></c>", '<c r="C2" s="1"><v>0.3</v></c>'),
        _line("<c><v>1E-3</v></c>", '<c t="b"><v>1</v></c>', _said("0851")),
        _line("<c><v>13800138000</v></c>", '<c t="str"><f>""</f><v></v></c>', _said("")),
        _line(_said("乙"), _said("二"), ""),
    )
    book = _book(
        "".join(cells),
        formats='<xf numFmtId="0"/><xf numFmtId="9"/>',
        merged='<mergeCells count="1"><mergeCell ref="C3:C5"/></mergeCells>',
        hidden=_line(_said("没有这一项")),
    )
    found = [(row.name, plain(row.node)) for row in _read(tmp_path / "表.xlsx", book)]
    said = [(name, one["标题"], one["服务"]) for name, one in found if isinstance(one, dict)]
    assert said == [
        ("7", "0.3", "30%"),
        ("0.001", "是", "0851"),
        ("13800138000", "家里变个样", "0851"),
        ("乙", "二", "0851"),
    ]


@pytest.mark.parametrize("merged", ["D2:D4", "B6:B9", "D7:E9", "C1:C4"])
def test_empty_cells_made_one_beside_the_table_say_nothing(merged: str, tmp_path: Path) -> None:
    """They lie beside, below or above what is filled in: every row is read."""
    said = (("文件名", "标题"), ("甲", "一"), ("乙", "二"), ("丙", "三"))
    cells = "".join(_line(*map(_said, row)) for row in said)
    book = _book(cells, merged=f'<mergeCells count="1"><mergeCell ref="{merged}"/></mergeCells>')
    assert [row.name for row in _read(tmp_path / "表.xlsx", book)] == ["甲", "乙", "丙"]


def test_what_a_workbook_does_not_say_is_told(tmp_path: Path) -> None:
    """Errors, formulas never calculated, and dates where none are wanted: none of them lets the row say what the brief says."""
    cells = (
        _line(_said("标题"), _said("服务"), _said("有效期"), _said("")),
        _line('<c r="A2" t="e"><v>#N/A</v></c>', '<c r="B2"><f>A1&amp;"x"</f></c>', '<c s="1"><v>46000</v></c>'),
        _line(_said("二"), '<c s="1"><v>46000</v></c>', _said(""), '<c r="D3" t="e"><v>#REF!</v></c>'),
    )
    book = _book("".join(cells), formats='<xf numFmtId="0"/><xf numFmtId="14"/>')
    assert _wrong(tmp_path / "表.xlsx", book) == [("VK-X012", 2, 1), ("VK-X012", 2, 2), ("VK-X011", 3, 2)]


DRAWN = """<wsDr xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><oneCellAnchor><from><col>1</col>
<colOff>0</colOff><row>2</row><rowOff>0</rowOff></from><pic/></oneCellAnchor><oneCellAnchor><from><col>0</col><row>3</row></from><pic/>
</oneCellAnchor><twoCellAnchor><from><col>1</col><row>1</row></from><sp/></twoCellAnchor></wsDr>"""
"""A picture over B3, one over A4, and a shape over B2."""


def _drawn(book: bytes, drawing: str) -> bytes:
    """The workbook with that drawing over its sheet."""
    made = io.BytesIO()
    link = '<Relationships><Relationship Id="a" Type="x/drawing" Target="../drawings/d.xml"/></Relationships>'
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/worksheets/_rels/sheet1.xml.rels", link)
        new.writestr("xl/drawings/d.xml", drawing)
    return made.getvalue()


def test_pictures_in_cells_are_told(tmp_path: Path) -> None:
    """As WPS and Excel keep them, and where one lies over an empty cell for a photo's name: no row shows the brief's photo instead."""
    cells = (
        _line(_said("标题"), _said("对比.1.前")),
        _line(_said("一"), '<c r="B2" t="str"><f>_xlfn.DISPIMG("a",1)</f><v>=DISPIMG("a",1)</v></c>'),
        _line(_said("二"), '<c r="B3"><f>_xlfn.DISPIMG("a",1)</f></c>'),
        _line(_said("三"), '<c r="B4" t="e" vm="1"><v>#VALUE!</v></c>'),
        _line(_said("四"), _said("c.jpg")),
    )
    told = [("VK-X020", line, 2) for line in (2, 3, 4)]
    assert _wrong(tmp_path / "表.xlsx", _book("".join(cells))) == told
    assert _wrong(tmp_path / "表.csv", '标题,对比.1.前\n一,"=DISPIMG(""a"",1)"\n'.encode()) == [("VK-X020", 2, 2)]
    bare = "".join(_line(*map(_said, one)) for one in (("标题", "对比.1.前"), ("一", ""), ("二", ""), ("三", "")))
    assert _wrong(tmp_path / "表.xlsx", _book(bare)) == []
    told = [("VK-X019", 2, 2), ("VK-X020", 3, 2), ("VK-X019", 4, 2)]
    assert _wrong(tmp_path / "表.xlsx", _drawn(_book(bare), DRAWN)) == told
    assert _wrong(tmp_path / "表.xlsx", _drawn(_book(bare), DRAWN[:99])) == []


def test_hidden_rows_and_further_sheets_are_told(tmp_path: Path) -> None:
    """The first sheet with headings is read; a hidden row is made, and told of."""
    made = io.BytesIO()
    lines = "".join(
        f'<row r="{n}"{" hidden=" + chr(34) + "1" + chr(34) if n in {2, 4} else ""}>{_said(word)}{_said(word)}</row>'
        for n, word in ((1, "说明"), (2, "一"), (3, "二"), (4, "三"))
    ).replace(_said("说明") * 2, _said("文件名") + _said("标题"))
    with (
        zipfile.ZipFile(io.BytesIO(_book(lines, hidden=_line(_said("怎么填"))))) as old,
        zipfile.ZipFile(made, "w") as new,
    ):
        for name in old.namelist():
            text = old.read(name).decode().replace(' state="hidden"', "")
            if name == "xl/workbook.xml":
                text = text.replace("</sheets>", '<sheet name="二月" sheetId="9" r:id="b"/></sheets>')
            new.writestr(name, text)
    book = made.getvalue()
    assert [row.name for row in _read(tmp_path / "表.xlsx", book)] == ["一", "二", "三"]
    told = _notes(tmp_path / "表.xlsx", book)
    assert told == ["还有工作表“二月”没有读", "第 2、4 行是藏起来的，也会做"]


def test_of_several_sheets_the_one_that_is_no_table_is_named(tmp_path: Path) -> None:
    """VK-X009 and VK-X005 say which sheet was read."""
    for cells, said in ((_line(_said("天气")), "表头“天气”不认识"), (_line(_said("标题")), "这张表是空的")):
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(_book(cells))) as old, zipfile.ZipFile(made, "w") as new:
            for name in old.namelist():
                text = old.read(name).decode().replace(' state="hidden"', "")
                new.writestr(name, text.replace('name="h"', 'name="说明"').replace('name="s"', 'name="一月"'))
        (tmp_path / "表.xlsx").write_bytes(made.getvalue())
        with pytest.raises(Refusal) as caught:
            rows.read(tmp_path / "表.xlsx", _over(), "清单", shown="表.xlsx")
        (told,) = caught.value.problems
        assert f"工作表“一月”里，{said}" in told.message("zh")


def _at(cell: str, inside: str) -> str:
    line = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{line}"><c r="{cell}"{inside}</c></row>'


@pytest.mark.parametrize(
    ("far", "told"),
    [
        (_at("XFD1048576", ' t="inlineStr"><is><t>x</t></is>'), "XFD1048576"),
        (_at("B1048576", "><v>1</v>"), "B1048576"),
        (_at("OK3", "><f>A1</f>"), "OK3"),
        (_at("B1048576", ' t="inlineStr"><is><t> </t></is>'), ""),
        (_at("B1048576", ' t="s"><v>0</v>'), ""),
        (_at("B1048576", ' t="s"><v>1</v>'), "B1048576"),
        (_at("XFD3", ' s="1">'), ""),
        (_at("B2000", ' t="str"><f>IF(A2000="","",1)</f><v></v>'), ""),
        (_at("B1048576", ' t="inlineStr"><is><t>\u200b</t></is>'), ""),
        (_at("B3", ' t="inlineStr"><is><t>\u200b</t></is>'), ""),
    ],
)
def test_a_cell_far_from_the_table_is_named(far: str, told: str, tmp_path: Path) -> None:
    """Before anybody makes room for all cells between; one in which nothing is to be seen, or in another sheet, is in nobody's way."""
    texts = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t> </t></si><si><t>x</t></si></sst>'
    near = "".join(f'<row r="{n}">{_said(word)}{_said(word)}</row>' for n, word in ((1, "标题"), (2, "一")))
    near = near.replace(_said("标题") * 2, _said("文件名") + _said("标题"))
    parts = {"xl/sharedStrings.xml": texts}
    with zipfile.ZipFile(io.BytesIO(_book(near + far, hidden=_at("XFD1048576", "><v>1</v>")))) as book:
        link = '<Relationship Id="e" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        end = f'{link} Target="sharedStrings.xml"/></Relationships>'
        for name in book.namelist():
            text = book.read(name).decode()
            parts[name] = text.replace("</Relationships>", end) if name.endswith("workbook.xml.rels") else text
    (tmp_path / "表.xlsx").write_bytes(_packed(**parts))
    try:
        found = [row.name for row in rows.read(tmp_path / "表.xlsx", _over(), "清单", shown="表.xlsx").rows]
        cells = ""
    except Refusal as refusal:
        (problem_,) = refusal.problems
        found, cells = [], dict(problem_.values)["cell"]
        assert problem_.code == "VK-X035"
    assert (cells, found) == (told, [] if told else ["一"])


@pytest.mark.parametrize(
    ("filled", "told", "line"),
    [
        (range(2, 20), "VK-X006", 7),
        ((*range(2, 12), *range(13, 20)), "VK-X006", 7),
        ((2, 3, 10, 11, 12, 13), "VK-X006", 12),
        ((2, 3, 40), "VK-X006", 40),
        ((2, 3, 54), "VK-X035", 0),
        ((2, 3, 11), "", 0),
    ],
)
def test_a_long_table_with_empty_lines_is_too_long(
    filled: tuple[int, ...] | range, told: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on below those that are read: none of them is left out in silence, and none is far."""
    monkeypatch.setitem(table("limits")["rows"], "most", 5)
    lines = "".join(f'<row r="{n}">{_said(f"行{n}")}{_said("一")}</row>' for n in filled)
    file = tmp_path / "表.xlsx"
    file.write_bytes(_book(f'<row r="1">{_said("文件名")}{_said("标题")}</row>{lines}'))
    if not told:
        assert [row.place.line for row in rows.read(file, _over(), "清单", shown="表.xlsx").rows] == [*filled]
        return
    with pytest.raises(Refusal) as caught:
        rows.read(file, _over(), "清单", shown="表.xlsx")
    assert [(p.code, p.place.line) for p in caught.value.problems if p.place] == [(told, line)]


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """VK-X007 before anything is unpacked."""
    monkeypatch.setitem(table("limits")["rows"], "most_unpacked_bytes", 1000)
    assert _codes(tmp_path / "表.xlsx", _workbook([["标题"], ["一"]])) == [("VK-X007", 0, 0)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('标题,服务\n一,二\n"三,四\n五,六\n', [("VK-X007", 3, 1)]),
        ('标题\n"' + "长" * 140_000 + '"\n', [("VK-X007", 2, 1)]),
        ("标提,服务\n一,二\n", [("VK-X001", 1, 1)]),
        ("天气,心情\n一,二\n", [("VK-X009", 1, 1), ("VK-X009", 1, 2)]),
        ("文件名,天气\n一,二\n", [("VK-X009", 1, 2)]),
        ("价格.天气\n一\n", [("VK-X009", 1, 1)]),
        ("标题,题目\n一,二\n", [("VK-X002", 1, 2)]),
        ("标题,称呼,备注\n一,二,三\n", [("VK-X018", 1, 2)]),
        ("标题,价格金额,对比1前\n一,二,三\n", [("VK-X018", 1, 2), ("VK-X018", 1, 3)]),
        ("标题,对比.1.后.遮蔽\n一,1\n", [("VK-X001", 1, 2)]),
        ("标题\n", [("VK-X005", 0, 0)]),
        ("", [("VK-X005", 0, 0)]),
        ("标题\n" + "一\n" * 1001, [("VK-X006", 1002, 1)]),
        ("标题,人物.称呼,人物.1.称呼\n一,二,三\n", [("VK-X002", 1, 3)]),
        ("标题,对比.前,对比.1.前\n一,二,三\n", [("VK-X002", 1, 3)]),
        ("标题,照片,照片.1\n一,二,三\n", [("VK-X002", 1, 3)]),
        ("标题,对比.1.前,对比.前.文件\n一,二,三\n", [("VK-X002", 1, 3)]),
        ("标题,对比.❶.前\n一,二\n", [("VK-X009", 1, 2)]),
        ("标题,标题（必填）\n一,二\n", [("VK-X002", 1, 2)]),
    ],
)
def test_a_faulty_table_is_refused(words: str, expected: list[tuple[str, int, int]], tmp_path: Path) -> None:
    """Each fault with its line and column."""
    assert _codes(tmp_path / "a.csv", words.encode()) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("文件名,标题\nnul,一\n" + "长" * 61 + ",二\n三,三\n", [("VK-X013", 2, 1), ("VK-X013", 3, 1)]),
        ("文件名,标题\nArchive,一\n二,二\n", [("VK-X013", 2, 1)]),
        ("标题\n一,二\n二\n", [("VK-X003", 2, 2)]),
        ("标题,文件名\n一,厨房\n二,厨房\n三,客厅\n", [("VK-X004", 3, 2)]),
        ("文件名,标题\n一,一\n一,二\n一-2,三\n一,四\n", [("VK-X004", 3, 1), ("VK-X004", 5, 1)]),
        ('标题,对比.1.后\n一,"{文件: a, 不遮"\n二,"{文件: a，不遮: [1]}"\n', [("VK-Y029", 3, 2)]),
        ('标题,价格\n一,199\n二,"{项目: 保洁, 金额: 199}"\n', [("VK-X021", 2, 2)]),
        ("标题,对比.1\n一,a.jpg\n二,\n", [("VK-X021", 2, 2)]),
        ("标题,对比.4.位置,对比.3.位置\n一,东,西\n二,,\n", [("VK-X027", 2, 2), ("VK-X027", 2, 3)]),
        ("标题,对比.2.位置,对比.3.位置\n一,东,西\n二,,西\n", [("VK-X027", 3, 3)]),
    ],
)
def test_a_faulty_row_leaves_the_others(words: str, expected: list[tuple[str, int, int]], tmp_path: Path) -> None:
    """Each fault with its line and column; every row has a name of its own all the same, under which it can be told of."""
    assert _wrong(tmp_path / "a.csv", words.encode()) == expected
    found = _read(tmp_path / "a.csv", words.encode())
    assert [row.problems for row in found if row.place.line not in {line for _, line, _ in expected}] == [()] * (
        len(found) - len({line for _, line, _ in expected})
    )
    assert len({row.name for row in found}) == len(found)


PHOTOS = """文件名,标题,对比.1.前,对比.1.后,对比.2.前,人物.照片
张家,一,c.jpg,d.jpg,,
李家,二,,,,
王家,三,,e.jpg,f.jpg,g.jpg
赵家
"""


def test_a_row_without_photos_of_its_own_shows_no_others(tmp_path: Path) -> None:
    """One message a row where another row fills the column and the brief's photo would be shown; other columns may be empty."""
    file = tmp_path / "a.csv"
    assert _wrong(file, PHOTOS.encode()) == [("VK-X019", 3, 3), ("VK-X019", 4, 3), ("VK-X019", 5, 3)]
    said = [dict(one.values)["columns"] for row in _read(file, PHOTOS.encode()) for one in row.problems]
    assert said == ["3、4", "3", "3、4"]
    assert _wrong(file, "标题,对比.1.前\n一,\n二,\n".encode()) == []
    more = "标题,对比.1.前,对比.1.前.遮脸\n一,c.jpg,1\n二,,1\n"
    assert _wrong(file, more.encode()) == [("VK-X019", 3, 2)]
    whole = '标题,对比.1,对比.1.前\n一,,c.jpg\n二,"{前: d.jpg, 后: e.jpg}",\n'
    assert _wrong(file, whole.encode()) == []


def test_what_was_decided_about_a_photo_holds_for_no_other(tmp_path: Path) -> None:
    """Another file's faces are others'; what the row says of them itself stays, whichever column comes first, and so does what the brief says of the
    same file, however its name is written.
    """
    file, over = tmp_path / "a.csv", tmp_path / "b.yaml"
    decided = {"露脸": ["1"], "不遮": "全部"}
    over.write_text(
        "对比:\n  - {位置: 灶台, 前: {文件: p/a.jpg, 露脸: [1], 不遮: 全部}, 后: b.jpg}\n", encoding="utf-8"
    )
    cells = [
        ("对比.1.前.露脸,对比.1.前.文件", ",c.jpg", {"文件": "c.jpg"}),
        ("对比.1.前.露脸,对比.1.前.文件", "2,c.jpg", {"文件": "c.jpg", "露脸": ["2"]}),
        ("对比.前.露脸.1,对比.1.前.文件", "2,c.jpg", {"文件": "c.jpg", "露脸": [["2"]]}),
        ("对比.1.前.文件", "p/a.jpg", {"文件": "p/a.jpg", **decided}),
        ("对比.1.前.文件", "p\\a.jpg", {"文件": "p\\a.jpg", **decided}),
        ("对比.1.前", "./p/A.jpg", {"文件": "./p/A.jpg", **decided}),
        ("对比.1.前", "c.jpg", "c.jpg"),
    ]
    for heads, typed, wanted in cells:
        file.write_text(f"文件名,{heads}\n一,{typed}\n", encoding="utf-8")
        (told,) = rows.briefs(over, file).rows.values()
        said: Any = plain(told.node)
        assert said["对比"][0]["前"] == wanted, (heads, typed)
    over.write_text("照片:\n  - {文件: a.jpg, 遮脸: [1]}\n  - b.jpg\n", encoding="utf-8")
    file.write_text("文件名,照片\n一,c.jpg、a.jpg\n", encoding="utf-8")
    (told,) = rows.briefs(over, file).rows.values()
    said = plain(told.node)
    assert said["照片"] == ["c.jpg", {"文件": "a.jpg", "遮脸": ["1"]}]


def test_rows_that_all_show_one_home_are_told(tmp_path: Path) -> None:
    """Two rows with the brief's before are told of once; one alone, and rows with their own, are not."""
    file = tmp_path / "a.csv"
    several, one = "文件名,地区\n一,云岩\n二,南明\n".encode(), "标题,地区\n一,云岩\n".encode()
    own = "文件名,对比.1.前,对比.1.后,对比.1.位置\n一,c.jpg,d.jpg,水槽\n二,e.jpg,f.jpg,地面\n".encode()
    for content, told in ((several, ["VK-X028"]), (one, []), (own, [])):
        file.write_bytes(content)
        assert [note.code for note in rows.read(file, _over(), "清单", shown=file.name).notes] == told


@pytest.mark.parametrize(
    ("home", "heading", "cells", "wrong", "told"),
    [
        ("云岩张女士家", "", ("", ""), [("VK-X029", 2, 1), ("VK-X029", 3, 1)], []),
        ("云岩张女士家", ",谁家", (",南明李女士家", ","), [("VK-X029", 3, 5)], []),
        ("云岩张女士家", ",谁家", (",云岩张女士家", ",不是客户家"), [], []),
        ("不是客户家", "", ("", ""), [], ["VK-X030"]),
        ("不是客户家", ",谁家", (",不是客户家", ",南明李女士家"), [], []),
        ("", "", ("", ""), [], []),
        ("云岩张女士家", ",对比.1.前,对比.1.后", (",a.jpg,b.jpg", ",c.jpg,b.jpg"), [("VK-X029", 3, 1)], []),
        ("不是客户家", ",对比.1.前,对比.1.后", (",a.jpg,b.jpg", ",a.jpg,b.jpg"), [], []),
    ],
)
def test_a_home_of_the_brief_is_no_other_rows(
    home: str, heading: str, cells: tuple[str, str], wrong: list[tuple[str, int, int]], told: list[str], tmp_path: Path
) -> None:
    """One customer's consent would stand for another's home: where photos are a row's own, so is what it says of the home."""
    first, second = cells
    lines = f"文件名,对比.1.前,对比.1.后,对比.1.位置{heading}\n一,c.jpg,d.jpg,东{first}\n二,e.jpg,f.jpg,西{second}\n"
    if "对比" in heading:
        lines = f"文件名,对比.1.位置{heading}\n一,东{first}\n二,西{second}\n"
    (tmp_path / "a.csv").write_text(lines, encoding="utf-8")
    over, _ = source.parse(OVER + (f"谁家: {home}\n" if home else ""), "清单.yaml")
    assert over
    found = rows.read(tmp_path / "a.csv", over, "清单", shown="a.csv")
    problems = [(p.code, p.place) for row in found.rows for p in row.problems]
    assert [(code, place.line, place.column) for code, place in problems if place] == wrong
    assert [note.code for note in found.notes] == told
    (tmp_path / "b.csv").write_text("文件名,标题\n一,说\n二,说\n", encoding="utf-8")
    assert not any(row.problems for row in rows.read(tmp_path / "b.csv", over, "清单", shown="b.csv").rows)


_CERTIFIED = "人物.原话“慢慢来”、人物.录音“a.m4a”、…人物.证书.编号“S1”、人物.证书.2.名称“护理”"


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("文件名,人物.称呼\n一,美华\n二,秀兰\n", [("VK-X036", 2, 2)]),
        ("文件名,人物.称呼,人物.照片\n一,美华,\n二,桂芬,\n", [("VK-X036", 2, 2), ("VK-X036", 3, 2)]),
        ("文件名,人物.称呼,人物.照片\n一,美华,m.jpg\n二,桂芬,\n", [("VK-X019", 3, 3)]),
        ("文件名,人物.称呼,人物.照片\n一,美华,m.jpg\n二,桂芬,x.jpg\n", []),
        ("文件名,人物.原话\n一,好\n", []),
        ("文件名,人物\n一,美华\n", []),
    ],
)
@pytest.mark.parametrize("photo", ["x.jpg", "{文件: x.jpg, 露脸: [1]}"])
def test_nobody_is_shown_under_anothers_name(
    words: str, wrong: list[tuple[str, int, int]], photo: str, tmp_path: Path
) -> None:
    """The brief's portrait is of the brief's person, unless a row says that it is hers."""
    (tmp_path / "a.csv").write_text(words, encoding="utf-8")
    over, _ = source.parse(OVER + f"人物: {{称呼: 秀兰, 照片: {photo}}}\n", "清单.yaml")
    assert over
    found = rows.read(tmp_path / "a.csv", over, "清单", shown="a.csv").rows
    problems = [p for row in found for p in row.problems]
    assert [(p.code, p.place.line, p.place.column) for p in problems if p.place] == wrong
    told = [p.message("zh") + p.hint("zh") for p in problems if p.code == "VK-X036"]
    assert all("（x.jpg）" in one and "人物.照片" in one for one in told)


@pytest.mark.parametrize(
    ("words", "lines", "said"),
    [
        ("文件名,对比.1.前,对比.1.后\n一,c.jpg,d.jpg\n二,e.jpg,f.jpg\n", "2、3", "对比.1.位置“灶台”"),
        ("文件名,对比.1.后,对比.1.位置\n一,c.jpg,水槽\n二,d.jpg,\n", "3", "对比.1.位置“灶台”"),
        ('文件名,对比,价格.金额\n一,"{前: c.jpg, 后: d.jpg}",99\n', "2", "价格.条件“三小时”"),
        ("文件名,人物.称呼\n一,美华\n", "2", "人物.原话“慢慢来”"),
        ("文件名,标题,人物.原话,价格.单位,对比.1.前.遮脸\n一,说,好,次,1\n", "", ""),
        ("文件名,对比.1.前,对比.1.后,人物.称呼\n一,a.jpg,b.jpg,秀兰\n二,c.jpg,b.jpg,秀兰\n", "3", "对比.1.位置“灶台”"),
        ("文件名,人物.称呼,人物.证书.名称\n一,美华,\n", "2", _CERTIFIED.replace("…", "人物.证书.名称“育婴员”、")),
        ("文件名,人物.称呼,人物.证书.名称\n一,美华,月嫂\n", "2", _CERTIFIED.replace("…", "")),
    ],
)
def test_what_the_brief_says_of_another_is_told(words: str, lines: str, said: str, tmp_path: Path) -> None:
    """The place of another photo, the terms of another price, the words of another woman: once a table, with the columns for it."""
    (tmp_path / "a.csv").write_text(words, encoding="utf-8")
    more = "录音: a.m4a, 证书: [{名称: 育婴员, 编号: S1}, {名称: 护理}]" if "证书" in words else ""
    over, _ = source.parse(OVER + f"人物: {{称呼: 秀兰, 原话: 慢慢来, {more}}}\n", "清单.yaml")
    assert over
    notes = rows.read(tmp_path / "a.csv", over, "清单", shown="a.csv").notes
    found = [dict(note.values) for note in notes if note.code == "VK-X031"]
    assert [(one["lines"], one["said"]) for one in found] == ([(lines, said)] if said else [])


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("标题\n一\n二\n", ["2、3"]),
        ("文件名,标题\n甲,一\n,二\n", ["3"]),
        ("文件名,标题\n甲,一\n乙,二\n", []),
        ("标题\n一\n", []),
    ],
)
def test_rows_that_are_called_by_their_number_are_told(words: str, lines: list[str], tmp_path: Path) -> None:
    """With a row more or less the names would be those of other rows."""
    (tmp_path / "a.csv").write_text(words, encoding="utf-8")
    notes = rows.read(tmp_path / "a.csv", _over(), "清单", shown="a.csv").notes
    assert [dict(note.values)["lines"] for note in notes if note.code == "VK-X032"] == lines


@pytest.mark.parametrize("words", ["合计,,9", "合计：,,", ",总计,458", "Total,,1"])
def test_a_line_that_adds_up_is_no_row(words: str, tmp_path: Path) -> None:
    """It is left out and told of; a title that begins so is one."""
    table_ = f"文件名,标题,价格.金额\n一,合计三小时,9\n{words}\n".encode()
    assert [row.place.line for row in _read(tmp_path / "a.csv", table_)] == [2]
    (note,) = _notes(tmp_path / "a.csv", table_)
    assert note.startswith("第 3 行是“")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    ("above", "line"),
    [("十一月要做的短片\n", 2), ("\n\n", 3), (",,,\n", 2), ("门店：,云岩\n\n,\n", 4), ("sep={sign}\n", 2)],
)
def test_headings_may_stand_below_other_lines(above: str, line: int, codec: str, sign: str, tmp_path: Path) -> None:
    """A title, empty lines, Excel's own: told of; lines are counted as in the file."""
    words = above.format(sign=sign) + "文件名,标题,价格.金额\n厨房,变个样,259\n厨房,变个样,259\n".replace(",", sign)
    first, second = _read(tmp_path / "a.csv", words.encode(codec))
    assert (first.name, first.place.line) == ("厨房", line + 1)
    assert [(one.code, one.place) for one in second.problems] == [("VK-X004", Place("a.csv", line + 2, 1))]
    (note,) = _notes(tmp_path / "a.csv", words.encode(codec))
    assert note == f"第 {'、'.join(map(str, range(1, line)))} 行不是表头，从第 {line} 行读起"


def test_what_only_looks_like_headings_below_is_none(tmp_path: Path) -> None:
    """Of a table whose first line is mistyped, or that has one column, the first line stays; further down nothing is looked for."""
    assert _codes(tmp_path / "a.csv", "标提,服伍\n照片,一\n".encode()) == [("VK-X001", 1, 1), ("VK-X001", 1, 2)]
    assert _codes(tmp_path / "a.csv", "一\n".encode() * 5 + "文件名,标题\n".encode())[0] == ("VK-X009", 1, 1)
    (row,) = _read(tmp_path / "a.csv", "十一月\n标题\n照片\n".encode())
    assert row.place.line == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("标题（必填）", "标题"),
        ("标题*", "标题"),
        ("*标题", "标题"),
        ("价格.金额(元)", "价格.金额"),
        ("对比.1.前【照片】＊", "对比.1.前"),
        ("Title (required)", "title"),
        ("标题：", "标题"),
    ],
)
def test_a_heading_with_something_around_it_is_known(typed: str, meant: str) -> None:
    """A star, a bracket, a colon; what is in it counts for nothing."""
    assert headings.way(typed) == headings.way(meant) != None  # noqa: E711  # one of ours
    assert headings.column("文件名*") == headings.column("文件名（必填）") == ()
    assert headings.way("（备注）") is headings.way("*") is headings.way("天气（必填）") is None


CHOSEN = """标题,平台,AI,照片,要点,正文
一,"抖音,美团","配音/图片","a.jpg,b.jpg","一，二","上
下"
"三小时
变个样",抖音 美团,配音 文案,"厨房 a.jpg","三、四",
"New
kitchen",抖音／小红书，美团,无,a，b,,
"""


def test_several_names_in_a_cell_may_be_parted_as_people_do(tmp_path: Path) -> None:
    """By commas, slashes and spaces where each part is the name of something; words stay whole, but for line breaks in one line."""
    found = [plain(row.node) for row in _read(tmp_path / "a.csv", CHOSEN.encode())]
    said = [[one[key] for key in ("标题", "平台", "made_by_ai", "照片")] for one in found if isinstance(one, dict)]
    assert said == [
        ["一", ["抖音", "美团"], ["配音", "图片"], ["a.jpg", "b.jpg"]],
        ["三小时变个样", ["抖音", "美团"], ["配音", "文案"], "厨房 a.jpg"],
        ["New kitchen", ["抖音", "小红书", "美团"], "无", "a，b"],
    ]
    assert isinstance(found[0], dict)
    assert isinstance(found[1], dict)
    assert (found[0]["要点"], found[0]["正文"], found[1]["要点"]) == ("一，二", "上\n下", ["三", "四"])


def test_what_a_cell_cannot_say_is_told_by_headings(tmp_path: Path) -> None:
    """A price in one cell, an entry without the one before it."""
    words = "标题,价格,对比.3.位置\n一,199,东\n"
    (row,) = _read(tmp_path / "a.csv", words.encode())
    price, missing = row.problems
    assert price.hint("zh").startswith("表头改成 价格.金额；")
    assert price.hint("en").startswith("change the heading to prices.amount;")
    assert missing.message("zh") == "写了 对比.3，没有写 对比.2"


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        ("称呼", "“人物.称呼”“评价.称呼”"),
        ("姓名", "“人物.称呼”"),
        ("金额", "“价格.金额”“价格.对比价.金额”"),
        ("对比2后", "“对比.1.后”"),
        ("遮脸", "“人物.照片.遮脸”“对比.1.前.遮脸”“对比.1.后.遮脸”"),
        ("quote", "“people.quote”"),
        ("人物.称乎", "“人物.称呼”"),
        ("对比.2.后.遮臉", "“对比.2.后.遮脸”"),
    ],
)
def test_a_heading_that_is_half_one_is_proposed_whole(typed: str, guess: str) -> None:
    """Else every row would say what the brief says: one woman's name over all of them."""
    said = headings.unknown(typed, Place("a.csv", 1, 2))
    assert said.level == "error"
    assert f"是不是想写{guess}？" in said.hint("zh")


@pytest.mark.parametrize("typed", ["备注", "编号", "时间", "心情", "手机号", "备注-称呼", "note"])
def test_words_of_the_shops_own_are_no_headings(typed: str) -> None:
    """Even those that end some key."""
    assert headings.unknown(typed, Place("a.csv", 1, 2)).code == "VK-X017"


SAID_OF_PHOTOS = """对比.1.后.不遮,对比.1.后,对比.1.前.遮挡,对比.1.前.焦点,人物.照片,人物.照片.露脸,人物.原话,照片.2.遮脸,照片
1、3,c.jpg,"0.1,0.2,0.3,0.4；0.5 0.5 0.6 0.6","40%, 0.5","{文件: d.jpg, 不遮: [1]}",2@44/20,你好,全部,e.jpg、f.jpg
"""


def test_more_is_said_of_a_photo_and_a_person_than_their_name(tmp_path: Path) -> None:
    """Whichever column comes first, and where the photo or the name stands in the brief: what one text said is kept."""
    (tmp_path / "a.csv").write_text(SAID_OF_PHOTOS, encoding="utf-8")
    over, problems = source.parse(OVER + "人物: 秀兰\n", "清单.yaml")
    assert over
    assert not problems
    (row,) = rows.read(tmp_path / "a.csv", over, "清单", shown="a.csv").rows
    said = plain(row.node)
    assert isinstance(said, dict)
    before = {
        "文件": "a.jpg",
        "遮挡": [["0.1", "0.2", "0.3", "0.4"], ["0.5", "0.5", "0.6", "0.6"]],
        "焦点": ["40%", "0.5"],
    }
    assert said["对比"] == [{"位置": "灶台", "前": before, "后": {"文件": "c.jpg", "不遮": ["1", "3"]}}]
    assert said["人物"] == {
        "称呼": "秀兰",
        "照片": {"文件": "d.jpg", "不遮": ["1"], "露脸": ["2@44/20"]},
        "原话": "你好",
    }
    assert said["照片"] == ["e.jpg", {"文件": "f.jpg", "遮脸": ["全部"]}]


OF_PHOTOS = """标题,对比.1.后,人物.称呼,人物.照片,段落.1.标题,段落.1.前,段落.1.后,照片
一,b.jpg,秀兰,c.jpg,烟机,d.jpg,e.jpg,f.jpg、g.jpg
"""


def _of_photos(folder: Path) -> brief.Brief:
    """The brief that the row of that table is, its photos beside it."""
    for name in "abcdefg":
        (folder / f"{name}.jpg").touch()
    (folder / "a.csv").write_text(OF_PHOTOS, encoding="utf-8")
    (row,) = rows.read(folder / "a.csv", _over(), "清单", shown="a.csv").rows
    return brief.check(row.node, base=folder, names=plan.names(kit.shelf(), folder))


def test_a_photo_that_a_table_names_has_a_heading(tmp_path: Path) -> None:
    """Below which columns say more of it; what they say is read as in a brief. One that the brief names has none."""
    said = _of_photos(tmp_path)
    found = {photo.name[0]: headings.of_photo(said, photo, "zh") for photo in said.mentions}
    assert found == {
        "a": "",
        "b": "对比.1.后",
        "c": "人物.照片",
        "d": "段落.1.前",
        "e": "段落.1.后",
        "f": "照片.1",
        "g": "照片.2",
    }
    assert headings.of_photo(said, said.pairs[0].after, "en") == "pairs.1.after"
    more = ",".join(f"{heading}.遮脸" for heading in found.values() if heading)
    table_ = OF_PHOTOS.replace("照片\n", f"照片,{more}\n").replace("g.jpg\n", f"g.jpg{',2' * 6}\n")
    (tmp_path / "b.csv").write_text(table_, encoding="utf-8")
    (row,) = rows.read(tmp_path / "b.csv", _over(), "清单", shown="b.csv").rows
    said = brief.check(row.node, base=tmp_path, names=plan.names(kit.shelf(), tmp_path))
    assert {photo.name[0]: [one.number for one in photo.hide_face] for photo in said.mentions} == {
        name: [2] if heading else [] for name, heading in found.items()
    }
    assert all(headings.of_photo(said, photo, "zh") == found[photo.name[0]] for photo in said.mentions)


def test_what_to_decide_about_a_photo_is_said_for_its_column(tmp_path: Path) -> None:
    """The exact heading; for a photo that the brief names, what to write there."""
    said = _of_photos(tmp_path)
    doubt = problem(
        "VK-P020", said.pairs[0].after.place,
        name="x", brief="y", first="1", numbers="1", numbers_en="1", write="遮脸: [1]", write_en="z",
    )  # fmt: skip
    (of_table,), (of_brief,) = (
        advice._written(said, photo, [doubt]) for photo in (said.pairs[0].after, said.pairs[0].before)
    )
    assert "加一列 对比.1.后.遮脸，这一行的格子里写它的号；不是，就写在 对比.1.后.不遮 那一列" in of_table.hint("zh")
    assert "a column pairs.1.after.hide_face to the table" in of_table.hint("en")
    assert of_brief == doubt
    (other,) = advice._written(said, said.photos[0], [doubt])
    (one,) = advice._as_one([of_table, other], bared=True)
    assert one.message("zh").endswith("x（对比.1.后）第 1 处还没有遮；x（照片.1）第 1 处还没有遮")
    assert "加上 .遮脸（比如 对比.1.后.遮脸），这一行的格子里写它的号" in one.hint("zh")
    assert "(such as pairs.1.after.hide_face)" in one.hint("en")


def test_a_column_of_the_shops_own_is_left_alone_and_said(tmp_path: Path) -> None:
    """What nobody asked about (备注) stops nothing; its cells change nothing."""
    (tmp_path / "a.csv").write_text("标题,备注\n一,下雨\n", encoding="utf-8")
    found = rows.read(tmp_path / "a.csv", _over(), "清单", shown="a.csv")
    assert [(one.code, one.level, one.place) for one in found.notes] == [("VK-X017", "warning", Place("a.csv", 1, 2))]
    (tmp_path / "b.csv").write_text("标题\n一\n", encoding="utf-8")
    (same,) = rows.read(tmp_path / "b.csv", _over(), "清单", shown="b.csv").rows
    assert [plain(row.node) for row in found.rows] == [plain(same.node)]


OLD = zlib.decompress(
    base64.b85decode(
        b"c-rk)O=uHA6#izDG(R+HQd6N7N+?)07C}VxV7pb&o?NOG6cIGBfk;a#(Tg6mT7xG+@e)N3g&y=$_2LhD(3=OL{ve7VBzp8D_;+ZtzW1^#srJx-29^1idGqGYdpmFE&Ai>&"
        b"r!%qA<gJb}enKBSsMtX?)yNc;pxcOo`fZz8w+>LTHU23C0~E+6AMS^r_&J6g?=lSB^gbdAyrZ%YhhdH7GKmIai};XI>_ab6g)1b9pk2Ib6?#zU5}`Ll^MTNQk(?9SOS&bs"
        b"7c-`n+~}<0Jw})GMZovHBQ|eDvKDQ4%&Yk1c~#Z*VRQaaYV_~y==3&Y3KX}2OfHj8jg}Cn08Zhvod7<$JN02g%Nr|KAo;iXa{mJIi-s2%hkZa6c!84ZOHVbxM`p2}q6{e>"
        b"sI!?bR(Ka_`Lo5M59+J6DZ2*GE?g~=?Anl-CY{$qNozwk#7SB<b#&gQ4$ES1COV83;bXGoqm;I1uYY{LJw0gd7s<FJ@@l$Y&K|<XDYhWvi1Zjj+0~@*tA(DHyDk&HLuj1b"
        b"r@DKv&0)4ph|U@5?WS?o30{~hYWS7J7e4H`+gW&Tt|ESVpnN<&{mPs~7tPQx+4D7l9@V2RUt-)d-C8-R;jPg2U(!Uth&sO8&O5CIa|j6=6IyNY?5H0t!<j3#Rts1wvGzFn"
        b"O00R_P8i%`>j*Xbj8@#1sq3$KsfM7Tp`oFnp`oFn(J(0IbDlq5z0P@qj|+b1zs?+$ivCUV-(n}m=sHRV)2+x+oyW1d*3VM-lzT6=NE`QmA!9d<p2rB%;>Sqc>z9sus`hyn"
        b"Z5aK1Td3agEA{yKhsXa8dFII$"
    )
)
"""An .xls: 文件名, 标题, 价格.金额; 厨房, 变个样, 259."""


def _open_document(*, locked: bool = False) -> bytes:
    """The same as an .ods; ``locked`` with a password its cells are not to be read."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = (("文件名", "标题", "价格.金额"), ("厨房", "变个样", "259"))
    said = "".join(f"<table:table-row>{''.join(map(cell.format, line))}</table:table-row>" for line in lines)
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    sheet = f'<office:spreadsheet><table:table table:name="s">{said}</table:table></office:spreadsheet>'
    key = '<manifest:encryption-data manifest:checksum="x"/>' if locked else ""
    parts: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": bytes(99)
        if locked
        else f"<office:document-content{names}><office:body>{sheet}</office:body></office:document-content>",
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="content.xml">{key}</manifest:file-entry></manifest:manifest>',
    }
    return _packed(**parts)


def _packed(**parts: str | bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return made.getvalue()


BOOK = _workbook([["文件名", "标题", "价格.金额"], ["厨房", "变个样", "259"]])
LINES = "文件名,标题,价格.金额\n厨房,变个样,259\n".encode("gb18030")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("表.xls", OLD),
        ("表.et", OLD),
        ("表.ods", _open_document()),
        ("表.csv", BOOK),
        ("表.xls", BOOK),
        ("表.xlsx", OLD),
        ("表.xlsx", LINES),
        ("表.xls", LINES),
        ("表", LINES),
    ],
)
def test_a_table_is_read_as_what_it_is(name: str, content: bytes, tmp_path: Path) -> None:
    """Whatever its name says: .xls, .ods, a renamed file of either kind."""
    (row,) = _read(tmp_path / name, content)
    price = row.node.get("价格")
    assert (row.name, price and plain(price)) == (
        "厨房",
        {"项目": "保洁", "金额": "259", "单位": "次", "条件": "三小时"},
    )


PASSWORD = OLD.replace(b"\xe1\x00\x02\x00", b"\x2f\x00\x02\x00", 1)
"""The .xls with the record of a password in its first cells' place."""


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (OLD[:1500], "VK-X007", "坏了"),
        (OLD[:3700], "VK-X007", "坏了"),
        (BOOK[: len(BOOK) // 2], "VK-X007", "坏了"),
        (_open_document()[:300], "VK-X007", "坏了"),
        (b"\xd0\xcf\x11\xe0 nor this", "VK-X007", "坏了"),
        (bytes(9_000_000), "VK-X007", "8 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "VK-X014", "Office"),
        (b"PK\x03\x04 no workbook", "VK-X014", "压缩包"),
        (_packed(**{"word/document.xml": "<w/>"}), "VK-X014", "Word"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "VK-X014", "PDF"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "VK-X014", "JPEG"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "VK-X014", "PNG"),
        ("<html><table><tr><td>文件名</td></tr></table></html>".encode(), "VK-X014", "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "VK-X014", "XML"),
        (b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le"), "VK-X015", "密码"),
        (PASSWORD, "VK-X015", "密码"),
        (_open_document(locked=True), "VK-X015", "密码"),
        (_packed(**{"Index/Document.iwa": b"x", "preview.jpg": b"y"}), "VK-X016", "Numbers"),
    ],
)
def test_what_is_no_table_is_refused(
    content: bytes, code: str, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """In one message that says what it is and to save it as .xlsx or .csv, whatever its name; what reads workbooks says nothing itself."""
    for name in ("a.xlsx", "a.csv", "a.xls"):
        with pytest.raises(Refusal) as caught:
            _read(tmp_path / name, content)
        (told,) = caught.value.problems
        assert (told.code, told.exit_code) == (code, 2)
        assert said in told.message("zh")
        assert all(".xlsx" in (told.hint(one) or "") and ".csv" in (told.hint(one) or "") for one in ("zh", "en"))
        assert not re.search("Error|BadZip", told.message("zh") + told.message("en"))
    assert capfd.readouterr() == ("", "")


def test_a_folder_of_numbers_is_refused(tmp_path: Path) -> None:
    """VK-X016: Numbers may keep a table as a folder; any other folder is VK-X008."""
    for name, code in (("表.numbers", "VK-X016"), ("表.csv", "VK-X008")):
        (tmp_path / name).mkdir()
        with pytest.raises(Refusal) as caught:
            rows.read(tmp_path / name, _over(), "清单", shown=name)
        assert [p.code for p in caught.value.problems] == [code]


@given(st.sampled_from((OLD, BOOK, _open_document())), st.integers(0, 10_000), st.binary(max_size=6), st.booleans())
def test_a_damaged_workbook_is_read_or_refused(content: bytes, at: int, bad: bytes, cut: bool) -> None:  # noqa: FBT001  # drawn
    """Whatever bytes are missing or others: rows or a refusal that says why, nothing else."""
    at %= len(content)
    damaged = content[:at] + bad + (b"" if cut else content[at + len(bad) :])
    found: tuple[object, ...] = ()
    try:
        with tempfile.TemporaryDirectory() as folder:
            found = _read(Path(folder) / "表.xls", damaged)
    except Refusal as refusal:
        told = refusal.problems
    else:
        told = ()
    assert bool(found) != bool(told)


def test_what_excel_keeps_beside_an_open_table_is_refused(tmp_path: Path) -> None:
    """VK-X022, whatever is in it."""
    assert _codes(tmp_path / "~$表.xlsx", b"\x02me") == [("VK-X022", 0, 0)]


def test_a_missing_table_is_refused(tmp_path: Path) -> None:
    """VK-X008."""
    with pytest.raises(Refusal) as caught:
        rows.read(tmp_path / "没有.csv", _over(), "清单", shown="没有.csv")
    assert [p.code for p in caught.value.problems] == ["VK-X008"]
    assert "No such" not in caught.value.problems[0].message("zh")


@pytest.mark.parametrize("name", ["厨房", "底稿", "KITCHEN"])
def test_a_row_called_like_a_brief_is_not_made(name: str, tmp_path: Path) -> None:
    """What is made of it would lie in the brief's folder; the others are."""
    for stem in ("底稿", "厨房", "kitchen"):
        (tmp_path / f"{stem}.yaml").write_text(OVER, encoding="utf-8")
    (tmp_path / "表.csv").write_text(f"文件名,标题\n好,一\n{name},二\n", encoding="utf-8")
    found = rows.briefs(tmp_path / "底稿.yaml", tmp_path / "表.csv").rows
    assert [[(p.code, p.place and p.place.line) for p in row.problems] for row in found.values()] == [
        [],
        [("VK-X010", 3)],
    ]
    assert [file.stem for file in found] == ["好", f"{name}-2"]


def test_one_clip_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Good rows are made, a bad one is named with its place in the table, and a page and a file tell of all."""
    from vidkit.cli import program  # noqa: PLC0415

    noise = np.random.default_rng(5).integers(60, 200, (640, 480, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    Image.fromarray(255 - noise).save(tmp_path / "b.png")
    brief = OVER.replace("a.jpg", "a.png").replace("b.jpg", "b.png") + "音乐: 无\n谁家: 不是客户家\n"
    (tmp_path / "清单.yaml").write_text(brief, encoding="utf-8")
    words = "文件名,标题,价格.金额\n厨房,三小时变个样,199\n客厅,三小时变个样,一百\n"
    (tmp_path / "表.csv").write_bytes(words.encode("gb18030"))
    monkeypatch.chdir(tmp_path)
    assert program.main(["check", "清单.yaml", "--rows", "表.csv"], standalone_mode=False) == 6
    looked = capsys.readouterr()
    assert "表.csv:3:3" in looked.err
    assert "表.csv 第 2 行（厨房）: 没有错误" in looked.out
    assert "\n2 行里：1 行没有错误，1 行有错误（共 1 处），改好再来一次\n" in looked.err
    assert "厨房.yaml" not in looked.out + looked.err
    assert not (tmp_path / "out").exists()
    (tmp_path / "好表.csv").write_text("文件名,对比.1.前\n厨房,a.png\n客厅,b.png\n", encoding="utf-8")
    (tmp_path / "清单2.yaml").write_text(brief.replace("b.png", "c.png"), encoding="utf-8")
    Image.fromarray(noise[::-1].copy()).save(tmp_path / "c.png")
    assert program.main(["privacy", "清单2.yaml", "--rows", "好表.csv", "-o", "看.png"], standalone_mode=False) == 0
    assert (tmp_path / "看-厨房.png").is_file()
    assert (tmp_path / "看-客厅.png").is_file()
    capsys.readouterr()
    words += "厨房,三小时变个样,199\n"
    (tmp_path / "表.csv").write_bytes(words.encode("gb18030"))
    code = program.main(["make", "清单.yaml", "--rows", "表.csv", "--draft"], standalone_mode=False)
    said = capsys.readouterr().err
    assert code == 6
    assert "表.csv:3:3" in said
    assert (tmp_path / "out" / "厨房" / "draft" / "douyin" / "clip.mp4").is_file()
    assert not (tmp_path / "out" / "客厅").exists()
    told = json.loads((tmp_path / "out" / "报告.json").read_text(encoding="utf-8"))
    assert [one["ok"] for one in told["briefs"]] == [True, False, False]
    page = (tmp_path / "out" / "报告.html").read_text(encoding="utf-8")
    assert "表.csv 第 3 行（客厅）" in page
    assert "表.csv:4:1: 错误 VK-X004" in page
    mended = words.replace("一百\n厨房", "100\n卧室")
    (tmp_path / "表.csv").write_bytes(mended.encode("gb18030"))
    assert program.main(["make", "清单.yaml", "--rows", "表.csv", "--draft"], standalone_mode=False) == 0
    assert not list((tmp_path / "out").glob("报告.*"))
    (tmp_path / "表.csv").write_bytes("".join(mended.splitlines(keepends=True)[:3]).encode("gb18030"))
    capsys.readouterr()
    assert program.main(["make", "清单.yaml", "--rows", "表.csv", "--draft", "--resume"], standalone_mode=False) == 0
    assert "表.csv 以前做的 1 条，现在表里没有了，这次没有动：卧室" in capsys.readouterr().err
    program.main(["make", "清单.yaml", "--rows", "表.csv", "--draft", "--resume", "--json"], standalone_mode=False)
    assert "VK-X033" in [one["code"] for one in json.loads(capsys.readouterr().out)["problems"]]
    assert program.main(["make", "清单.yaml", "清单.yaml", "--rows", "表.csv"], standalone_mode=False) == 2


def test_commands_that_look_leave_out_faulty_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """``privacy`` and ``consent check`` look at the others and say what is wrong; where no row is sound they refuse."""
    from vidkit.cli import program  # noqa: PLC0415

    noise = np.random.default_rng(6).integers(60, 200, (640, 480, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    Image.fromarray(255 - noise).save(tmp_path / "b.png")
    brief = OVER.replace("a.jpg", "a.png").replace("b.jpg", "b.png") + "音乐: 无\n谁家: 不是客户家\n"
    (tmp_path / "清单.yaml").write_text(brief, encoding="utf-8")
    (tmp_path / "表.csv").write_text("文件名,对比.1.前\n厨房,a.png\n客厅,\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    looking = (["privacy", "清单.yaml", "--rows", "表.csv", "-o", "看.png"], 6)
    consents = (["consent", "check", "清单.yaml", "--rows", "表.csv"], 2)
    for typed, code in (looking, consents):
        assert program.main(typed, standalone_mode=False) == code
        assert "表.csv:3:2: 错误 VK-X019" in capsys.readouterr().err
    assert [file.name for file in tmp_path.glob("看*")] == ["看-厨房.png"]
    (tmp_path / "表.csv").write_text("文件名,价格,备注\n厨房,199,急\n", encoding="utf-8")
    for typed, _ in (looking, consents):
        assert program.main(typed, standalone_mode=False) == 2
        assert "VK-X021" in capsys.readouterr().err
    for name in ("check", "make"):
        program.main([name, "清单.yaml", "--rows", "表.csv", "--json"], standalone_mode=False)
        said = capsys.readouterr()
        answer = json.loads(said.out)
        assert ([one["code"] for one in answer["problems"]], said.err) == (["VK-X017"], "")
        assert [one["code"] for one in answer["briefs"][0]["problems"]] == ["VK-X021"]


def test_make_says_how_many_rows_are_left_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The good ones are made all the same; where all are bad, or nothing is being made, only the errors are counted."""
    monkeypatch.setenv("VIDKIT_LANG", "zh")
    good, bad = Item(Path("一.yaml")), Item(Path("二.yaml"), problems=(problem("VK-M009", name="二", other="二"),))
    making._say_errors((good, bad, good), making=True)
    assert "有 1 处错误：1 条先不做，改好再来一次；另外 2 条照样做" in capsys.readouterr().err
    making._say_errors((good, replace(bad, problems=(*bad.problems, problem("VK-X005")))))
    assert "有 2 处错误要改" in capsys.readouterr().err

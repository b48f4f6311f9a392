"""The least of Office Open XML (ECMA-376) that a letter needs: parts, paragraphs, a table, and the zip around them.

Every function answers XML as text; what comes from outside is escaped here and nowhere else.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The characters that XML 1.0 does not allow, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Zip has no time before it; a file with the same content has the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


def text(value: str) -> str:
    """`value` inside an element or an attribute.

    >>> text("«Ñ» & <b>\\x00")
    '«Ñ» &amp; &lt;b&gt;'
    """
    return escape(_FORBIDDEN.sub("", value), quote=True)


def run(value: str, *, bold: bool = False) -> str:
    """A stretch of text; its line breaks stay."""
    lines = '</w:t><w:br/><w:t xml:space="preserve">'.join(map(text, value.split("\n")))
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{lines}</w:t></w:r>'


def paragraph(value: str, style: str = "", *, bold: bool = False, right: bool = False) -> str:
    """A paragraph in one of the styles of the document."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    aligned = '<w:jc w:val="right"/>' if right else ""
    return f"<w:p><w:pPr>{named}{aligned}</w:pPr>{run(value, bold=bold)}</w:p>"


def table(rows: Sequence[Sequence[str]], widths: Sequence[int], right: Sequence[bool]) -> str:
    """A table whose first row comes again on every page. `widths`, in twentieths of a point, are its columns."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(row, widths, right, heading=not i) for i, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Tabla"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def _row(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool], *, heading: bool) -> str:
    properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if heading else "") + "</w:trPr>"
    body = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(cell, 'Celda', bold=heading, right=on_right)}</w:tc>"
        for cell, width, on_right in zip(cells, widths, right, strict=True)
    )
    return f"<w:tr>{properties}{body}</w:tr>"


def part(name: str, content: Iterable[str]) -> bytes:
    """A part of the document whose root is `name`."""
    return f'{HEAD}<w:{name} xmlns:w="{W}" xmlns:r="{R}">{"".join(content)}</w:{name}>'.encode()


def relations(targets: Mapping[str, str]) -> bytes:
    """The relations of a part: type to target; they are numbered `rId1`, `rId2`… in order."""
    root = "http://schemas.openxmlformats.org/package/2006/relationships"
    body = "".join(
        f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{HEAD}<Relationships xmlns="{root}">{body}</Relationships>'.encode()


def content_types(parts: Mapping[str, str]) -> bytes:
    """What each part is, by its name."""
    root = "http://schemas.openxmlformats.org/package/2006/content-types"
    body = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{HEAD}<Types xmlns="{root}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{body}</Types>'
    ).encode()


def pack(parts: Mapping[str, bytes]) -> bytes:
    """The zip. `[Content_Types].xml` comes first, as readers expect."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, body in parts.items():
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, body)
    return buffer.getvalue()

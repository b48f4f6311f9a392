"""The correction letter as a Word document, to go on writing it."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from documentos import ooxml
from documentos.carta import annexes, closing, subject, table, title
from documentos.leyendas import is_figure, texts
from documentos.ooxml import paragraph, text
from raoce.carta import Carta

# Twentieths of a point: letter size, margins of 22 mm, and the three columns of the table between them.
PAGINA, MARGEN = (12240, 15840), 1247
ANCHOS = (5066, 2340, 2340)
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE = "http://schemas.openxmlformats.org/package/2006"

# Each one: based on Normal, its paragraph, its text. Calibri comes with Word; LibreOffice has its twin, Carlito.
ESTILOS = {
    "Fecha": ('<w:spacing w:after="400"/><w:jc w:val="right"/>', ""),
    "Destinatario": ('<w:spacing w:after="0"/>', "<w:b/>"),
    "Asunto": ('<w:spacing w:before="280" w:after="280"/>', "<w:b/>"),
    "Cuerpo": ('<w:spacing w:after="160"/><w:jc w:val="both"/>', ""),
    "Celda": ('<w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>', '<w:sz w:val="21"/>'),
    "Aire": ('<w:spacing w:after="0" w:line="200" w:lineRule="exact"/>', ""),
    "Anexos": ('<w:spacing w:after="0"/>', ""),
    "Despedida": ('<w:keepNext/><w:spacing w:before="240" w:after="0"/><w:jc w:val="center"/>', ""),
    "Espacio": ('<w:keepNext/><w:spacing w:before="900" w:after="0"/>', ""),
    "Firma": ('<w:keepNext/><w:keepLines/><w:spacing w:after="0"/><w:jc w:val="center"/>', ""),
    "Renglon": (
        '<w:keepNext/><w:keepLines/><w:pBdr><w:top w:val="single" w:sz="6" w:space="4" w:color="000000"/></w:pBdr>'
        '<w:spacing w:after="0"/><w:ind w:left="2700" w:right="2700"/><w:jc w:val="center"/>',
        "<w:b/>",
    ),
    "Pie": ('<w:spacing w:after="0"/><w:jc w:val="right"/>', '<w:color w:val="595959"/><w:sz w:val="18"/>'),
}


def make(carta: Carta, generado: datetime) -> bytes:
    """The letter, the same as in PDF. ``generado``, with its zone, goes to the properties of the file only."""
    parts = {
        "word/document.xml": (f"{OFFICE}.document.main+xml", ooxml.part("document", _document(carta))),
        "word/styles.xml": (f"{OFFICE}.styles+xml", ooxml.part("styles", _styles())),
        "word/settings.xml": (f"{OFFICE}.settings+xml", ooxml.part("settings", [_SETTINGS])),
        "word/footer1.xml": (f"{OFFICE}.footer+xml", ooxml.part("ftr", [_page_number()])),
        "docProps/core.xml": ("application/vnd.openxmlformats-package.core-properties+xml", _core(carta, generado)),
    }
    return ooxml.pack(
        {
            "[Content_Types].xml": ooxml.content_types({name: kind for name, (kind, _) in parts.items()}),
            "_rels/.rels": ooxml.relations(
                {
                    f"{RELATION}/officeDocument": "word/document.xml",
                    f"{CORE}/relationships/metadata/core-properties": "docProps/core.xml",
                }
            ),
            "word/_rels/document.xml.rels": ooxml.relations(
                {f"{RELATION}/{name}": f"{file}.xml" for name, file in _RELATED.items()}
            ),
        }
        | {name: body for name, (_, body) in parts.items()}
    )


_RELATED = {"styles": "styles", "settings": "settings", "footer": "footer1"}
# Without it Word opens the document in the mode of an older version.
_SETTINGS = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="es-MX"/>'
)


def _document(carta: Carta) -> Iterator[str]:
    yield "<w:body>"
    yield paragraph(carta.lugar_y_fecha, "Fecha")
    yield from (paragraph(linea, "Destinatario") for linea in carta.destinatario)
    yield paragraph(subject(carta), "Asunto")
    yield from _all(carta.parrafos, "Cuerpo")
    if rows := table(carta):
        right = [all(is_figure(row[i]) for row in rows[1:]) for i in range(len(ANCHOS))]
        yield ooxml.table(rows, ANCHOS, right)
        yield paragraph("", "Aire")
    cierre, despedida = closing(carta)
    yield from _all(cierre, "Cuerpo")
    yield from (paragraph(linea, "Anexos", bold=not i) for i, linea in enumerate(annexes(carta)))
    if despedida:
        yield paragraph(despedida, "Despedida")
    # Room to sign, and who signs: kept on one page.
    yield paragraph("", "Espacio")
    yield from (paragraph(linea, "Firma" if i else "Renglon") for i, linea in enumerate(carta.firmante or ("",)))
    margins = " ".join(f'w:{side}="{MARGEN}"' for side in ("top", "right", "bottom", "left"))
    yield (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId{list(_RELATED).index("footer") + 1}"/>'
        f'<w:pgSz w:w="{PAGINA[0]}" w:h="{PAGINA[1]}"/>'
        f'<w:pgMar {margins} w:header="708" w:footer="600" w:gutter="0"/><w:titlePg/></w:sectPr></w:body>'
    )


def _all(parrafos: Iterable[str], style: str) -> Iterator[str]:
    return (paragraph(parrafo, style) for parrafo in parrafos)


def _page_number() -> str:
    """«Página 2 de 3». The first page has a foot of its own, empty, as letters do."""
    before, between = texts()["pagina"].replace("{paginas}", "{pagina}").split("{pagina}")[:2]
    fields = [f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>' for name in ("PAGE", "NUMPAGES")]
    pieces = f"{ooxml.run(before)}{fields[0]}{ooxml.run(between)}{fields[1]}"
    return f'<w:p><w:pPr><w:pStyle w:val="Pie"/></w:pPr>{pieces}</w:p>'


def _styles() -> Iterator[str]:
    yield (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="es-MX"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault>'
        "</w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    )
    for name, (of_paragraph, of_text) in ESTILOS.items():
        yield (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:pPr>{of_paragraph}</w:pPr><w:rPr>{of_text}</w:rPr></w:style>'
        )
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>' for side in _SIDES)
    yield (
        '<w:style w:type="table" w:customStyle="1" w:styleId="Tabla"><w:name w:val="Tabla"/><w:tblPr>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="ECECEC"/></w:tcPr></w:tblStylePr></w:style>'
    )


_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _core(carta: Carta, generado: datetime) -> bytes:
    when = f"{generado.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{ooxml.HEAD}<cp:coreProperties xmlns:cp="{CORE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(title(carta))}</dc:title><dc:creator>RAOCE</dc:creator><dc:language>es-MX</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    ).encode()

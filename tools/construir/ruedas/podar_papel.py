"""What the writers of PDF need of fpdf2, fontTools and the font: text and tables in one Latin font.

No images, no SVG, no HTML, no fonts in colour or with axes. The font arrives cut to Latin, so that the browser
does not cut it again: that half of fontTools is ten times the size of the font.
"""

import io

from fontTools import subset
from fontTools.ttLib import TTFont

from construir.ruedas.paquete import Pack
from construir.ruedas.recorte import drop, keep, replace

# Latin with the Latin Extended-A of names from elsewhere, and the signs of a text in Spanish.
LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *map(ord, "‒–—―‘’‚“”„†‡•…‰′″‹›€№™←↑→↓−∞≈≠≤≥■▲▶▼◆◊☐☑✓"),
)
# The licence of the font keeps its name for whole copies.
FONT_NAME = "RAOCE Sans"
NAMES = {1: FONT_NAME, 4: FONT_NAME, 6: FONT_NAME.replace(" ", ""), 16: FONT_NAME}


def font(pack: Pack) -> Pack:
    """Regular and bold, cut to `LATIN`."""
    name = "font_source_sans_pro"
    pack = keep(
        pack,
        f"{name}/__init__.py",
        f"{name}/files/SourceSansPro-Regular.ttf",
        f"{name}/files/SourceSansPro-Bold.ttf",
    )
    return {path: _latin(body) if path.endswith(".ttf") else body for path, body in pack.items()}


def _latin(body: bytes) -> bytes:
    whole = TTFont(io.BytesIO(body), recalcTimestamp=False)
    # With the names of its glyphs, or fontTools needs the whole Adobe Glyph List to make them up.
    options = subset.Options(layout_features=[], hinting=False, glyph_names=True, notdef_outline=True)
    options.drop_tables += ["BASE", "DSIG", "GDEF", "GPOS", "GSUB"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=LATIN)
    subsetter.subset(whole)
    for record in whole["name"].names:
        if record.nameID in NAMES:
            bold = " Bold" if "Bold" in record.toUnicode() and record.nameID in (4, 6) else ""
            record.string = (NAMES[record.nameID] + bold).replace(" ", "-" if record.nameID == 6 else " ")
    buffer = io.BytesIO()
    whole.save(buffer)
    return buffer.getvalue()


def fonttools(pack: Pack) -> Pack:
    """Reading and writing the tables of a TrueType font as `_latin` leaves it."""
    pack = keep(
        pack,
        "fontTools/__init__.py",
        "fontTools/config/__init__.py",
        "fontTools/encodings/__init__.py",
        "fontTools/encodings/codecs.py",
        "fontTools/misc/__init__.py",
        *(f"fontTools/misc/{name}.py" for name in MISC),
        "fontTools/pens/__init__.py",
        *(f"fontTools/pens/{name}.py" for name in PENS),
        "fontTools/ttLib/__init__.py",
        *(f"fontTools/ttLib/{name}.py" for name in TTLIB),
        "fontTools/ttLib/tables/__init__.py",
        *(f"fontTools/ttLib/tables/{name}.py" for name in TABLES),
        "fontTools/unicode.py",
    )
    pack["fontTools/subset/__init__.py"] = NO_SUBSET
    # The second half of this module collects names from the tables of typographic features: 600 KB more.
    path = "fontTools/ttLib/tables/_n_a_m_e.py"
    text = pack[path].decode().partition("\n\nclass NameRecordVisitor")[0].encode() + b"\n"
    for line in (
        "from fontTools.ttLib.ttVisitor import TTVisitor\n",
        "import fontTools.ttLib.tables.otTables as otTables\n",
        "from fontTools.ttLib.tables import C_P_A_L_\n",
    ):
        text = replace(text, line, "")
    pack[path] = text
    # A stopwatch, from a module that the first download does without.
    path = "fontTools/misc/loggingTools.py"
    pack[path] = replace(replace(pack[path], "import timeit\n", "import time\n"), "timeit.default_timer", "time.time")
    # Collections of fonts are signed, by one more table.
    path = "fontTools/ttLib/__init__.py"
    pack[path] = replace(pack[path], "from fontTools.ttLib.ttCollection import TTCollection\n", "")
    return pack


MISC = (
    *("arrayTools", "bezierTools", "configTools", "cython", "encodingTools", "filenames", "fixedTools"),
    *("loggingTools", "roundTools", "sstruct", "textTools", "timeTools", "transform", "vector", "xmlWriter"),
)
PENS = ("basePen", "filterPen", "pointPen", "recordingPen", "transformPen", "ttGlyphPen")
TTLIB = ("sfnt", "standardGlyphOrder", "ttFont", "ttGlyphSet")
TABLES = (
    *("DefaultTable", "O_S_2f_2", "_c_m_a_p", "_g_a_s_p", "_g_l_y_f", "_h_e_a_d", "_h_h_e_a", "_h_m_t_x"),
    *("_l_o_c_a", "_m_a_x_p", "_n_a_m_e", "_p_o_s_t", "ttProgram"),
)
NO_SUBSET = b'''
class Options:
    def __init__(self, **options):
        self.drop_tables = []


class Subsetter:
    """The font is small already: all of it goes into the document."""

    def __init__(self, options):
        pass

    def populate(self, glyphs):
        pass

    def subset(self, font):
        pass
'''
NO_PILLOW = '"Pillow could not be imported - fpdf2 will not be able to add any image"'


def fpdf2(pack: Pack) -> Pack:
    """Text and tables. The modules of what we never draw keep their names only."""
    pack = drop(pack, "fpdf/data/*")
    pack["fpdf/font_type_3.py"] = _classes("Type3Font") + b"def get_color_font_object(*args):\n    return None\n"
    pack["fpdf/html.py"] = _classes("HTML2FPDF", "HTMLMixin")
    pack["fpdf/svg.py"] = _classes("Percent", "SVGLimits", "SVGObject") + (
        b"def apply_svg_transform_to_user_space_gradients(*args):\n    raise NotImplementedError\n"
    )
    # Its real module would ask for half of the standard library, to fetch images from the network.
    pack["fpdf/image_parsing.py"] = (
        b'SUPPORTED_IMAGE_FILTERS = ("AUTO",)\nget_img_info = load_image = preload_image = None\n'
    )
    pack["fpdf/sign.py"] = _classes("Signature") + b"sign_content = None\n"
    pack["fpdf/template.py"] = _classes("FlexTemplate", "Template")
    pack["fpdf/fpdf.py"] = replace(
        replace(pack["fpdf/fpdf.py"], "import mimetypes\n", ""), f"warnings.warn(\n        {NO_PILLOW}\n    )", "pass"
    )
    pack["fpdf/fonts.py"] = replace(pack["fpdf/fonts.py"], "from fontTools.varLib import instancer\n", "")
    return pack


def _classes(*names: str) -> bytes:
    return "".join(f"class {name}:\n    pass\n\n\n" for name in names).encode()

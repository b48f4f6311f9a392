"""The portable page is refused when the site has something that it could not carry."""

import re

import pytest

from construir.portatil import portatil

HEAD = """<head><meta http-equiv="Content-Security-Policy" content="default-src 'self'"><title>RAOCE</title>
<link rel="manifest" href="manifest.webmanifest"><link rel="icon" href="static/img/icono.svg">
<link rel="stylesheet" href="static/css/raoce.css">
<link rel="stylesheet" href="static/css/linea.css">
<script type="module" src="static/js/dibujada.js" blocking="render"></script>
<script type="module" src="static/js/shell.js"></script></head>"""
BODY = """<body><header><a href="./">RAOCE</a></header>
<p id="portatil" data-solo-portatil>Copia para usar sin internet</p>
<p data-solo-sitio>Revisa tu conexión.</p>
<p data-solo-sitio><a href="esquema/raoce-1.schema.json">Esquema</a></p></body>"""


def site(page=HEAD + BODY, css=b"p { margin: 0 }"):
    styles = dict.fromkeys(portatil.STYLES, css)
    return {"index.html": page.encode(), portatil.ICON: b"<svg/>", portatil.LICENCES: b"MIT"} | styles


def test_what_only_a_site_has_is_left_out():
    page = portatil._page(site(), "let a")
    assert "<script" not in page and "esquema" not in page and "Revisa" not in page and "manifest" not in page
    assert re.findall(r'href="([^"]*)"', page) == ["data:image/svg+xml;base64,PHN2Zy8+", "?"]
    assert "<style>p { margin: 0 }p { margin: 0 }</style>" in page and 'id="portatil"' in page


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (site(HEAD.replace("</head>", '<script src="static/js/otro.js"></script></head>') + BODY), "otro.js"),
        (site(HEAD.replace("linea.css", "otra.css") + BODY), "otra.css"),
        (site(HEAD + BODY.replace("</body>", '<a href="ayuda.html">Ayuda</a></body>')), "ayuda.html"),
        (site(HEAD + BODY.replace("./", "inicio.html")), "0 times"),
        (site(css=b"p { background: url(a.png) }"), "style sheets"),
    ],
)
def test_what_it_could_not_carry_stops_the_build(found, message):
    with pytest.raises(ValueError, match=message):
        portatil._page(found, "let a")


@pytest.mark.parametrize("text", ["a</script>", "a</SCRIPT", "<!-- a <script"])
def test_a_text_that_would_break_out_of_its_element_stops_the_build(text):
    with pytest.raises(ValueError, match="</script"):
        portatil._element("", text)
    assert portatil._element("", "<!-- a -->") == "<script><!-- a --></script>"

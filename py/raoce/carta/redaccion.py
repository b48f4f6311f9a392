"""Writes the correction letter and its e-mail from their data. The paragraphs are in ``carta.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from raoce.base.formato import fecha_larga
from raoce.carta.carta import Carta, Diferencia, Mensaje, texts
from raoce.empresa import Registro

MENSAJE = "mensaje"
_TEXTOS = ("lugar", "rfc", "razon_social", "telefono", "correo", "representante", "cargo", "folio", "causa")
# Fields that a letter cannot do without, in the order of the form.
REQUERIDOS = (
    *("lugar", "fecha", "destinatario", "rfc", "razon_social", "programas", "diferencias"),
    *("telefono", "correo", "representante", "cargo", "anexos"),
)


@dataclass(frozen=True, slots=True)
class DatosDeCarta:
    """What the letter needs. Texts as the user wrote them; ``folio`` as ``parse_folio`` gives it.

    ``folio``, ``presentacion`` and ``causa`` may be missing. ``destinatario`` (lines) and ``anexos`` are those of the
    Guía while ``None``; an empty one is missing. ``programas``: those of the presented report, with their number.
    """

    ejercicio: int
    lugar: str = ""
    fecha: date | None = None
    rfc: str = ""
    razon_social: str = ""
    programas: tuple[Registro, ...] = ()
    diferencias: tuple[Diferencia, ...] = ()
    telefono: str = ""
    correo: str = ""
    representante: str = ""
    cargo: str | None = None
    folio: str = ""
    presentacion: date | None = None
    causa: str = ""
    destinatario: tuple[str, ...] | None = None
    anexos: tuple[str, ...] | None = None


def with_defaults(datos: DatosDeCarta) -> DatosDeCarta:
    """``datos`` with each text on one line, and addressee, post and annexes of the Guía where they are ``None``."""
    say = texts()
    annexes = (anexo.format(ejercicio=datos.ejercicio) for anexo in say["anexos"])
    complete = replace(
        datos,
        cargo=say["cargo"] if datos.cargo is None else datos.cargo,
        destinatario=tuple(say["destinatario"] if datos.destinatario is None else datos.destinatario),
        anexos=tuple(annexes if datos.anexos is None else datos.anexos),
        programas=tuple(replace(r, numero=_line(r.numero)) for r in datos.programas),
    )
    lines = {name: _line(getattr(complete, name)) for name in _TEXTOS}
    lists = {name: tuple(filter(None, map(_line, getattr(complete, name)))) for name in ("destinatario", "anexos")}
    return replace(complete, **lines, **lists)


def faltan(datos: DatosDeCarta) -> tuple[str, ...]:
    """The names of the fields still missing, in the order of the form; ``numero-IMMEX`` for a programme without number.

    >>> faltan(DatosDeCarta(2023, lugar="Culiacán", fecha=date(2024, 5, 31), rfc="EKU9003173C9"))
    ('razon_social', 'programas', 'diferencias', 'telefono', 'correo', 'representante')
    """
    complete = with_defaults(datos)
    numbers = (f"numero-{r.programa}" for r in complete.programas if not r.numero)
    return (*(name for name in REQUERIDOS if not getattr(complete, name)), *numbers)


def parrafos(datos: DatosDeCarta) -> dict[str, str]:
    """Every text that the user may change, by its key, as it is by default: to show it, and to bring it back.

    The keys are those of [parrafos] and [cierre] in ``carta.toml``, in order, and ``mensaje``, the e-mail. Without a
    ``causa`` that paragraph is empty. Raises ``ValueError`` when something is missing.
    """
    if missing := faltan(datos):
        raise ValueError(f"a letter without {', '.join(missing)}")
    say, pieces = texts(), _pieces(with_defaults(datos))
    templates = say["parrafos"] | say["cierre"] | {MENSAJE: say[MENSAJE][MENSAJE]}
    found = {key: template.format_map(pieces) for key, template in templates.items()}
    return found if pieces["causa"] else found | {"causa": ""}


def build(datos: DatosDeCarta, editados: Mapping[str, str] | None = None) -> Carta:
    """The letter. ``editados``: the paragraphs that the user wrote anew, by their key; an empty one is left out.

    Raises ``ValueError`` when something is missing, ``KeyError`` for a key that is none.
    """
    say, final, complete = texts(), _edited(datos, editados or {}), with_defaults(datos)
    return Carta(
        lugar_y_fecha=say["lugar_y_fecha"].format(lugar=complete.lugar, fecha=fecha_larga(datos.fecha)),
        destinatario=complete.destinatario,
        asunto=_asunto(complete),
        parrafos=tuple(filter(None, (final[key] for key in say["parrafos"]))),
        diferencias=datos.diferencias,
        cierre=tuple(filter(None, (final[key] for key in say["cierre"]))),
        anexos=complete.anexos,
        firmante=(complete.representante, complete.cargo, complete.razon_social),
    )


def write_mensaje(datos: DatosDeCarta, editados: Mapping[str, str] | None = None) -> Mensaje:
    """The e-mail for both addresses of the SE. Raises as ``build`` does."""
    cuerpo = _edited(datos, editados or {})[MENSAJE]
    return Mensaje(tuple(texts()["correos"]), _asunto(with_defaults(datos)), f"{cuerpo}\n")


def _edited(datos: DatosDeCarta, editados: Mapping[str, str]) -> dict[str, str]:
    final = parrafos(datos)
    for key, text in editados.items():
        if key not in final:
            raise KeyError(key)
        final[key] = text
    return {key: text.strip() for key, text in final.items()}


def _pieces(datos: DatosDeCarta) -> dict[str, object]:
    """All that the templates name. ``datos`` with its defaults."""
    say = texts()["piezas"]
    dia = fecha_larga(datos.presentacion) if datos.presentacion else ""
    adjuntos = (texts()[MENSAJE]["escrito"], *datos.anexos)
    return {
        **{name: getattr(datos, name) for name in ("ejercicio", *_TEXTOS)},
        "cargo": _lower_first(datos.cargo),
        "puesto": datos.cargo,
        "causa": _sentence(datos.causa),
        "programas": _titular(datos.programas),
        "el_dia": say["el_dia"].format(presentacion=dia) if dia else "",
        "presentado": say["presentado"].format(presentacion=dia) if dia else "",
        "con_folio": say["con_folio"].format(folio=datos.folio) if datos.folio else "",
        "en_miles": say["en_miles"] if any(map(_is_money, datos.diferencias)) else "",
        "calculadas": say["calculadas"] if any(d.calculada for d in datos.diferencias) else "",
        "adjuntos": "\n".join(f"{i}. {adjunto}" for i, adjunto in enumerate(adjuntos, 1)),
    }


def _titular(programas: tuple[Registro, ...]) -> str:
    say = texts()["piezas"]
    named = [say["programa"].format(tipo=r.programa, numero=r.numero) for r in programas]
    *others, last = named
    listed = f"{', '.join(others)} y {last}" if others else last
    return say["de_varios_programas" if others else "de_un_programa"].format(programas=listed)


def _asunto(datos: DatosDeCarta) -> str:
    return texts()["asunto"].format(rfc=datos.rfc)


def _is_money(diferencia: Diferencia) -> bool:
    say = texts()["conceptos"]
    return diferencia.concepto in (say["ventas"], say["exportaciones"], say["importaciones"])


def _lower_first(texto: str) -> str:
    """As inside a sentence: «Representante legal» gives way, «Director General» and «CEO» stay.

    >>> _lower_first("Representante legal"), _lower_first("Director General")
    ('representante legal', 'Director General')
    """
    return texto.lower() if texto == texto.capitalize() else texto


def _sentence(texto: str) -> str:
    """The words of the user as sentences: from a capital to a full stop.

    >>> _sentence("se capturaron pesos "), _sentence("Error al teclear.")
    ('Se capturaron pesos.', 'Error al teclear.')
    """
    ending = "" if texto.rstrip()[-1:] in ("", ".", "?", "!", "…") else "."
    return f"{texto[:1].upper()}{texto[1:].rstrip()}{ending}"


def _line(texto: str) -> str:
    return " ".join(texto.split())

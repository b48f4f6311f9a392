"""The figures of a report by name: ``figure("plazos.IMMEX.limite", evaluacion)``. Each one comes with its reasons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from idiomas import N_
from raoce.base import Entrada, Explicacion
from raoce.bienes.bienes import explain_inventario, explain_row
from raoce.empresa import Programa
from raoce.plazos import Plazo
from raoce.plazos.plazo_de_correccion import plazo_de_correccion
from raoce.plazos.plazos import last_day_to_sign
from raoce.reglas import Regla, regla_de_presentacion
from raoce.reglas.frase import Frase
from raoce.solicitud.reporte import PlazoDeRegistro
from tramite.formulario.evaluacion import Evaluacion

Valor = date | int | Decimal | str | None


@dataclass(frozen=True, slots=True)
class Figura:
    """A value (a state or a result by its key) and why it is what it is."""

    valor: Valor
    explicacion: Explicacion


def figure(nombre: str, ev: Evaluacion) -> Figura:
    """The figure of this name; ``valor`` is ``None`` where the draft does not have it. Raises ``LookupError``.

    Names: ``plazos.P.`` apertura, limite, ultima, cancela, recomendada, estado or reactiva; ``obligacion.P``;
    ``compromisos.P``, with P a programme held; ``datos.saldo``, ``datos.porcentaje``, ``dolares``; ``correccion``,
    ``firma``; ``inventario.N`` of the good in row N.
    """
    familia, *resto = nombre.split(".")
    return _FAMILIAS[familia](ev, *resto)


def _held(ev: Evaluacion, programa: str) -> PlazoDeRegistro:
    return {p.registro.programa: p for p in ev.reporte.plazos}[Programa(programa)]


def _plazo(ev: Evaluacion, programa: str, parte: str) -> Figura:
    held = _held(ev, programa)
    if parte == "estado":
        return Figura(held.situacion.estado.value, (held.plazo or held.obligacion).explicacion)
    if parte == "reactiva":
        return _reactiva(ev, held.situacion.reactiva)
    return Figura(getattr(held.plazo, parte), _only(held.plazo, parte))


def _only(plazo: Plazo, parte: str) -> Explicacion:
    """Why one of the dates of a programme is what it is."""
    why = plazo.explicacion
    if parte == "apertura":
        return replace(why, reglas=why.reglas[:1], operacion="")
    # The day that is recommended is another reading of the limit.
    operacion, regla = plazo.operaciones["limite" if parte == "recomendada" else parte]
    shown = "" if parte == "recomendada" else Frase("{operacion}.", operacion=operacion)
    return replace(why, reglas=tuple(r for r in why.reglas if r.id == regla), operacion=shown)


def _reactiva(ev: Evaluacion, dia: date | None) -> Figura:
    presentacion = ev.valores["presentacion"]
    regla = regla_de_presentacion("plazos.reactivacion", ev.ejercicio)
    return Figura(dia, _explain_term("reactivacion", N_("Fecha de presentación"), presentacion, regla, dia))


def _explain_term(figura: str, desde: str, dia: date, regla: Regla, hasta: date | None) -> Explicacion:
    operacion = Frase("{desde} + {plazo} = {hasta}", desde=dia, plazo=regla.texto, hasta=hasta) if hasta else ""
    return Explicacion(f"plazos.{figura}", (Entrada(desde, dia, "fecha"),), (regla,), operacion)


def _obligacion(ev: Evaluacion, programa: str) -> Figura:
    obligacion = _held(ev, programa).obligacion
    return Figura("si" if obligacion.presenta else "no", obligacion.explicacion)


def _datos(ev: Evaluacion, parte: str) -> Figura:
    balanza = ev.reporte.balanza
    found = {"saldo": balanza.saldo, "porcentaje": balanza.porcentaje_exportacion}[parte]
    return Figura(found.valor, found.explicacion)


def _dolares(ev: Evaluacion) -> Figura:
    return Figura(ev.reporte.dolares.valor, ev.reporte.dolares.explicacion)


def _compromiso(ev: Evaluacion, programa: str) -> Figura:
    found = {c.programa: c for c in ev.reporte.compromisos}[Programa(programa)]
    return Figura(found.resultado.value, found.explicacion)


def _correccion(ev: Evaluacion) -> Figura:
    plazo = plazo_de_correccion(ev.valores["presentacion"], ev.ejercicio, ev.calendario)
    return Figura(plazo.limite, plazo.explicacion)


def _firma(ev: Evaluacion) -> Figura:
    captura = ev.valores["captura"]
    regla = regla_de_presentacion("plazos.firma", ev.ejercicio)
    ultimo = last_day_to_sign(captura, ev.ejercicio)
    return Figura(ultimo, _explain_term("firma", N_("Fecha de captura"), captura, regla, ultimo))


def _inventario(ev: Evaluacion, renglon: str) -> Figura:
    bien = ev.relacion.bienes[int(renglon) - 1]
    why = explain_inventario([bien])
    return Figura(bien.inventario, Explicacion(why.figura, why.entradas, why.reglas, explain_row(bien)))


_FAMILIAS: Mapping[str, Callable[..., Figura]] = {
    "plazos": _plazo,
    "obligacion": _obligacion,
    "datos": _datos,
    "dolares": _dolares,
    "compromisos": _compromiso,
    "correccion": _correccion,
    "firma": _firma,
    "inventario": _inventario,
}

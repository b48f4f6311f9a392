"""The correction letter of the draft: what was presented, what it must say, and the data of the letter."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from raoce.base import DatoInvalido
from raoce.bienes import Bien
from raoce.carta import PARRAFOS
from raoce.carta.carta import Diferencia
from raoce.carta.correccion import (
    CambioDeCompromiso,
    Cifras,
    Derivados,
    cambia_compromiso,
    compare,
    derive,
    suggest_causa,
)
from raoce.carta.redaccion import DatosDeCarta, faltan, parrafos
from raoce.plazos.plazo_de_correccion import PlazoDeCorreccion, plazo_de_correccion
from tramite.formulario import relacion
from tramite.formulario.campos import FIGURAS
from tramite.formulario.evaluacion import Evaluacion

# The field at which each datum of the letter is typed.
CAMPOS_DE = {
    "lugar": "carta_lugar",
    "fecha": "carta_fecha",
    "destinatario": "carta_destinatario",
    "representante": "carta_representante",
    "cargo": "carta_cargo",
    "anexos": "carta_anexos",
    "diferencias": "debe_ventas",
}


def _lines(texto: str | None) -> tuple[str, ...] | None:
    return None if texto is None else tuple(line.strip() for line in texto.splitlines() if line.strip())


@dataclass(frozen=True)
class Correccion:
    """The correction that a draft describes, as far as it goes."""

    ev: Evaluacion

    def _figures(self, lado: str) -> Cifras:
        get = self.ev.valores.get
        return Cifras(*(get(f"{lado}_{k}") for k in FIGURAS))

    @cached_property
    def dice(self) -> Cifras:
        """What was presented. VUCEM leaves importaciones at 0 where they are not captured."""
        figures = self._figures("dice")
        return figures if self.ev.captures_importaciones else replace(figures, importaciones=0)

    @cached_property
    def debe_decir(self) -> Cifras:
        """The right figures; those not written are as presented."""
        figures = self._figures("debe")
        return (figures if self.ev.captures_importaciones else replace(figures, importaciones=None)).filled(self.dice)

    @property
    def bienes_dice(self) -> tuple[Bien, ...]:
        return relacion.parse(self.ev.borrador.get("dice_bienes", "")).bienes

    @property
    def bienes_debe(self) -> tuple[Bien, ...]:
        """The goods of the draft are the right ones, once those presented are known."""
        return self.ev.relacion.bienes if self.con_bienes else ()

    @property
    def con_bienes(self) -> bool:
        return self.ev.pide_bienes and "dice_bienes" in self.ev.borrador

    @cached_property
    def diferencias(self) -> tuple[Diferencia, ...]:
        goods = (self.bienes_dice, self.bienes_debe) if self.con_bienes else ((), ())
        found = compare(self.dice, self.debe_decir, *goods)
        # Nothing follows from figures that VUCEM would refuse.
        return tuple(d for d in found if not (d.calculada and self.error))

    def _derived(self, cifras: Cifras) -> Derivados | DatoInvalido:
        try:
            return derive(self.ev.reporte, cifras)
        except DatoInvalido as error:
            return error

    @cached_property
    def derivados(self) -> tuple[Derivados | DatoInvalido, Derivados | DatoInvalido]:
        """What follows from both; or why nothing does (exports over sales)."""
        return self._derived(self.dice), self._derived(self.debe_decir)

    @property
    def cambios(self) -> tuple[CambioDeCompromiso, ...]:
        """The commitments that come out otherwise with the right figures."""
        before, after = self.derivados
        if isinstance(before, DatoInvalido) or isinstance(after, DatoInvalido):
            return ()
        return cambia_compromiso(before, after)

    @property
    def error(self) -> DatoInvalido | None:
        """The right figures that VUCEM would refuse too."""
        after = self.derivados[1]
        return after if isinstance(after, DatoInvalido) else None

    @property
    def causa_sugerida(self) -> str:
        return suggest_causa(self.dice, self.debe_decir)

    @property
    def plazo(self) -> PlazoDeCorreccion | None:
        presentacion = self.ev.reporte.presentacion
        return plazo_de_correccion(presentacion, self.ev.ejercicio, self.ev.calendario) if presentacion else None

    @cached_property
    def datos(self) -> DatosDeCarta:
        get, typed = self.ev.valores.get, self.ev.borrador.get
        return DatosDeCarta(
            ejercicio=self.ev.ejercicio,
            lugar=get("carta_lugar", ""),
            fecha=get("carta_fecha", self.ev.hoy if "carta_fecha" not in self.ev.borrador else None),
            rfc=get("rfc", ""),
            razon_social=get("razon_social", ""),
            programas=tuple(r for r in self.ev.registros if r.programa in self.ev.presentan),
            diferencias=self.diferencias,
            telefono=" ".join(filter(None, (get("lada"), get("telefono")))),
            correo=get("correo", ""),
            representante=get("carta_representante", ""),
            cargo=typed("carta_cargo"),
            folio=get("folio", ""),
            presentacion=self.ev.reporte.presentacion,
            causa=get("causa", ""),
            destinatario=_lines(typed("carta_destinatario")),
            anexos=_lines(typed("carta_anexos")),
        )

    @property
    def equivocados(self) -> tuple[str, ...]:
        """The fields of the screen that cannot be read: a letter without them would say less than was typed."""
        here = ("presentacion", "telefono", "lada", "correo")
        return tuple(k for k in self.ev.errores if k in here or self.ev.pantalla_of(k) == "corregir")

    @property
    def lista(self) -> bool:
        """Can the letter be written?"""
        return not (self.faltan or self.error or self.equivocados)

    @cached_property
    def faltan(self) -> tuple[str, ...]:
        """The fields still to be filled in, in the order of the screen."""
        return tuple(CAMPOS_DE.get(k, k) for k in faltan(self.datos))

    @property
    def parrafos(self) -> Mapping[str, str]:
        """The texts as they are by default; none while something is missing."""
        return {} if self.faltan else parrafos(self.datos)

    @property
    def editados(self) -> Mapping[str, str]:
        """The texts that the user wrote anew."""
        return {k: texto for k in PARRAFOS if (texto := self.ev.borrador.get(f"parrafo_{k}")) is not None}

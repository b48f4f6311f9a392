"""What the texts typed so far mean: values, errors, what is missing, doubts worth asking about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING

from raoce.base import DatoInvalido
from raoce.base.texto import whole
from raoce.bienes import COLUMNAS, Fila
from raoce.cifras import Balanza
from raoce.cifras.balanza import captures_importaciones, suspected_pesos
from raoce.cifras.divisas import default_tipo_cambio
from raoce.empresa import Programa, Registro, anio_de_presentacion
from raoce.empresa.programas import looks_like_numero, programas_que_presentan
from raoce.empresa.solicitante import has_rfc_check_digit
from raoce.plazos import Calendario
from raoce.plazos.plazos import apertura, default_ejercicio
from raoce.reglas import regla_vigente
from raoce.solicitud import Reporte
from tramite.formulario import relacion
from tramite.formulario.campos import CAMPOS, FIGURAS, MARCADO, SOLICITANTE
from tramite.formulario.inhabiles import build_calendario
from tramite.formulario.relacion import Relacion

if TYPE_CHECKING:
    from raoce.solicitud.procedencia import Procedencia
    from tramite.formulario.anterior import Anterior, Cambio


@dataclass(frozen=True, slots=True)
class Aviso:
    """A doubt about a field, or a notice about the page: a code and the data its sentence needs."""

    codigo: str
    datos: Mapping[str, object]


_CASILLAS = tuple((p, f"programa-{p}") for p in Programa)


def held(borrador: Mapping[str, str]) -> tuple[Programa, ...]:
    """The programmes ticked."""
    return tuple(p for p, clave in _CASILLAS if borrador.get(clave) == MARCADO)


@cache
def _left_by(programas: tuple[Programa, ...]) -> tuple[str, ...]:
    unheld = {p.value for p in Programa} - {p.value for p in programas}
    return tuple(k for k in CAMPOS if k.rpartition("-")[2] not in unheld or k.startswith("programa-"))


def last_day(ejercicio: int) -> date:
    """On which the report of an ejercicio can have been presented."""
    return date(anio_de_presentacion(ejercicio), 12, 31)


def is_of_ejercicio(presentacion: date, ejercicio: int) -> bool:
    """Is it a day on which a report of the ejercicio can have been presented?"""
    return apertura(ejercicio) <= presentacion <= last_day(ejercicio)


@dataclass(frozen=True)
class Evaluacion:
    """The draft read as of a day. ``errores`` and ``avisos`` by field; ``faltan`` in screen order."""

    borrador: Mapping[str, str]
    consulta: date
    hoy: date

    @cached_property
    def programas(self) -> tuple[Programa, ...]:
        return held(self.borrador)

    @cached_property
    def _applies(self) -> tuple[str, ...]:
        """The fields that the programmes ticked leave on the form."""
        return _left_by(self.programas)

    @cached_property
    def _read(self) -> tuple[dict[str, object], dict[str, DatoInvalido]]:
        values, errors = {}, {}
        for clave in self._applies:
            texto = self.borrador.get(clave, "")
            if not texto.strip():
                continue
            try:
                values[clave] = CAMPOS[clave].parse(texto)
            except DatoInvalido as error:
                errors[clave] = error
        if "ejercicio" not in self.borrador:
            values["ejercicio"] = default_ejercicio(self.hoy)
        if "tipo_cambio" not in self.borrador and self.tipo_cambio_publicado:
            values["tipo_cambio"] = self.tipo_cambio_publicado
        return values, errors

    @cached_property
    def ejercicio(self) -> int:
        """The ejercicio chosen; the usual one while the text is not one."""
        try:
            return CAMPOS["ejercicio"].parse(self.borrador["ejercicio"])
        except (KeyError, DatoInvalido):
            return default_ejercicio(self.hoy)

    @cached_property
    def tipo_cambio_publicado(self) -> Decimal | None:
        """Mean FIX of the ejercicio, used unless another rate is typed."""
        regla = default_tipo_cambio(self.ejercicio)
        return regla and regla.valor

    @cached_property
    def valores(self) -> Mapping[str, object]:
        return self._read[0]

    @cached_property
    def errores(self) -> Mapping[str, DatoInvalido]:
        errors = dict(self._read[1])
        if self._balanza_error:
            errors["exportaciones"] = self._balanza_error
        if self._bienes_error:
            errors["bienes"] = self._bienes_error
        if self.programas and not self.presentan:
            errors["programas"] = DatoInvalido("nadie-presenta", ejercicio=self.ejercicio)
        presentacion = self.valores.get("presentacion")
        if presentacion and not is_of_ejercicio(presentacion, self.ejercicio):
            errors["presentacion"] = DatoInvalido(
                "presentacion-fuera", desde=apertura(self.ejercicio), hasta=last_day(self.ejercicio)
            )
        return errors

    @cached_property
    def registros(self) -> tuple[Registro, ...]:
        get = self.valores.get
        return tuple(
            Registro(
                programa=p,
                numero=get(f"numero-{p}", ""),
                modalidad=get(f"modalidad-{p}", ""),
                autorizacion=get(f"autorizacion-{p}"),
                compromiso_dolares=get("compromiso-ECEX") if p is Programa.ECEX else None,
            )
            for p in self.programas
        )

    @cached_property
    def presentan(self) -> frozenset[Programa]:
        return programas_que_presentan(self.registros, self.ejercicio)

    @property
    def captures_importaciones(self) -> bool:
        return captures_importaciones(self.presentan)

    @cached_property
    def _balanza(self) -> Balanza:
        get = self.valores.get
        importaciones = get("importaciones") if self.captures_importaciones else 0
        return Balanza(self.ejercicio, get("ventas"), get("exportaciones"), importaciones)

    @cached_property
    def _balanza_error(self) -> DatoInvalido | None:
        try:
            self._balanza  # noqa: B018  reading it is the check
        except DatoInvalido as error:
            return error
        return None

    @property
    def pide_bienes(self) -> bool:
        """VUCEM asks for the goods produced with PROSEC alone."""
        return self.presentan == {Programa.PROSEC}

    @cached_property
    def relacion(self) -> Relacion:
        """The goods produced, as typed."""
        return relacion.parse(self.borrador.get("bienes", ""))

    @cached_property
    def renglon(self) -> Fila:
        """The row being typed, not yet in the table."""
        return Fila(*(self.borrador.get(f"bien_{k}", "") for k in COLUMNAS))

    @property
    def renglon_editado(self) -> int | None:
        """The place of the row of the table that is being changed."""
        return whole(self.borrador.get("bien_indice", ""), len(self.relacion.filas) - 1)

    @property
    def hay_renglon(self) -> bool:
        """Is a row half typed? The sector alone, which stays from one to the next, is none."""
        return any(texto.strip() for texto in self.renglon[1:])

    @cached_property
    def _bienes_error(self) -> DatoInvalido | None:
        wrong = self.relacion.con_errores
        if wrong:
            return DatoInvalido("bienes-con-errores", renglones=", ".join(str(n + 1) for n in wrong[:10]))
        return DatoInvalido("bien-sin-agregar") if self.hay_renglon else None

    @property
    def anterior(self) -> Anterior | None:
        """Last year's report, if one was opened."""
        return self.valores.get("anterior")

    def cambio(self, clave: str) -> Cambio | None:
        """How an amount changed since the year before, when both are known."""
        ahora = self.valores.get(clave)
        return None if ahora is None or self.anterior is None else self.anterior.cambio(clave, ahora)

    @cached_property
    def calendario(self) -> Calendario:
        """The official calendar with the days that the user added and set aside."""
        get = self.valores.get
        return build_calendario(get("inhabiles", ()), get("inhabiles_quitados", frozenset()))

    @cached_property
    def reporte(self) -> Reporte:
        presentacion = self.valores.get("presentacion")
        return Reporte(
            ejercicio=self.ejercicio,
            registros=self.registros,
            consulta=self.consulta,
            presentacion=presentacion if "presentacion" not in self.errores else None,
            balanza=None if self._balanza_error else self._balanza,
            tipo_cambio=self.valores.get("tipo_cambio"),
            consignacion=self.valores.get("consignacion", False),
            bienes=self.relacion.bienes if self.pide_bienes else (),
            calendario=self.calendario,
            solicitante={k: self.valores.get(k, "") for k in SOLICITANTE},
            procedencias=self._procedencias,
        )

    @property
    def _procedencias(self) -> tuple[Procedencia, ...]:
        """The files that amounts of this company and ejercicio were added up from."""
        kept = self.valores.get("procedencia")
        return kept.of(self.valores.get("rfc"), self.ejercicio) if kept else ()

    @cached_property
    def faltan(self) -> tuple[str, ...]:
        """Required fields still empty; ``programas`` stands for «no programme ticked»."""
        skip = set() if self.captures_importaciones else {"importaciones"}
        missing = [
            clave
            for clave in self._applies
            if CAMPOS[clave].obligatorio
            and clave not in skip
            and clave not in self.valores
            and clave not in self._read[1]
        ]
        return (*(() if self.programas else ("programas",)), *missing)

    @cached_property
    def avisos(self) -> Mapping[str, Aviso]:
        """Doubts, by field. They never block."""
        found = {}
        rfc = self.valores.get("rfc")
        if rfc and not has_rfc_check_digit(rfc):
            found["rfc"] = Aviso("rfc-digito", {"rfc": rfc})
        for p in self.programas:
            numero = self.valores.get(f"numero-{p}")
            if numero and not looks_like_numero(p, numero):
                found[f"numero-{p}"] = Aviso(f"numero-{p}-inusual", {"numero": numero})
        rate, published = self.valores.get("tipo_cambio"), self.tipo_cambio_publicado
        if rate and published and abs(rate / published - 1) * 100 > regla_vigente("divisas.desviacion").valor:
            datos = {"ejercicio": self.ejercicio, "publicado": published}
            found["tipo_cambio"] = Aviso("tipo-cambio-distinto", datos)
        if self.pide_bienes and not self.relacion.filas:
            found["bienes"] = Aviso("sin-bienes", {})
        figures = {k: v for k in FIGURAS if isinstance(v := self.valores.get(k), int)}
        if not self.captures_importaciones:
            figures.pop("importaciones", None)
        for clave, en_miles in suspected_pesos(figures).items():
            found[clave] = Aviso("capturado-en-pesos", {"valor": figures[clave], "miles": en_miles})
        return found

    @cached_property
    def saltos(self) -> Mapping[str, Aviso]:
        """Amounts that changed so much since the year before that a mistake of thousands is likely, by field."""
        changes = {k: c for k in FIGURAS if (c := self.cambio(k)) and c.salto}
        if not self.captures_importaciones:
            changes.pop("importaciones", None)
        return {
            k: Aviso("salto", {"ejercicio": self.anterior.ejercicio, "antes": int(c.antes)}) for k, c in changes.items()
        }

    @cached_property
    def bloquean(self) -> tuple[str, ...]:
        """What is missing or wrong in the report: goods where they are asked for, the letter and what is only compared
        never."""
        screens = {"corregir", "archivos"} | (set() if self.pide_bienes else {"bienes"})
        wrong = dict.fromkeys((*self.faltan, *self.errores))
        return tuple(k for k in wrong if self.pantalla_of(k) not in screens)

    @property
    def completo(self) -> bool:
        return not self.bloquean

    def pantalla_of(self, clave: str) -> str:
        return "programas" if clave == "programas" else CAMPOS[clave].pantalla

    def pending(self, pantalla: str) -> tuple[str, ...]:
        """Fields of a screen that are wrong or missing, in the order of the form."""
        order = {clave: n for n, clave in enumerate(("programas", *CAMPOS))}
        return tuple(sorted((k for k in self.bloquean if self.pantalla_of(k) == pantalla), key=order.__getitem__))

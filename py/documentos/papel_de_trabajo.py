"""The working paper of «Calcular con mis archivos»: an Excel in which every peso leads back to what it came from.

It speaks the language of the screen that writes it. Nothing in it is a formula. Money is in pesos, as the files say it;
the thousands of the report are on the first sheet.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from documentos.sello import with_sello
from idiomas import N_, _, fechas, say
from raoce.aduana import Totales, rule_of
from raoce.aduana.totales import Decision
from raoce.base.archivos import Archivo
from raoce.base.formato import in_thousands
from raoce.facturas import Ventas
from raoce.reglas import Regla, regla_vigente

TITULO = N_("Papel de trabajo: cantidades del reporte anual")
OPERACIONES = {"2": N_("Exportación"), "1": N_("Importación")}
QUE_CUENTAN = {"2": N_("Pedimentos que cuentan: exportación"), "1": N_("Pedimentos que cuentan: importación")}
# What the files of invoices hold, beside «xml».
METADATOS = N_("metadatos")
CERTEZAS = {"firme": N_("firme"), "por confirmar": N_("por confirmar")}
# A cell of Excel holds no more.
MAXIMO_TEXTO = 32_767
PASO = 500  # rows written in a moment
# A sheet of Excel has 1,048,576 rows; the next ones go on another.
FILAS_POR_HOJA = 1_000_000
SIN_FECHA = datetime(1980, 1, 1)

Row = Sequence[str | int | Decimal]


@dataclass(frozen=True, slots=True)
class Cantidades:
    """What the paper tells. ``motivos``, ``motivos_facturas``: the name of each reason, as the screen says it;
    ``dudas``: the sentences of what to look at before the amounts are used."""

    rfc: str
    ejercicio: int
    totales: Totales | None
    ventas: Ventas | None
    motivos: Mapping[str, str]
    motivos_facturas: Mapping[str, str]
    dudas: Sequence[str] = ()


class Papel:
    """The workbook being written. ``sello``: a mark at the head of each page and in the title of the file."""

    def __init__(self, cantidades: Cantidades, ahora: datetime = SIN_FECHA, sello: str = ""):
        self.cantidades, self.ahora, self.sello = cantidades, ahora, sello
        self.renglones = 0  # written so far
        self.contenido = b""  # once it is written

    def write(self) -> Iterator[None]:
        """Writes it, a moment between two ``None``; what stopped half-way is no workbook."""
        target = BytesIO()
        # Rows go out as they are written: 100,000 pedimentos are never in memory as cells.
        workbook = Workbook(target, {"constant_memory": True})
        workbook.set_properties({"title": with_sello(self.sello, _(TITULO)), "created": self.ahora})
        pages = _Pages(workbook, self.sello)
        for name, widths, headings, rows in _sheets(self.cantidades):
            for _moment in pages.add(name, widths, headings, rows):
                self.renglones += PASO
                yield
        workbook.close()
        self.contenido = target.getvalue()


def _sheets(c: Cantidades) -> Iterator[tuple[str, Sequence[int], Sequence[str], Iterable[Row]]]:
    """Name, widths, headings and rows of each."""
    yield _("Resumen"), (44, 26, 70), RESUMEN, _summary(c)
    if (t := c.totales) is not None:
        yield _("Por mes y clave"), (16, 14, 12, 20, 14), MESES, _by_month_and_key(t)
        yield _("Pedimentos"), ANCHOS_DE_PEDIMENTOS, PEDIMENTOS, (_decided(d, c.motivos) for d in t.decisiones())
        chains = (_decided(d, c.motivos) for d in t.decisiones() if d.pedimento.anterior)
        yield _("Rectificaciones"), ANCHOS_DE_PEDIMENTOS, PEDIMENTOS, chains
    if (v := c.ventas) is not None:
        yield _("Facturas"), (40, 12, 8, 9, 20, 12, 10, 24, 22, 40), FACTURAS, _invoices(v, c)
    yield _("Archivos"), (48, 68, 14, 40), ARCHIVOS, _files(c)
    yield _("Reglas"), (60, 26, 60, 14, 60), REGLAS, _rules(c)


RESUMEN = (N_("Concepto"), N_("Cantidad"), N_("Explicación"))
MESES = (N_("Mes"), N_("Operación"), N_("Clave"), N_("Pesos"), N_("Pedimentos"))
PEDIMENTOS = (
    *(N_("Patente, pedimento, sección y año"), N_("Operación"), N_("Clave con que cuenta"), N_("Clave propia"), "RFC"),
    *(N_("Fecha de pago"), N_("Año en que cuenta"), N_("Mes en que cuenta")),
    *(N_("Valor comercial (pesos)"), N_("Valor agregado (pesos)")),
    *(N_("Partidas"), N_("Veces en los archivos"), N_("Cuenta"), N_("Motivo"), N_("Regla")),
    *(N_("Rectifica a"), N_("Primero de su cadena")),
)
ANCHOS_DE_PEDIMENTOS = (34, 12, 10, 10, 16, 12, 10, 10, 20, 20, 9, 10, 8, 24, 22, 34, 34)
FACTURAS = (
    *("UUID", N_("Fecha"), N_("Versión"), N_("Tipo"), N_("Pesos sin impuestos"), N_("Exportación")),
    *(N_("Cuenta"), N_("Motivo"), N_("Regla"), N_("Archivo")),
)
ARCHIVOS = (N_("Archivo"), "SHA-256", N_("Renglones"), N_("Registros"))
REGLAS = (N_("Regla"), "Id", N_("Fuente"), N_("Certeza"), N_("Nota"))


class _Pages:
    """Sheets of the same look: headings that stay, numbers as numbers, everything else as text."""

    def __init__(self, workbook: Workbook, sello: str):
        self.workbook, self.sello = workbook, sello
        self.bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text = workbook.add_format({"num_format": "@", "valign": "top"})
        self.whole = workbook.add_format({"num_format": "#,##0", "valign": "top"})
        self.money = workbook.add_format({"num_format": "#,##0.00####", "valign": "top"})

    def add(self, name: str, widths: Sequence[int], headings: Sequence[str], rows: Iterable[Row]) -> Iterator[None]:
        """A ``None`` for every ``PASO`` rows."""
        left, number = iter(rows), 1
        while True:
            written = yield from self._sheet(name if number == 1 else f"{name} {number}", widths, headings, left)
            if written < FILAS_POR_HOJA:
                return
            number += 1

    def _sheet(
        self, name: str, widths: Sequence[int], headings: Sequence[str], rows: Iterator[Row]
    ) -> Generator[None, None, int]:
        sheet = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        if self.sello:
            sheet.set_header(f'&C&"-,Bold"&13{self.sello}')
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, _(heading), self.bold)
        count = 0
        for count, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(count, column, value[:MAXIMO_TEXTO], self.text)
                else:
                    sheet.write_number(count, column, float(value), self._format(value))
            if count % PASO == 0:
                yield
            if count == FILAS_POR_HOJA:
                break
        sheet.autofilter(0, 0, max(count, 1), len(headings) - 1)
        return count

    def _format(self, value: int | Decimal) -> Format:
        return self.whole if isinstance(value, int) else self.money


def _summary(c: Cantidades) -> Iterator[Row]:
    yield "RFC", c.rfc, ""
    yield _("Ejercicio"), str(c.ejercicio), ""
    if (t := c.totales) is not None:
        how = (
            _("Suma del valor agregado (consignación). Claves: {claves}.")
            if t.eleccion.consignacion
            else _("Suma del valor comercial. Claves: {claves}.")
        )
        keys = ", ".join(sorted(t.eleccion.exportacion))
        yield from _total(_("Exportaciones según pedimentos"), t.exportaciones, how.format(claves=keys))
        imports = t.eleccion.importacion
        how = (
            _("Suma del valor comercial. Todas las claves.")
            if imports is None
            else _("Suma del valor comercial. Claves: {claves}.").format(claves=", ".join(sorted(imports)))
        )
        yield from _total(_("Importaciones según pedimentos"), t.importaciones, how)
        for tipo, name in QUE_CUENTAN.items():
            yield _(name), t.contados[tipo], ""
        for motivo, cuantos in t.excluidos.items():
            yield _("Pedimentos fuera: {motivo}").format(motivo=c.motivos[motivo]), cuantos, ""
    if (v := c.ventas) is not None:
        how = _("Sin impuestos. De la hoja «Facturas», las que cuentan: las de tipo I menos las de tipo E.")
        yield from _total(_("Ventas según facturas"), v.facturado, how)
        how = _("Lo mismo, solo de las que dicen exportación.")
        yield from _total(_("Exportaciones según facturas"), v.exportado, how)
        for motivo, cuantos in v.excluidos.items():
            yield _("Facturas fuera: {motivo}").format(motivo=c.motivos_facturas[motivo]), cuantos, ""
    for duda in c.dudas:
        yield _("Revisar"), "", duda


def _total(name: str, pesos: Decimal, how: str) -> Iterator[Row]:
    yield _("{concepto} (pesos)").format(concepto=name), Decimal(pesos), how
    rounded = _("Se divide una vez entre 1,000 y se redondea.")
    yield _("{concepto} (miles de pesos)").format(concepto=name), in_thousands(pesos), rounded


def _by_month_and_key(totales: Totales) -> Iterator[Row]:
    sums: dict[tuple[int, str, str], list[Any]] = {}
    consigned = totales.eleccion.consignacion
    for p, motivo, _rule in totales.decisiones():
        if motivo:
            continue
        found = sums.setdefault((p.mes, p.tipo, p.clave), [Decimal(0), 0])
        found[0] += p.agregado if consigned and p.tipo == "2" else p.comercial
        found[1] += 1
    for (mes, tipo, clave), (pesos, cuantos) in sorted(sums.items()):
        yield fechas.mes(mes), _(OPERACIONES[tipo]), clave, pesos, cuantos


def _decided(decision: Decision, motivos: Mapping[str, str]) -> Row:
    p, motivo, regla = decision
    day = f"{p.fecha // 10_000}-{p.fecha // 100 % 100:02}-{p.fecha % 100:02}"
    month = fechas.mes(p.mes)
    return (
        *(p.llave, _(OPERACIONES[p.tipo]), p.clave, p.propia, p.rfc, day, str(p.anio), month),
        *(p.comercial, p.agregado, p.partidas, p.veces),
        *(_("No") if motivo else _("Sí"), motivos[motivo] if motivo else "", regla, p.anterior, p.primero),
    )


def _invoices(ventas: Ventas, c: Cantidades) -> Iterator[Row]:
    for f, motivo, regla in ventas.decisiones():
        yield (
            *(f.uuid, f.fecha.isoformat(), f.version, f.tipo, f.pesos, _("Sí") if f.exporta else _("No")),
            *(_("No") if motivo else _("Sí"), c.motivos_facturas[motivo] if motivo else "", regla, f.archivo),
        )


def _files(c: Cantidades) -> Iterator[Row]:
    sources: list[tuple[Archivo, ...]] = []
    if c.totales is not None:
        sources.append(c.totales.pedimentos.archivos)
    if c.ventas is not None:
        sources.append(c.ventas.facturas.archivos)
    for a in (archivo for files in sources for archivo in files):
        yield a.nombre, a.sha256, a.renglones, ", ".join(f"{say(k)}: {n:,}" for k, n in sorted(a.registros.items()))


def _rules(c: Cantidades) -> Iterator[Row]:
    found: dict[str, Regla] = {}
    if c.totales is not None:
        found |= {r.id: r for r in c.totales.eleccion.reglas}
        found |= {id: regla_vigente(id) for id in sorted({rule_of(m) for m in set(c.totales.por_que) if m is not None})}
    if c.ventas is not None:
        found |= {id: regla_vigente(id) for id in sorted({regla for *_who, regla in c.ventas.decisiones()})}
    for r in found.values():
        yield say(r.titulo), r.id, say(r.fuente.titulo), _(CERTEZAS[r.estado]), say(r.nota)

"""A report read from a file, as fields of the form: a signed request, or one draft."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING

from raoce.base import DatoInvalido, json_estricto
from raoce.bienes import Fila
from raoce.cifras.divisas import default_tipo_cambio
from raoce.empresa import Programa
from raoce.empresa.programas import modalidades
from raoce.solicitud import is_consigned
from tramite.borradores import borrador as drafts
from tramite.formulario import relacion
from tramite.formulario.anterior import MONTOS, Anterior
from tramite.formulario.campos import CAMPOS, MARCADO, tidy
from tramite.formulario.evaluacion import Evaluacion

if TYPE_CHECKING:
    from raoce.solicitud.solicitud import Solicitud


def read_report(texto: str, hoy: date) -> Mapping[str, str]:
    """The fields of a signed request or of one draft, its ejercicio among them. Raises ``DatoInvalido``."""
    try:
        found = drafts.parse(texto)
    except DatoInvalido as error:
        if error.codigo != "borrador-firmado":
            raise
        return _from_request(texto)
    if len(found) != 1:
        raise DatoInvalido("anterior-varios")
    campos = found[0].campos
    return {**campos, "ejercicio": str(Evaluacion(campos, hoy, hoy).ejercicio)}


def figures(campos: Mapping[str, str], ejercicio: int) -> Anterior:
    """The amounts of the report of that ejercicio that can be read, and its goods: to be put beside another's."""
    montos = {}
    for clave in MONTOS:
        with suppress(DatoInvalido):
            if campos.get(clave, "").strip():
                montos[clave] = CAMPOS[clave].parse(campos[clave])
    return Anterior(ejercicio, montos, campos.get("bienes", ""))


def _from_request(texto: str) -> Mapping[str, str]:
    """The fields of the request inside a signed file whose signature holds; who signed it is not asked here."""
    from pydantic import ValidationError

    from raoce.firma.certificado import Certificado
    from raoce.firma.jws import parse, verify_rs256
    from raoce.solicitud.solicitud import Solicitud

    try:
        signed = parse(texto)
        json_estricto.load(signed.payload)
        signer = Certificado.from_der(signed.certificado)
    except DatoInvalido:
        raise DatoInvalido("anterior-ilegible") from None
    if not verify_rs256(signed.por_firmar.signing_input, signed.firma, signer.modulo, signer.exponente):
        raise DatoInvalido("anterior-alterado")
    try:
        solicitud = Solicitud.model_validate_json(signed.payload)
    except ValidationError:
        raise DatoInvalido("anterior-ilegible") from None
    company = solicitud.solicitante.model_dump()
    address = company.pop("domicilio")
    campos = {**company, **address}
    for p in solicitud.programas:
        campos |= {f"programa-{p.programa}": MARCADO, f"numero-{p.programa}": p.numero}
        campos[f"modalidad-{p.programa}"] = _modality(p.programa, p.modalidad)
        if p.compromiso_dolares:
            campos[f"compromiso-{p.programa}"] = str(p.compromiso_dolares)
        campos[f"autorizacion-{p.programa}"] = p.autorizacion.isoformat() if p.autorizacion else ""
    d = solicitud.datos
    amounts = zip(MONTOS, (d.ventas_totales, d.total_exportaciones, d.total_importaciones), strict=True)
    rows = [
        Fila(
            b.sector, b.fraccion, b.descripcion, b.unidad, b.volumen_total, b.volumen_nacional, b.volumen_exportaciones
        )
        for b in solicitud.bienes
    ]
    campos |= {k: str(v) for k, v in amounts} | _terms(solicitud)
    tidied = {clave: tidy(clave, texto) for clave, texto in campos.items()}
    return tidied | {"ejercicio": str(solicitud.ejercicio), "bienes": relacion.to_text(rows)}


def _terms(s: Solicitud) -> dict[str, str]:
    """What else the request was computed with: exchange rate, day of presentation, calendar, consignment."""
    added: list[dict[str, str]] = []
    for dia, referencia in _days(s, "agregado"):
        last = added[-1] if added else None
        follows = last and date.fromisoformat(last["hasta"]) + timedelta(1) == date.fromisoformat(dia)
        if follows and last["referencia"] == referencia:
            last["hasta"] = dia
        else:
            added.append({"desde": dia, "hasta": dia, "referencia": referencia})
    removed = [dia for dia, _ in _days(s, "no tomado en cuenta")]
    rate, published = s.dolares.tipo_cambio, default_tipo_cambio(s.ejercicio)
    presented = s.plazos[0].fecha_presentacion if s.plazos else None
    found = {
        "tipo_cambio": "" if published and rate == published.valor else str(rate),
        "presentacion": presented.isoformat() if presented else "",
        "inhabiles": json.dumps(added, ensure_ascii=False) if added else "",
        "inhabiles_quitados": json.dumps(removed) if removed else "",
        "consignacion": MARCADO if is_consigned(s.explicaciones) else "",
    }
    return {k: v for k, v in found.items() if v}


def _days(s: Solicitud, accion: str) -> list[tuple[str, str]]:
    return sorted((d.dia.isoformat(), d.referencia) for d in s.dias_inhabiles if d.accion == accion)


def _modality(programa: Programa, nombre: str) -> str:
    return next((m.clave for m in modalidades(programa) if m.nombre == nombre), "")

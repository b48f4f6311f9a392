"""Whose signature it is: the certificate inside the file, its key, its dates, its RFC, and who issued it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from raoce.firma.autoridades import Autoridad
from raoce.firma.cadena import COMPLETA, SIN_RAIZ, find_chain
from raoce.firma.certificado import MAX_BYTES, Certificado, CertificadoIlegible, review_certificado
from raoce.firma.jws import Jws
from raoce.firma.rs256 import verify_rs256
from raoce.verificacion.comprobacion import Comprobacion, bien, mal, unchecked

# How far apart two clocks may be that nobody set wrongly.
TOLERANCIA = timedelta(minutes=10)

_DE_REPARO = {
    "certificado-csd": ("efirma", "efirma-csd"),
    "certificado-vencido": ("vigencia", "vigencia-vencida"),
    "certificado-aun-no-vigente": ("vigencia", "vigencia-futura"),
    "rfc-distinto": ("rfc", "rfc-distinto"),
}


def read_certificado(jws: Jws) -> tuple[Certificado | None, list[Comprobacion]]:
    try:
        certificado = Certificado(jws.certificado if len(jws.certificado) <= MAX_BYTES else b"")
    except CertificadoIlegible as error:
        return None, [mal("certificado", error.codigo)]
    if not 1990 <= certificado.desde.year <= certificado.hasta.year <= 2200:
        # No certificate of the SAT, and dates that not every zone has.
        return None, [mal("certificado", "certificado-no-sat")]
    good = verify_rs256(jws.por_firmar.signing_input, jws.firma, certificado.modulo, certificado.exponente)
    firma = bien("firma") if good else mal("firma", "firma-no-corresponde")
    return certificado, [bien("certificado", nombre=certificado.nombre, numero=certificado.numero), firma]


def review_momento(momento: datetime, generado: datetime | None, ahora: datetime) -> Comprobacion:
    """The time claimed, beside that of the content (`generado`) and ours.

    Content and signature are made in one go, so that two times for them contradict each other. A time later than
    ours proves nothing: either clock may be wrong.
    """
    if generado and (generado.tzinfo is None or abs(generado - momento) > TOLERANCIA):
        return mal("momento", "momento-distinto-del-contenido", momento=momento)
    if momento - ahora > TOLERANCIA:
        return unchecked("momento", "momento-futuro", momento=momento)
    return bien("momento", momento=momento)


def review_titular(certificado: Certificado, rfc: str, momento: datetime) -> list[Comprobacion]:
    """Whether it is an e.firma, of this RFC and in force."""
    reparos = {r.codigo: dict(r.datos) for r in review_certificado(certificado, rfc, momento)}
    checks = {
        "efirma": bien("efirma"),
        "vigencia": bien("vigencia", desde=certificado.desde, hasta=certificado.hasta),
        "rfc": bien("rfc", rfc=certificado.rfc),
    }
    for reparo, (clave, codigo) in _DE_REPARO.items():
        if reparo in reparos:
            checks[clave] = mal(clave, codigo, **reparos[reparo])
    return list(checks.values())


def review_cadena(
    certificado: Certificado, autoridades: Sequence[Autoridad], momento: datetime
) -> tuple[tuple[Autoridad, ...], Comprobacion]:
    cadena = find_chain(certificado.der, autoridades, momento)
    nombres = " ← ".join(a.nombre for a in cadena.autoridades)
    if cadena.codigo in (COMPLETA, SIN_RAIZ):
        return cadena.autoridades, bien("cadena", cadena.codigo, autoridades=nombres)
    if not cadena.autoridades:
        return (), unchecked("cadena", cadena.codigo, algoritmo=cadena.algoritmo)
    last = cadena.autoridades[-1]
    datos = {"nombre": last.nombre, "desde": last.desde, "hasta": last.hasta}
    return cadena.autoridades, mal("cadena", cadena.codigo, **datos)

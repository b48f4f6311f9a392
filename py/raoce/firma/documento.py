"""The kinds of document that are signed, each under its own `typ`, so that none passes for another."""

from enum import StrEnum

# What everything made in practice says of itself; what is signed there is of no kind below (``practica.py``).
SELLO = "EJERCICIO — SIN VALIDEZ"


class Documento(StrEnum):
    """What a signature was given for.

    >>> [(d.value, d.typ, d.formato) for d in Documento]
    [('reporte', 'raoce+json', 'raoce/1'), ('carta', 'raoce-carta+json', 'raoce-carta/1')]
    """

    REPORTE = "reporte"
    CARTA = "carta"

    @property
    def nombre(self) -> str:
        """What `typ` and the format of the payload begin with."""
        return "raoce" if self is Documento.REPORTE else f"raoce-{self}"

    @property
    def typ(self) -> str:
        """The header parameter of the signature."""
        return f"{self.nombre}+json"

    @property
    def formato(self) -> str:
        """The format of the payload, in the version that we write."""
        return f"{self.nombre}/1"

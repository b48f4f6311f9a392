"""Draft files of a made-up company, as «Guardar borrador» writes them."""

import json


def company():
    return {
        "numero-PROSEC": "2019-8664", "modalidad-PROSEC": "productor-directo", "rfc": "EKU9003173C9",
        "razon_social": "Ensambles", "actividad_economica": "Arneses", "correo": "a@b.mx", "codigo_postal": "81248",
        "estado": "Sinaloa", "municipio": "Ahome", "colonia": "Centro", "calle": "Uno", "numero_exterior": "1",
        "telefono": "6688123456",
    }  # fmt: skip


def draft_file(**campos):
    """With PROSEC alone, for 2023, unless ``campos`` say otherwise."""
    known = {"programa-PROSEC": "si", "ejercicio": "2023"}
    return json.dumps({"formato": "raoce-borrador/1", "campos": known | campos})


def presented(**changes):
    """A report with IMMEX alone that was presented with too few exports."""
    immex = {"programa-IMMEX": "si", "numero-IMMEX": "83-2019", "modalidad-IMMEX": "industrial", "programa-PROSEC": ""}
    figures = {"ventas": "100,000", "exportaciones": "7,000"}
    return draft_file(**company() | immex | figures | changes)

"""The kinds of value that signed documents hold, as pydantic types: amounts, texts, volumes, RFC."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainSerializer
from pydantic.alias_generators import to_camel

from raoce.empresa.solicitante import parse_rfc

Miles = Annotated[int, Field(strict=True, description="miles de pesos")]
Capturado = Annotated[int, Field(strict=True, ge=0, lt=10**16, description="miles de pesos")]
Numero = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
Version = Annotated[str, Field(min_length=1, max_length=20, description="versión de RAOCE con la que se hizo")]
Texto = Annotated[str, Field(min_length=1, max_length=250)]
# Text, since a JSON number of 16 digits is not exact for every reader.
Volumen = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]*)(\.[0-9]{1,3})?$", max_length=16)]
Inventario = Annotated[str, Field(pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]{1,3})?$", max_length=20)]


class Modelo(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel, populate_by_name=True)


def _normalised(value: str) -> str:
    if parse_rfc(value) != value:
        raise ValueError("RFC no normalizado")
    return value


Rfc = Annotated[str, Field(min_length=12, max_length=13), AfterValidator(_normalised)]

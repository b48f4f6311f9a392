"""What the SAT's catalogue says of a postal code: state, municipality, locality, neighbourhoods.

The catalogue is that of the CFDI (``c_CodigoPostal``, ``c_Colonia``, ``c_Localidad``, ``c_Municipio``,
``c_Estado``), cut by the build into one file a state. The names are the SAT's, as it writes them.
"""

import re
from dataclasses import dataclass

from raoce.base.json_estricto import load

# State, and the first and last of the two digits that its codes begin with. 68 is Oaxaca's but for 68318.
_PREFIJOS = (
    *(("CMX", 1, 16), ("AGU", 20, 20), ("BCN", 21, 22), ("BCS", 23, 23), ("CAM", 24, 24), ("COA", 25, 27)),
    *(("COL", 28, 28), ("CHP", 29, 30), ("CHH", 31, 33), ("DUR", 34, 35), ("GUA", 36, 38), ("GRO", 39, 41)),
    *(("HID", 42, 43), ("JAL", 44, 49), ("MEX", 50, 57), ("MIC", 58, 61), ("MOR", 62, 62), ("NAY", 63, 63)),
    *(("NLE", 64, 67), ("OAX", 68, 71), ("NAY", 68, 68), ("PUE", 72, 75), ("QUE", 76, 76), ("ROO", 77, 77)),
    *(("SLP", 78, 79), ("SIN", 80, 82), ("SON", 83, 85), ("TAB", 86, 86), ("TAM", 87, 89), ("TLA", 90, 90)),
    *(("VER", 91, 96), ("YUC", 97, 97), ("ZAC", 98, 99)),
)


@dataclass(frozen=True, slots=True)
class Lugar:
    """Where a postal code is.

    ``localidad`` is ``""`` when the catalogue has none. Many codes are assigned to a state and to nothing below
    it: those have ``municipio`` ``""`` too. ``colonias`` are in alphabetical order, and may be none.
    """

    estado: str
    municipio: str = ""
    localidad: str = ""
    colonias: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogo:
    """The codes of one state: ``lugares`` by code, and the ``rangos`` (first, last) of all that it was assigned."""

    estado: str
    rangos: tuple[tuple[str, str], ...]
    lugares: dict[str, Lugar]

    def look_up(self, codigo_postal: str) -> Lugar | None:
        """The place of ``codigo_postal``, five digits; ``None`` when this state has no such code."""
        if lugar := self.lugares.get(codigo_postal):
            return lugar
        assigned = any(first <= codigo_postal <= last for first, last in self.rangos)
        return Lugar(self.estado) if assigned and _is_code(codigo_postal) else None


def estados_de(codigo_postal: str) -> tuple[str, ...]:
    """The keys of the states whose files may hold ``codigo_postal``, likeliest first; none when no state can.

    >>> estados_de("81248"), estados_de("68000"), estados_de("17000")
    (('SIN',), ('OAX', 'NAY'), ())
    """
    if not _is_code(codigo_postal):
        return ()
    prefijo = int(codigo_postal[:2])
    return tuple(estado for estado, first, last in _PREFIJOS if first <= prefijo <= last)


def parse(texto: str) -> Catalogo:
    """The catalogue of one state from its file. Raises ``ValueError`` when the file is damaged.

    A code's entry is its municipality and locality, as places in their lists, and its neighbourhoods.

    >>> sinaloa = parse('''{"estado": "Sinaloa", "rangos": [["80000", "82999"]], "municipios": ["Ahome"],
    ...     "localidades": ["Los Mochis"], "codigos": {"81248": [0, 0, ["Jardines del Country"]]}}''')
    >>> sinaloa.look_up("81248")
    Lugar(estado='Sinaloa', municipio='Ahome', localidad='Los Mochis', colonias=('Jardines del Country',))
    >>> sinaloa.look_up("81249").municipio, sinaloa.look_up("64000")
    ('', None)
    """
    try:
        data = load(texto)
        estado = _name(data["estado"])
        rangos = tuple((_code(first), _code(last)) for first, last in data["rangos"])
        municipios, localidades = _names(data["municipios"]), _names(data["localidades"])
        lugares = {
            _code(codigo): Lugar(
                estado,
                _at(municipios, municipio),
                "" if localidad is None else _at(localidades, localidad),
                _names(colonias),
            )
            for codigo, (municipio, localidad, colonias) in data["codigos"].items()
        }
    except (ValueError, TypeError, LookupError, AttributeError) as problem:
        raise ValueError(f"damaged catalogue of postal codes: {problem!r}") from None
    return Catalogo(estado, rangos, lugares)


def _is_code(texto: str) -> bool:
    return re.fullmatch("[0-9]{5}", texto) is not None


def _code(value: str) -> str:
    if not _is_code(value):
        raise ValueError(f"{value!r} is not a postal code")
    return value


def _name(value: str) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is not a name")
    return value


def _names(values: list[str]) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise ValueError(f"{values!r} is not a list")
    return tuple(_name(value) for value in values)


def _at(names: tuple[str, ...], place: int) -> str:
    # A negative index would count from the end, and answer a wrong name.
    if place < 0:
        raise ValueError(f"{place} is not a place in a list")
    return names[place]

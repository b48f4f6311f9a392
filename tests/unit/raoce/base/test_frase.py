"""A sentence put together by the law: Spanish to whoever reads it as text, whole again for who says it otherwise."""

import copy
import json
import pickle
from datetime import date

import pytest
from pydantic import BaseModel

import idiomas
from raoce.reglas.frase import Frase, unida
from raoce.reglas.meses import Mes

LIMITE = Frase("último día hábil de {mes} de {anio} = {dia}", mes=Mes(5), anio=2024, dia=date(2024, 5, 31))


def test_it_is_the_text_that_an_f_string_would_give():
    assert LIMITE == "último día hábil de mayo de 2024 = 31 de mayo de 2024"
    assert unida(["a", LIMITE, "c"], ", ") == f"a, {LIMITE}, c"
    assert unida([]) == ""


def test_it_is_said_with_all_that_it_was_made_of():
    whole = Frase("{fechas}.", fechas=unida([Frase("Límite: {como}", como=LIMITE), "EKU9003173C9"]))
    assert idiomas.say(whole) == whole
    with idiomas.using(idiomas.EN):
        assert idiomas.say(whole) == "Deadline: last business day of May 2024 = 31 May 2024; EKU9003173C9."
        assert idiomas.say(Mes(12)) == "December"


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda f: pickle.loads(pickle.dumps(f))])
def test_a_copy_of_it_is_one_too_whatever_it_holds(again):
    frase = Frase("el {dia} es inhábil: {motivo}", dia=1, motivo="DOF {sin número} {0}")
    found = again(frase)
    assert found == frase == "el 1 es inhábil: DOF {sin número} {0}"
    assert (found.plantilla, found.datos) == (frase.plantilla, frase.datos)


class Modelo(BaseModel):
    operacion: str


def test_what_is_written_of_it_is_plain_text_and_is_read_back_as_such():
    written = Modelo(operacion=LIMITE).model_dump_json()
    assert written == Modelo(operacion=str(LIMITE)).model_dump_json()
    assert json.dumps({"operacion": LIMITE}) == json.dumps({"operacion": str(LIMITE)})
    assert type(Modelo.model_validate_json(written).operacion) is str

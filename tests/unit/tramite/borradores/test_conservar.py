"""Drafts: kept on the device, as files, put aside, brought back."""

import json

import pytest

from pantallas.update import update
from pantallas.view import view
from raoce.base import DatoInvalido
from tramite.borradores import borrador
from tramite.state import initial_state
from tramites import codes, device, holding, kinds, others, send, start


class TestDraft:
    def test_saved_and_opened_it_is_the_same(self):
        typed = {"ventas": "12x", "razon_social": 'Ñandú & "Hijos" <S.A.>', "ejercicio": "2023", "presentacion": "?"}
        state, _ = send(start()[0], "entrada", valores=typed)
        _, effects = send(state, "guardar-borrador")
        saved = effects[0]
        assert saved["nombre"] == "RAOCE_borrador_2023.json"
        fresh, _ = send(start()[0], "abrir-borrador", texto=saved["texto"], nombre="x")
        assert fresh.borrador == typed and codes(fresh) == ["borrador-abierto"]
        assert "&lt;S.A.&gt;" in view(send(fresh, "ir", pantalla="solicitante")[0])

    @pytest.mark.parametrize(
        ("texto", "codigo"),
        [
            ("", "borrador-danado"),
            ('{"formato": "raoce-borrador/1", "campos": {"ventas"', "borrador-danado"),
            ("[" * 100_000, "borrador-danado"),
            ("[]", "borrador-ajeno"),
            ('{"a": 1}', "borrador-ajeno"),
            ('{"payload": "", "protected": "", "signature": ""}', "borrador-firmado"),
            ('{"formato": "raoce-borrador/2", "campos": {}}', "borrador-otra-version"),
            ('{"formato": "raoce-borrador/1", "campos": {"ventas": 5}}', "borrador-danado"),
            ('{"formato": "raoce-borrador/1", "campos": {"otro": "5"}}', "borrador-otra-version"),
            ('{"formato": "raoce-borrador/1"}', "borrador-danado"),
            ("x" * 5_000_001, "borrador-grande"),
        ],
        ids=lambda v: v[:40],
    )
    def test_a_bad_file_changes_nothing_and_says_so(self, texto, codigo):
        with pytest.raises(DatoInvalido) as caught:
            borrador.parse(texto)
        assert caught.value.codigo == codigo
        state, _ = send(start()[0], "entrada", valores={"ventas": "5"})
        after, effects = send(state, "abrir-borrador", texto=texto, nombre="x")
        assert after.borrador == state.borrador and "guardar" not in kinds(effects)
        assert "Tu borrador actual no cambió" in view(after)

    def test_the_one_replaced_can_be_had_back(self):
        state, _ = send(start()[0], "entrada", valores={"ventas": "5"})
        texto = json.dumps({"formato": "raoce-borrador/1", "campos": {"ventas": "6"}})
        state, _ = send(state, "abrir-borrador", texto=texto, nombre="x")
        assert (state.borrador["ventas"], [a["ventas"] for a in others(state)]) == ("6", ["5"])
        state, _ = send(state, "recuperar")
        assert (state.borrador["ventas"], [a["ventas"] for a in others(state)]) == ("5", ["6"])

    def test_a_record_of_another_version_is_said_and_not_overwritten(self):
        state, effects = start(registro=holding({"campo_nuevo": "1"}))
        assert codes(state) == ["guardado-ilegible"] and "guardar" not in kinds(effects)
        _, effects = send(state, "entrada", valores={"ventas": "5"})
        assert "guardar" not in kinds(effects)

    def test_erasing_asks_first(self):
        state, _ = send(start()[0], "entrada", valores={"ventas": "5"})
        asked, effects = send(state, "borrar-todo")
        assert asked.borrador["ventas"] == "5" and kinds(effects) == ["enfocar"]
        assert "¿Borrar todo lo que escribiste?" in view(asked)
        kept, _ = send(asked, "cancelar-borrar")
        assert kept.borrador["ventas"] == "5" and not kept.pregunta_borrar
        erased, effects = send(asked, "confirmar-borrar")
        assert erased.borrador == {} and "borrar" in kinds(effects) and "guardar" not in kinds(effects)


def test_opening_the_page_writes_nothing():
    _, effects = start(registro=holding({"ventas": "6"}, {"ventas": "5", "ejercicio": "2022"}))
    assert kinds(effects) == ["direccion"]


def test_what_the_first_version_kept_is_taken_over():
    former = {"actual": {"ventas": "5", "ejercicio": "2022"}, "apartados": [{"ventas": "6"}], "deEnlace": False}
    state, effects = start(registro={"registro": former})
    assert state.borrador["ventas"] == "5" and others(state) == [{"ventas": "6"}]
    kept = device(effects, {"registro": former})
    assert "registro" not in kept
    again, effects = start(registro=kept)
    assert again.archivero == state.archivero and kinds(effects) == ["direccion"]


def test_a_draft_keeps_its_year_when_the_usual_one_changes():
    before = {"name": "cambio", "hoy": "2026-08-20", "ahora": "2026-08-20T18:00:00+00:00"}
    _, effects = update(initial_state(), {**before, "valores": {"programa-IMMEX": "si"}})
    after = {"name": "inicio", "hoy": "2026-09-02", "ahora": "2026-09-02T18:00:00+00:00"}
    assert update(initial_state(), after)[0].evaluacion.ejercicio == 2026
    state, _ = update(initial_state(), {**after, "registro": device(effects)})
    assert state.evaluacion.ejercicio == 2025

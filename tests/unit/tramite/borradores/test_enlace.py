"""Links that fill in the form."""

from datetime import date

import pytest

from pantallas.view import view
from tramite.borradores import enlace
from tramites import codes, device, holding, others, send, start


class TestLink:
    URL = (
        "?pantalla=datos&ejercicio=2023&programas=IMMEX,PROSEC&fecha=2024-06-03"
        "&ventas=1000&exportaciones=1000&importaciones=0"
    )

    def test_it_fills_the_form(self):
        state, effects = start(self.URL)
        assert state.pantalla == "datos" and state.evaluacion.consulta == date(2024, 6, 3)
        assert [p.situacion.estado for p in state.evaluacion.reporte.plazos] == ["suspendido"] * 2
        assert state.avisos == () and effects[0]["reemplazar"]

    @pytest.mark.parametrize(
        "bad",
        [
            "pantalla=otra", "ejercicio=1999", "programas=IMEX", "fecha=2024-02-30", "fecha=ayer", "ventas=-1",
            "ventas=1.5", "presentacion=2024-13-01", "modalidad-IMMEX=otra", "rfc=EKU9003173C9", "x",
        ],
    )  # fmt: skip
    def test_a_bad_parameter_is_reported_and_ignored(self, bad):
        found = enlace.parse(f"?{bad}&exportaciones=5")
        assert found.campos == {"exportaciones": "5"} and len(found.avisos) == 1
        state, _ = start(f"?{bad}&exportaciones=5")
        assert "Se ignoró" in view(state)

    def test_it_puts_the_former_draft_aside_and_can_go_back(self):
        typed = {"ventas": "777", "rfc": "EKU9003173C9", "ejercicio": "2022", "autorizacion-IMMEX": "2023-05-05"}
        state, _ = start(self.URL, holding(typed))
        assert codes(state) == ["enlace-cambio"] and "«Ventas totales (a)»" in view(state)
        assert state.borrador["ventas"] == "1,000" and state.borrador["rfc"] == "EKU9003173C9"
        assert "autorizacion-IMMEX" not in state.borrador, "what a link shows does not depend on what was there"
        state, effects = send(state, "recuperar")
        assert state.borrador == typed and others(state) == []
        assert effects[-1]["tipo"] == "guardar"

    def test_a_second_link_does_not_displace_what_was_typed(self):
        typed = {"ventas": "777", "ejercicio": "2023"}
        kept = holding(typed)
        state, effects = start("?ventas=1000", kept)
        kept = device(effects, kept)
        # Leaving a field as it was is not typing.
        state, effects = send(state, "cambio", valores={"presentacion": "", "ventas": "1,000"})
        kept = device(effects, kept)
        state, effects = start("?ventas=2000", kept)
        assert (state.borrador["ventas"], others(state)) == ("2,000", [typed])
        kept = device(effects, kept)
        state, effects = send(state, "entrada", valores={"ventas": "888"})
        state, _ = start("?ventas=3000", device(effects, kept))
        assert others(state) == [typed, typed | {"ventas": "888"}]
        back = []
        for _ in range(3):
            state, _ = send(state, "recuperar")
            back.append(state.borrador["ventas"])
        assert back == ["888", "777", "888"]

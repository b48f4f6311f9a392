"""What happens in «Calcular con mis archivos». What reads and adds up comes when the screen is shown."""

from pantallas.archivos import elegir, leer, papel, volumenes
from pantallas.comunes.bajo_demanda import SIN_ARCHIVO
from tramite.eventos import OnDemand, Pantalla

LECTURA = OnDemand((), ("raoce.aduana", "raoce.facturas"), SIN_ARCHIVO)

HOJA = OnDemand(("xlsxwriter",), ("documentos.papel_de_trabajo",), SIN_ARCHIVO)

PANTALLA = Pantalla(
    eventos={
        "data-stage": leer.choose_data_stage,
        "facturas": leer.choose_facturas,
        "del-caso": leer.choose_of_case,
        "descargar-del-caso": leer.download_of_case,
        "data-stage-tramo": leer.receive,
        "facturas-tramo": leer.receive,
        "seguir": leer.go_on,
        "cancelar": leer.cancel,
        "quitar": leer.remove,
        "usar": elegir.use,
        "deshacer": elegir.undo,
        "copiar-volumen": volumenes.copy,
        "deshacer-volumen": volumenes.undo,
        "papel": papel.download,
        "papel-seguir": papel.go_on,
        "papel-cancelar": papel.cancel,
    },
    pide=dict.fromkeys(("data-stage", "facturas", "del-caso", "data-stage-tramo", "facturas-tramo"), LECTURA)
    | {"papel": HOJA},
    pronto=LECTURA,
    despues=elegir.decide,
)

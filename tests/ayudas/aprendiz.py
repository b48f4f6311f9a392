"""A learner in the training mode, without a browser: the cases of the project, and one of our own."""

import base64
import json

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

import alteraciones as al
from casos import PRACTICA
from llaves import make_rsa
from tramite.casos.caso import Tipo, to_json
from tramites import Tramite

UNO = {
    "titulo": "Uno", "orden": 1, "temas": [1], "nivel": "básico", "fecha": "2024-04-15", "formulario": "al-terminar",
    "texto": "Primero.\n\nSegundo.",
    "borrador": {"ejercicio": "2023", "programa-PROSEC": "si", "modalidad-PROSEC": "productor-directo"},
    "preguntas": [
        {
            "clave": "limite", "tipo": "fecha", "pregunta": "¿Cuándo?", "respuesta": "2024-04-30",
            "figura": "plazos.PROSEC.limite", "explicacion": "Porque sí.", "pistas": ["Una.", "Dos."],
            "trampas": [{"respuesta": "2024-05-31", "texto": "Esa es de IMMEX."}],
        },
        {
            "clave": "saldo", "tipo": "cantidad", "pregunta": "¿Cuánto?", "respuesta": -1500, "explicacion": "b − c.",
            "reglas": ["balanza.saldo"], "pistas": ["Resta."],
        },
    ],
}  # fmt: skip
EMPRESA = {"rfc": "EKU9003173C9"}


def open_one(query="?modo=practica&caso=uno", caso=UNO, **event):
    t = Tramite(query, **event)
    asked = t.effect("traer")
    assert asked["archivo"] == "static/data/practica.json"
    return t.do(asked["evento"], texto=json.dumps({"_empresa": EMPRESA, "uno": caso, "dos": caso | {"orden": 2}}))


def practise(id, **event):
    t = Tramite(f"?modo=practica&caso={id}", **event)
    return t.do("practica.casos", clave="practica", texto=to_json(PRACTICA))


def key_comes(t):
    """The page answers the wish for a key, and signs with it."""
    private = make_rsa(2048, "practica")
    numbers = private.public_key().public_numbers()
    jwk = {
        "n": al.encode(numbers.n.to_bytes(256, "big")),
        "e": al.encode(numbers.e.to_bytes(3, "big")),
    }
    for wish in [e for e in t.effects if e["tipo"] == "crear-llave"]:  # not when there is one already
        t.do("firmar.llave-de-practica", llave=jwk, evento=wish["evento"])
    data = base64.b64decode(t.effect("firmar-en-practica")["entrada"])
    signature = private.sign(data, padding.PKCS1v15(), hashes.SHA256())
    return t.do("firmar.firmado", firma=base64.b64encode(signature).decode())


def capture_all():
    """The case of the whole report, with all that the learner captures."""
    t = practise("reporte-completo")
    for pregunta in t.state.modo.caso.preguntas:
        if pregunta.tipo is Tipo.CAPTURA:
            t.type(**pregunta.respuesta)
    return t

import base64
import json
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import load_der_x509_certificate
from joserfc import jws
from joserfc.jwk import RSAKey

archivo = json.loads(Path("RAOCE_2023_EKU9003173C9.json").read_text())
cabecera = json.loads(base64.urlsafe_b64decode(archivo["protected"] + "=="))
certificado = load_der_x509_certificate(base64.b64decode(cabecera["x5c"][0]))
llave = RSAKey.import_key(certificado.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
# joserfc does not know `iat` in a header, and takes no header over 512 characters unless told.
registro = jws.JWSRegistry(algorithms=["RS256"], strict_check_header=False)
registro.max_header_length = registro.max_payload_length = 5_000_000
leido = jws.deserialize_json(archivo, llave, registry=registro)
if cabecera["typ"] != "raoce+json":
    raise SystemExit("not a RAOCE")
Path("reporte.json").write_bytes(leido.payload)
print("Verified", certificado.subject.rfc4514_string())

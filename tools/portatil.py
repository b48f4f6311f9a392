"""Say where the portable page of the built site is, its size and its SHA-256."""

import hashlib

from construir.base.rutas import DIST
from construir.portatil import portatil

page = DIST / portatil.NAME
body = page.read_bytes()
print(f"{page}\n{len(body):,} bytes\nSHA-256 {hashlib.sha256(body).hexdigest()}")

"""Use the program without sense or mercy, for as long as you like, and say what came of it.

Random sequences of the real events, with hostile texts and damaged files, go through `update` and `view` of every
screen (tests/ayudas/azar.py). Then files of each kind that Python reads are damaged at random and given to the event
that reads them: how many were told from a good one, and the slowest. A fault is printed with its seed, its place and
the last event. Then a browser is given hostile and damaged files in every field of the built site, round after round
(tools/medir/memoria.py): told are the slowest answer, the files without a sentence, and the memory that stays taken; on
a machine that does something else meanwhile the seconds say little. Then somebody types in the built site while the
browser is killed, the page reloaded, the storage refused and so on (tests/ayudas/dispositivo.py): told is what was on
the screen longer than half a second and is not there afterwards. Nothing here passes or fails; the same in small does:
tests/unit/tramite/test_azar.py, tests/unit/pantallas/test_archivos_hostiles.py and tests/browser/test_dispositivo.py.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import time
import traceback
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / folder) for folder in ("py", "tests", "tests/ayudas", "tools")]

from playwright.sync_api import sync_playwright  # noqa: E402

from azar import Azar, damaged  # noqa: E402
from borradores import company, draft_file, presented  # noqa: E402
from dispositivo import FAULTS, Usuario  # noqa: E402
from documentos.hojas.hojas import write  # noqa: E402
from efirma_en_node import opener  # noqa: E402
from efirmas import Efirma, make_efirma  # noqa: E402
from libreoffice import ods  # noqa: E402
from medir.memoria import use_memory  # noqa: E402
from pantallas.declaradas import declared  # noqa: E402
from pantallas.update import _DE_TODAS  # noqa: E402
from raoce.bienes import COLUMNAS, Fila  # noqa: E402
from serve import Site  # noqa: E402
from tramite.pantallas import TODAS  # noqa: E402
from tramite.state import State  # noqa: E402
from tramites import Tramite, holding  # noqa: E402

SESSION = 1000  # events of one user
DAMAGED = 3  # files of each kind in a round of those whose memory is measured


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--eventos", type=int, default=100_000, help="how many events in all")
    options.add_argument("--semilla", type=int, default=1000, help="the first seed")
    options.add_argument("--archivos", type=int, default=2000, help="how many damaged files of each kind")
    options.add_argument("--rondas", type=int, default=1000, help="how often the browser is killed; the rest, a tenth")
    options.add_argument("--memoria", type=int, default=4, help="rounds of hostile files whose memory is measured")
    chosen = options.parse_args()
    use_at_random(chosen.eventos, chosen.semilla)
    if chosen.archivos:
        for kind, body, read in readers():
            damage_files(kind, body, read, chosen.archivos)
        damage_keys(chosen.archivos)
    if chosen.memoria:
        with sync_playwright() as playwright:
            use_memory(playwright, ROOT / "dist", chosen.memoria, DAMAGED, chosen.semilla)
    if chosen.rondas:
        use_device(chosen.rondas, chosen.semilla)


def use_at_random(events: int, seed: int) -> None:
    faults: Counter[str] = Counter()
    names: Counter[str] = Counter()
    slowest = (0.0, "")
    began = time.monotonic()
    for session in range(events // SESSION):
        user = Azar(seed + session)
        for _ in range(SESSION):
            start = time.monotonic()
            try:
                user.step()
            except Exception as error:
                place = traceback.extract_tb(error.__traceback__)[-1]
                fault = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
                faults[fault] += 1
                if faults[fault] == 1:
                    print(f"{fault}, seed {user.seed}: {str(user.done[-1])[:300]}", flush=True)
            names[user.done[-1]["name"]] += 1
            slowest = max(slowest, (time.monotonic() - start, user.done[-1]["name"]))
    known = {*_DE_TODAS, *(f"{screen}.{event}" for screen in TODAS for event in declared(screen).eventos)}
    print(f"{sum(names.values()):,} events in {time.monotonic() - began:.0f} s, {sum(faults.values())} faults")
    print(f"{len(known & names.keys())} of {len(known)} kinds of events; slowest {slowest[0]:.1f} s ({slowest[1]})")
    print(f"never sent: {', '.join(sorted(known - names.keys())) or 'none'}")


def readers() -> list[tuple[str, bytes, Callable[[str, bytes], State]]]:
    """A kind of file, a good one, and how the page gives it to Python; each answers the state after it."""
    efirma = make_efirma()
    rows = write([Fila("I", "85011001", "Motor", "06", "5", "2", "4")] * 20)
    table = "Sector;Fracción;Bien;Unidad;Total;Nacional;Exportación\nI;8501.10.01;Motor;06;5;2;4\n"
    signed = signed_report(efirma).encode()
    importing = bytes_event("bienes.importar", "bienes")
    return [
        ("draft", draft_file(**company()).encode(), text_event("abrir-borrador", "plazos")),
        ("presented", presented().encode(), text_event("corregir.abrir-presentado", "corregir")),
        ("signed", signed, text_event("datos.abrir-anterior", "datos")),
        ("xlsx", rows, importing),
        ("ods", ods(COLUMNAS, *[("I", "8501.10.01 01", "Motor", "06", 5, "2.000", "—")] * 20), importing),
        ("csv", table.encode("cp1252"), importing),
        ("certificate", efirma.cer, bytes_event("firmar.certificado", "firmar")),
        ("authority", efirma.autoridad, bytes_event("verificar.autoridad", "verificar")),
    ]


def signed_report(efirma: Efirma) -> str:
    t = Tramite("?pantalla=firmar", registro=holding(json.loads(presented())["campos"]))
    t.do("firmar.certificado", nombre="a.cer", contenido=b64encode(efirma.cer).decode()).do("firmar.solicitud")
    signature = efirma.sign(b64decode(t.effect("firmar")["entrada"]))
    t.do("firmar.firmado", firma=b64encode(signature).decode()).do("firmar.descargar")
    return t.effect("descargar")["texto"]


def text_event(event: str, screen: str) -> Callable[[str, bytes], State]:
    return lambda name, body: _given(screen, event, nombre=name, texto=body.decode("utf-8", "replace"))


def bytes_event(event: str, screen: str) -> Callable[[str, bytes], State]:
    return lambda name, body: _given(screen, event, nombre=name, contenido=b64encode(body).decode())


def _given(screen: str, event: str, **data: str) -> State:
    tramite = Tramite(f"?pantalla={screen}&ejercicio=2023&programas=PROSEC").do(event, **data)
    assert tramite.html
    return tramite.state


def damage_files(kind: str, body: bytes, read: Callable[[str, bytes], State], count: int) -> None:
    chance = random.Random(kind)
    good = read(f"a.{kind}", body)
    slowest, faults, told = 0.0, 0, 0
    for _ in range(count):
        spoilt = damaged(chance, body)
        start = time.monotonic()
        try:
            told += read(f"a.{kind}", spoilt) != good
        except Exception:
            faults += 1
            if faults == 1:
                traceback.print_exc(limit=-3)
        slowest = max(slowest, time.monotonic() - start)
    print(f"{kind}: {count} damaged, {told} told from a good one, {faults} faults, slowest {slowest:.2f} s", flush=True)


def damage_keys(count: int) -> None:
    """Key files, which the page reads in JavaScript."""
    chance, efirma = random.Random("key"), make_efirma()
    codes: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder, opener(Path(folder)) as open_key:
        for _ in range(count):
            spoilt = damaged(chance, efirma.key)
            start = time.monotonic()
            codes[open_key(efirma.cer, spoilt, efirma.contrasena).get("codigo", "opened")] += 1
            slowest = max(slowest, time.monotonic() - start)
    print(f"key: {count} damaged, {dict(codes)}, slowest {slowest:.2f} s", flush=True)


def use_device(rounds: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(shutil.copytree(ROOT / "dist", Path(temporary, "sitio")))
        with Site(folder) as url:
            for fault in FAULTS:
                user = Usuario(playwright, url, folder, seed)
                count = rounds if fault == "kill" else rounds // 10
                began = time.monotonic()
                lost = 0
                try:
                    for number in range(count + 1):
                        found = user.round(fault) if number < count else user.look()
                        lost += len(found)
                        for sentence in found:
                            print(f"{fault}, before round {number}: {sentence}", flush=True)
                finally:
                    user.end()
                seconds = time.monotonic() - began
                told = f"{lost} fields lost, {len(user.failed)} starts tried again"
                print(f"{fault}: {count} rounds, {user.typed:,} letters, {told}, {seconds:.0f} s", flush=True)
                for console in user.failed:
                    print(f"  a start failed: {console[:1000]}", flush=True)


if __name__ == "__main__":
    main()

"""What the device does to the page: nothing that was typed is lost. `make resistencia` does it a thousand times."""

import shutil

from conftest import DIST, ONE_COMPILATION, only_hosted

from dispositivo import FAULTS, Usuario
from serve import Site

# Which `make resistencia` does besides: much like another one, and each costs a browser.
LEFT_OUT = ("kill_at_start", "storage_thrown_away")

pytestmark = only_hosted("a page from the disk is kept by the same code")


def test_what_was_typed_is_there_after_it(playwright, memoria, tmp_path):
    folder = shutil.copytree(DIST, tmp_path / "sitio")
    with Site(folder) as url:
        user = Usuario(playwright, url, folder, rest=2.0, flags=[ONE_COMPILATION], memoria=memoria)
        try:
            for fault in FAULTS:
                if fault in LEFT_OUT:
                    continue
                typed = user.typed
                assert user.round(fault) == [], fault
                assert user.typed > typed, fault
            assert user.look() == []
        finally:
            user.end()

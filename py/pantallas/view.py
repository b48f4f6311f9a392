"""``view(state)``: the HTML inside ``#app``. Pure."""

from html import escape
from importlib import import_module

import idiomas
from pantallas.comunes import marco
from pantallas.comunes.entorno import environment
from tramite.eventos import without_direction
from tramite.state import State


def view(state: State) -> str:
    """The screen of a state, inside what surrounds every screen."""
    # Imported when it is first shown: the page starts sooner.
    screen = import_module(f"pantallas.{state.pantalla}.vista")
    template = environment().get_template(f"{state.pantalla}/plantilla.html")
    with idiomas.using(state.idioma):
        html = template.render(marco.context(state) | screen.context(state))
    # Nor does what came within a file turn around what is said of it.
    html = without_direction(html)
    # Here and not in each template: no link can be forgotten. What is typed has its quotes escaped.
    html = html.replace('href="?pantalla=', f'href="{escape(state.modo.links(state.incrustada))}')
    return html if state.idioma == idiomas.ES else html.replace('href="?', f'href="?lang={state.idioma}&amp;')

"""The screens: state → HTML, and nothing else. One module and one template each, both named as the screen."""

from __future__ import annotations

from html import escape
from importlib import import_module

from pantallas import marco
from pantallas.entorno import environment
from tramite import practicar
from tramite.state import State


def view(state: State) -> str:
    """The HTML inside ``#app`` for a state. Pure."""
    # Imported when it is first shown: the page starts sooner.
    screen = import_module(f"pantallas.{state.pantalla}")
    template = environment().get_template(f"{state.pantalla}.html")
    html = template.render(marco.context(state) | screen.context(state))
    if state.practica is None:
        return html
    # Here and not in each template: no link can be forgotten. What is typed has its quotes escaped.
    return html.replace('href="?pantalla=', f'href="{escape(practicar.address_in_practice(state))}')

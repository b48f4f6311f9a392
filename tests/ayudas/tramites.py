"""Drives the form without a browser: events in, state and effects out, and a device that keeps what it is told."""

from pantallas.update import update
from pantallas.view import view
from tramite.state import initial_state

CLOCK = {"hoy": "2024-05-20", "ahora": "2024-05-20T18:00:00+00:00"}


def send(state, name, **event):
    return update(state, {"name": name, **event, **CLOCK})


def start(busqueda="", registro=None):
    return send(initial_state(), "inicio", busqueda=busqueda, registro=registro)


def device(effects, registro=None):
    """What the device keeps after these effects."""
    kept = dict(registro or {})
    for effect in effects:
        if effect["tipo"] == "guardar":
            kept |= effect["cambios"]
    return {k: v for k, v in kept.items() if v is not None}


def holding(*drafts):
    """What a device keeps with these drafts, the last one on the screen."""
    registro = {"indice": {"actual": str(len(drafts)), "otros": [str(n) for n in range(1, len(drafts))]}}
    return registro | {f"borrador/{n}": {"campos": d, "modificado": ""} for n, d in enumerate(drafts, 1)}


def others(state):
    """The drafts beside the one on the screen."""
    return [g.campos for g in state.archivero.otros.values()]


def kinds(effects):
    """The kinds of these effects, in their order."""
    return [e["tipo"] for e in effects]


def codes(state):
    """The codes of the notices at the top of the page."""
    return [a.codigo for a in state.avisos]


class Tramite:
    """A form at work: ``do`` an event, look at ``html``; ``effects`` are those of the last event."""

    def __init__(self, busqueda="", registro=None):
        self.state, self.effects = start(busqueda, registro)
        self.kept = device(self.effects, registro)

    def do(self, name, **event) -> "Tramite":
        self.state, self.effects = send(self.state, name, **event)
        self.kept = device(self.effects, self.kept)
        # Steps of long work follow by themselves, as the page sends them.
        for effect in self.effects:
            if effect["tipo"] == "seguir":
                self.do(effect["evento"])
        return self

    def type(self, **valores) -> "Tramite":
        return self.do("cambio", valores=valores)

    @property
    def draft(self):
        return self.state.borrador

    @property
    def html(self):
        return view(self.state)

    @property
    def codes(self):
        return [a.codigo for a in self.state.avisos]

    def effect(self, tipo):
        return next(e for e in self.effects if e["tipo"] == tipo)

"""The templates as they are written: what the tests draw, and what the build compiles to be shipped."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, nodes
from jinja2.visitor import NodeTransformer

# Jinja's own names of what says a sentence, and the filter that says it here.
_AS_FILTERS = {"_": "frase", "gettext": "frase", "ngettext": "frases"}


class _AsFilters(NodeTransformer):
    """Each sentence goes through a filter: compiled, that takes a third of the room of a call by name."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        name = _AS_FILTERS.get(getattr(node.node, "name", ""))
        if name is None:
            return node
        sentence, *rest = node.args
        return nodes.Filter(sentence, name, rest, node.kwargs, None, None, lineno=node.lineno)


class _Fuentes(Environment):
    def _parse(self, *source: str | None) -> nodes.Template:
        return _AsFilters().visit(super()._parse(*source))


def sources(folder: Path, **options: object) -> Environment:
    """The templates below ``folder``, read from their files."""
    env = _Fuentes(loader=FileSystemLoader(folder), extensions=["jinja2.ext.i18n"], **options)
    env.newstyle_gettext = True
    env.policies["ext.i18n.trimmed"] = True
    return env

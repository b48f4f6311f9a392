"""Where whoever is above the rules finds what a sentence is; the rules say theirs with it too."""

from raoce.reglas.frase import Frase, unida

__all__ = ["Frase", "unida"]

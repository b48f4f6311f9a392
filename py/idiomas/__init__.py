"""The languages of the screens. What is written in the code and in the templates is Spanish; another is a catalogue.

Knows nothing of screens. Whoever makes text asks it, and never keeps what it answers beyond the event at hand.
"""

from idiomas.frases import N_, gettext, ngettext, say, tables
from idiomas.idioma import EN, ES, IDIOMAS, current, using

_ = gettext

"""English: a ``.po`` for each room, compiled into one ``frases.mo`` that comes to the browser when it is asked for."""

"""The correction letter: what differs, its text, the letter signed. Source: Guía RAOCE 2024, «Corrección de datos»."""

# The texts that the user may write anew, by their key in ``carta.toml``: paragraphs before and after the table, and the
# e-mail. Here, since a draft has a field for each, whether or not a letter is ever written.
PARRAFOS = (
    *("comparecencia", "antecedente", "causa", "aclaracion"),
    *("peticion", "contacto", "despedida"),
    "mensaje",
)

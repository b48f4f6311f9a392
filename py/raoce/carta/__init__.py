"""The correction letter: what differs, its text, the letter signed. Source: Guía RAOCE 2024, «Corrección de datos»."""

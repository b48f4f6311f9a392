"""The form: its fields, and what the texts typed mean."""

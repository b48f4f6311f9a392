"""The SAT's catalogues: postal codes, certification authorities."""

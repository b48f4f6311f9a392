"""«Programas»: the programmes held, their numbers and modalities."""

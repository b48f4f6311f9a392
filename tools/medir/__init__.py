"""What `bench.py` measures with, a plain PyScript page and the stopwatch of the page; and `resistencia.py`, memory."""

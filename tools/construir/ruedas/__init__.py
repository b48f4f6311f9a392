"""How a wheel becomes part of the site: read, pruned, compiled for the browser's Python, written again, small."""

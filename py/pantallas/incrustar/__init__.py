"""«Incrustar»: the page inside another, and what it tells its host."""

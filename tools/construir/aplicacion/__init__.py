"""Our own code: one wheel, and what it draws at build time."""

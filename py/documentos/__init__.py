"""Files to take away, each with a writer of its own that is imported only when it is asked for."""

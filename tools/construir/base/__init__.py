"""What every step of the build stands on: where things are, what was made before, how Node is called."""

"""«Practicar»: the training mode and its cases."""

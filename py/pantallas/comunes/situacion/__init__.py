"""Where a programme stands: its card, why, and the way out."""

"""The cases of practice: what is asked, what is right, and the figures behind it."""

"""The page and its service worker, what a first visit weighs, and the check of what was built."""

"""Many companies at once: where each stands, in from a list, all of them together, backups, two versions as one."""

"""Drafts: as files, on the device, filled in by a link or from another report."""

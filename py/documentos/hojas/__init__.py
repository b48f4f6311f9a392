"""Spreadsheets: read with care from any file, recognised by their headings, and written."""

"""«Revisar»: the whole report, to be read and printed."""

"""The whole site as one page that opens from a disk; `js/` takes the place of four modules of `static/js`."""

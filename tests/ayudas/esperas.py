"""Waiting for a page.

Not with Playwright's ``expect`` where what is awaited is not there yet: each time that it looks in vain it describes
all that the page holds, for a message that nobody reads, and the page stands still meanwhile.
"""

from playwright.sync_api import FrameLocator, Page


def python_works(where: Page | FrameLocator, within: float = 60_000) -> None:
    """Until the page of ``where`` answers, at most so many milliseconds."""
    where.locator("html[data-python=listo]").wait_for(state="attached", timeout=within)

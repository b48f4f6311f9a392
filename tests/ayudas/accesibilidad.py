"""What axe finds wrong on a page: nothing, on any screen."""

from playwright.sync_api import Page

from lugares import ROOT

# A page lets nothing in that is not its own, but for what a debugger evaluates.
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# What may be otherwise where only the colours are; the rest is the same in the light and in the dark.
OF_COLOUR = ["color-contrast", "link-in-text-block"]
RUN = """async ([where, rules]) => {
    const only = rules && { runOnly: { type: 'rule', values: rules } };
    const { violations } = await axe.run(where ?? document, { resultTypes: ['violations'], ...only });
    return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}"""


def violations(page: Page, where: str | None = None, light: str | None = None) -> list[tuple]:
    """In the dark and in the light, of the whole page or of the part that the selector ``where`` names.

    ``light`` names a part that shows every colour, where the page is one long list: the light falls on that one.
    """
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    told = []
    for color, part, rules in (("dark", where, None), ("light", light or where, OF_COLOUR)):
        page.emulate_media(color_scheme=color)
        told += [(color, *found) for found in page.evaluate(RUN, [part, rules])]
    return told

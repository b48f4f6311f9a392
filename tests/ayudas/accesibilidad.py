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


def violations(page: Page, where: str | None = None) -> list[tuple]:
    """In the dark and in the light, of the whole page or of the part that the selector ``where`` names."""
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    told = []
    for color, rules in (("dark", None), ("light", OF_COLOUR)):
        page.emulate_media(color_scheme=color)
        told += [(color, *found) for found in page.evaluate(RUN, [where, rules])]
    return told

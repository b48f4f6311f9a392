"""`docs/seguridad.md` names the test that holds each promise: it is there."""

import re

from lugares import ROOT


def test_every_promise_is_held_by_a_test_that_exists():
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "seguridad.md").read_text(encoding="utf-8")))
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(named) > 10
    assert [name for name in sorted(named) if f"def {name}(" not in tests] == []

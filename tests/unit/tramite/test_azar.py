"""No text, file, link or order of events makes `update` or `view` raise. More of the same: `make resistencia`."""

import pytest

from azar import Azar

EVENTS = 1000


@pytest.mark.parametrize("seed", range(20))
def test_nothing_that_is_typed_pressed_or_opened_raises(seed):
    user = Azar(seed)
    for _ in range(EVENTS):
        user.step()


def test_what_the_user_without_sense_does_is_told_again():
    first, second = Azar(7), Azar(7)
    for _ in range(50):
        first.step()
        second.step()
    assert first.done == second.done and first.html == second.html

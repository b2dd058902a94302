"""A small sample of benchmarks/bench_registration.py: simulated pairs with known truth, so that a regression fails."""

from __future__ import annotations

import numpy as np
import pytest

from marscd_plugin.common.errors import RegistrationError
from marscd_plugin.common.progress import Quiet
from marscd_plugin.series.gate import Gate
from marscd_plugin.series.registration import attempt
from marscd_plugin.series.scene import ArrayScene
from marscd_plugin.simulation.registration_pairs import (
    STRANGERS,
    Difference,
    draw_difference,
    registration_pair,
    stranger_pair,
)

SIZE = 400
SEAM = ((210.0, 0.1, -1.4),)
CASES = {
    "albedo, everything": ("albedo", Difference((70, -52), 1.4, 0.985, 4.0, 2, 15, -8, SEAM)),
    "relief, sun moved": ("relief", Difference((-33, 20), -0.8, 1.01, 2.0, 2, -18, 6)),
    "mixed, jitter": ("mixed", Difference((12, 41), 0.3, 1.004, 2.0, 2, 8, 4, (), ((240.0, 1.0, 0.7, -0.5),))),
    "relief, far sun": ("relief", Difference((5, 3), 0.0, 1.0, 0.0, 2, 38, 12)),
    "albedo, seam alone": ("albedo", Difference((3, 9), 0.0, 1.0, 0.0, 2, 0, 0, SEAM)),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_left_of_known_displacements(name):
    kind, difference = CASES[name]
    pair = registration_pair(3, SIZE, difference, kind)
    alignment = attempt(ArrayScene(pair.reference, pair.moving), Gate(), Quiet())
    if "far sun" in name and not alignment.registration.accepted:
        # Refused is right, too; what may not be is an accepted map that is wrong.
        return
    assert alignment.registration.accepted
    sure = alignment.trusted.at(*pair.points.T)
    assert sure.mean() > 0.9
    to = np.column_stack(alignment.warp.apply(*pair.points[sure].T))
    left = np.hypot(*(to - pair.targets[sure]).T)
    assert np.median(left) <= 0.1 and np.percentile(left, 95) <= 0.3
    assert bool(alignment.warp.seams) == bool(difference.seams)


@pytest.mark.parametrize("seed", range(len(STRANGERS)), ids=STRANGERS)
def test_strangers_are_refused(seed):
    first, second, _ = stranger_pair(seed, 320)
    try:
        said = attempt(ArrayScene(first, second), Gate(), Quiet()).registration
    except RegistrationError as error:
        assert error.remedy
    else:
        assert not said.accepted and said.reason


def test_the_truth_is_the_viewing_geometry():
    """Without noise or sun, the second image at ``targets`` shows what the first shows at ``points``."""
    from scipy.ndimage import map_coordinates

    pair = registration_pair(1, 256, Difference((20.3, -11.6), 1.0, 1.01, 3.0, 2), "albedo")
    a, b = (
        map_coordinates(np.nan_to_num(image), at[:, ::-1].T, order=1)
        for image, at in ((pair.reference, pair.points), (pair.moving, pair.targets))
    )
    assert np.corrcoef(a, b)[0, 1] > 0.9
    off = map_coordinates(np.nan_to_num(pair.moving), (pair.targets + 4)[:, ::-1].T, order=1)
    assert np.corrcoef(a, off)[0, 1] < np.corrcoef(a, b)[0, 1] - 0.1


def test_differences_are_within_the_benchmarks_bounds():
    drawn = [draw_difference(np.random.default_rng(n), 768) for n in range(200)]
    assert max(np.hypot(*d.shift) for d in drawn) <= 300 and max(abs(d.rotation) for d in drawn) <= 2
    assert max(abs(d.azimuth) for d in drawn) > 35 and max(d.parallax for d in drawn) > 7
    assert 0.3 < np.mean([bool(d.seams) for d in drawn]) < 0.7
    assert {abs(step) >= 0.5 for d in drawn for _, _, step in d.seams} == {True}

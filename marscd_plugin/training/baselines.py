"""Change detectors without training, run on the same pairs as the networks; numpy and scipy only.

Each takes two images normalised as the networks' inputs are (``inference.normalise``) and where both are valid, and
gives a score 0..1 per pixel and the threshold of its own rule on that pair. Only the order of a score matters for
comparisons at equal false-alarm rate; ``s / (1 + s)`` brings an unbounded one into 0..1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..common.packages import need

#: (before, after, valid) (H,W) -> (score (H,W) float32 0..1, threshold on it).
Baseline = Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, float]]

#: Iteratively reweighted MAD: at most so many rounds, until no canonical correlation moves by more than TOLERANCE.
ROUNDS, TOLERANCE = 30, 1e-3

#: Variates are found from at most about so many pixels.
MOST = 150_000

#: Celik's blocks and number of components.
BLOCK, COMPONENTS = 4, 3


def difference(before: np.ndarray, after: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, float]:
    """Absolute difference of the normalised images, cut by Otsu's threshold over the pair."""
    distance = np.where(valid, np.abs(after - before), 0.0)
    return _squashed(distance), _squash(otsu(distance[valid]))


def ir_mad(before: np.ndarray, after: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, float]:
    """Iteratively reweighted multivariate alteration detection (Nielsen, IEEE TIP 16, 2007, 463).

    One band holds no multivariate change, so each date enters as three: the image, and itself smoothed by Gaussians of
    1 and 3 pixels. Canonical variates of the two dates are found by weights that are each pixel's probability of no
    change (chi-square of the sum of squared standardised differences, 3 degrees of freedom), again and again. The
    score is the root of that sum; own rule: Otsu's threshold on it. (The chi-square itself as a rule, at one in a
    thousand, calls about half of all unchanged ground change here: the weights gather on the calmest pixels.)
    """
    stats, linalg = need("scipy.stats"), need("scipy.linalg")
    first, second = _features(before, valid), _features(after, valid)
    bands = first.shape[1]
    step = max(1, len(first) // MOST)
    one, two = first[::step], second[::step]
    weight = np.ones(len(one))
    last = np.zeros(bands)
    for _ in range(ROUNDS):
        total = weight.sum()
        means = (weight @ one) / total, (weight @ two) / total
        x, y = one - means[0], two - means[1]
        xx, yy, xy = ((a * weight[:, None]).T @ b / total for a, b in ((x, x), (y, y), (x, y)))
        xx, yy = (m + (1e-6 * np.trace(m) + 1e-12) * np.eye(bands) for m in (xx, yy))
        squared, a = linalg.eigh(xy @ np.linalg.solve(yy, xy.T), xx)
        correlation = np.sqrt(np.clip(squared, 0.0, 1 - 1e-9))
        b = np.linalg.solve(yy, xy.T @ a) / np.maximum(correlation, 1e-9)
        spread = np.sqrt(np.maximum(2 * (1 - correlation), 1e-9))
        weight = np.maximum(stats.chi2.sf((((x @ a - y @ b) / spread) ** 2).sum(1), bands), 1e-9)
        if np.abs(correlation - last).max() < TOLERANCE:
            break
        last = correlation
    squares = ((((first - means[0]) @ a - (second - means[1]) @ b) / spread) ** 2).sum(1)
    distance = np.zeros(before.shape, np.float32)
    distance[valid] = np.sqrt(squares)
    return _squashed(distance), _squash(otsu(distance[valid]))


def pca_kmeans(before: np.ndarray, after: np.ndarray, valid: np.ndarray) -> tuple[np.ndarray, float]:
    """PCA and k-means of the difference image (Celik, IEEE GRSL 6, 2009, 772).

    Principal components of the absolute difference's blocks (``BLOCK`` x ``BLOCK``), every pixel's own neighbourhood
    projected on the first ``COMPONENTS``, two clusters; the one that differs more is change. The score is how much
    nearer the changed cluster's centre is; own rule: nearer.
    """
    distance = np.where(valid, np.abs(after - before), 0.0).astype(np.float32)
    rows, columns = (n // BLOCK * BLOCK for n in distance.shape)
    blocks = distance[:rows, :columns].reshape(rows // BLOCK, BLOCK, columns // BLOCK, BLOCK).swapaxes(1, 2)
    blocks = blocks.reshape(-1, BLOCK * BLOCK)
    mean = blocks.mean(0)
    _, vectors = np.linalg.eigh(np.cov((blocks - mean).T) + 1e-9 * np.eye(BLOCK * BLOCK))
    components = vectors[:, ::-1][:, :COMPONENTS].T.reshape(-1, BLOCK, BLOCK)
    ndimage = need("scipy.ndimage")
    projected = np.stack(
        [
            ndimage.correlate(distance, c.astype(np.float32), mode="nearest") - float(c.ravel() @ mean)
            for c in components
        ],
        axis=-1,
    )
    features = projected[valid]
    calm, changed = two_means(features, distance[valid])
    nearer = np.linalg.norm(features - calm, axis=1) - np.linalg.norm(features - changed, axis=1)
    scale = float(np.linalg.norm(changed - calm)) + 1e-9
    score = np.zeros(before.shape, np.float32)
    score[valid] = 1.0 / (1.0 + np.exp(-np.clip(8.0 * nearer / scale, -20, 20)))
    return score, 0.5


#: By the name that the tables show.
BASELINES: dict[str, Baseline] = {
    "image difference, Otsu": difference,
    "IR-MAD": ir_mad,
    "PCA-k-means": pca_kmeans,
}


def otsu(values: np.ndarray, bins: int = 512) -> float:
    """The threshold that separates ``values`` best into two classes (Otsu 1979); their maximum where they are equal."""
    if values.size == 0 or float(values.max()) <= float(values.min()):
        return float(values.max()) if values.size else 0.0
    counts, edges = np.histogram(values, bins)
    middle = 0.5 * (edges[1:] + edges[:-1])
    below, above = np.cumsum(counts), counts.sum() - np.cumsum(counts)
    sums = np.cumsum(counts * middle)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = sums / below - (sums[-1] - sums) / above
        between = np.where((below > 0) & (above > 0), below * above * gap**2, 0.0)
    return float(edges[1 + int(np.argmax(between))])


def two_means(features: np.ndarray, amount: np.ndarray, rounds: int = 50) -> tuple[np.ndarray, np.ndarray]:
    """Centres of two clusters of (N,K) features, the one with less ``amount`` (N,) first; started apart by amount."""
    step = max(1, len(features) // 200_000)
    points, size = features[::step].astype(np.float64), amount[::step]
    cut = np.quantile(size, 0.98)
    centres = np.stack([points[size <= cut].mean(0), points[size >= cut].mean(0)])
    which = np.zeros(len(points), bool)
    for _ in range(rounds):
        now = ((points - centres[1]) ** 2).sum(1) < ((points - centres[0]) ** 2).sum(1)
        if now.all() or not now.any() or (now == which).all():
            break
        which = now
        centres = np.stack([points[~which].mean(0), points[which].mean(0)])
    if which.any() and not which.all() and size[which].mean() < size[~which].mean():
        centres = centres[::-1]
    return centres[0], centres[1]


def _features(image: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """(pixels, 3): the image and two smoothed copies, where valid."""
    ndimage = need("scipy.ndimage")
    filled = np.where(valid, image, 0.0).astype(np.float64)
    return np.stack([filled[valid]] + [ndimage.gaussian_filter(filled, s)[valid] for s in (1.0, 3.0)], axis=1)


def _squash(value: float) -> float:
    return value / (1.0 + value)


def _squashed(values: np.ndarray) -> np.ndarray:
    return (values / (1.0 + values)).astype(np.float32)

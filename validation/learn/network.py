"""Networks fitted to windows: what is hidden of them, and how they stand, varies from round to round."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.neural_network import MLPClassifier

from formcheck.engine.recognise.evidence import NONE, Evidence, inputs
from formcheck.engine.recognise.windows import VIEWS, Windows
from validation.learn.samples import PARTLY, Sample, signals, stacked

Floats = NDArray[np.floating]

#: Networks, their units, rounds over all windows, windows a step and a chunk, first and last rate.
NETWORKS, UNITS, ROUNDS, BATCH, CHUNK, RATES = 8, 48, 12, 256, 4096, (2e-3, 1e-4)
#: Signals are hidden from a window at random, up to twice this share; its view this often; values scatter so.
HIDDEN, NO_VIEW, SCATTER = 0.3, 0.3, 0.15
#: Real people count so much against all strangers, who does nothing of ours so much against one exercise, and
#: an exercise of which few or no real people are known at least so much, by its strangers.
REAL, IDLE, LEAST = 3.0, 16.0, 4.0
#: No spread of a statistic is smaller.
LEAST_SPREAD = 1e-3


def fitted(learnt: Sequence[Sample], people: Sequence[Sample], classes: Sequence[str]) -> Evidence:
    """Evidence without trust yet, from strangers and real people."""
    samples = [*learnt, *people]
    windows, shown, of = stacked(samples)
    weight = _weights(samples, shown, of, len(learnt))
    rows = (shown != PARTLY) & (weight > 0)
    windows = Windows(*(x[rows] for x in (windows.start_s, windows.end_s, windows.looks, windows.views)))
    flat = windows.looks.reshape(len(windows), -1)
    low, centre, high = np.nan_to_num(np.nanpercentile(flat, (16, 50, 84), axis=0))
    spread = np.maximum((high - low) / 2, LEAST_SPREAD)
    x, y, w = inputs(windows, centre, spread).astype(np.float32), shown[rows], weight[rows]
    nets = [_network(x, y, w / w.mean(), classes, seed) for seed in range(NETWORKS)]
    hidden, answer = (np.stack([net.coefs_[i] for net in nets]) for i in (0, 1))
    hidden_bias, answer_bias = (np.stack([net.intercepts_[i] for net in nets]) for i in (0, 1))
    return Evidence(
        signals(), tuple(classes), centre, spread, hidden, hidden_bias, answer, answer_bias, np.zeros(7)
    )


def _weights(
    samples: Sequence[Sample], shown: NDArray[np.str_], of: NDArray[np.intp], strange: int
) -> Floats:
    """Of each window: sources of one exercise weigh alike, and strangers fill up where people are few."""
    source = np.array([s.source for s in samples])[of]
    weight, people, classes = np.zeros(len(of)), of >= strange, np.unique(shown)
    pairs = {name: np.unique(source[people & (shown == name)]) for name in classes}
    each = REAL * len(classes) / max(sum(map(len, pairs.values())), 1)
    for name in classes:
        for one in pairs[name]:
            rows = people & (shown == name) & (source == one)
            weight[rows] = each / rows.sum()
        mine = ~people & (shown == name)
        known = len(pairs[name]) * each
        weight[mine] = (IDLE if name == NONE else max(1.0, LEAST - known)) / max(mine.sum(), 1)
    return weight


def _network(x: Floats, y: NDArray[np.str_], w: Floats, classes: Sequence[str], seed: int) -> MLPClassifier:
    rng, net = np.random.default_rng(seed), MLPClassifier((UNITS,), alpha=1e-3, random_state=seed)
    many = (x.shape[1] - len(VIEWS)) // 6  # five statistics and whether it is seen
    for turn in range(ROUNDS):
        net.learning_rate_init = RATES[0] * (1 - turn / ROUNDS) + RATES[1]
        order = rng.permutation(len(x))
        for rows in np.split(order, range(CHUNK, len(order), CHUNK)):
            net.batch_size = min(BATCH, len(rows))
            seen = _varied(x[rows], many, rng)
            net.partial_fit(seen, y[rows], classes=np.array(classes), sample_weight=w[rows])
    return net


def _varied(x: Floats, many: int, rng: np.random.Generator) -> Floats:
    """Windows in which other signals are hidden, with values that scatter."""
    x, values = x.copy(), 5 * many
    hide = rng.random((len(x), many)) < rng.uniform(0, 2 * HIDDEN, (len(x), 1))
    x[:, :values] += SCATTER * rng.standard_normal((len(x), values)).astype(np.float32) * (x[:, :values] != 0)
    x[:, :values][np.tile(hide, 5)] = 0.0
    x[:, values : values + many][hide] = 0.0
    x[rng.random(len(x)) < NO_VIEW, -len(VIEWS) :] = 0.0
    return x

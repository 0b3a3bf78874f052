# SPDX-License-Identifier: GPL-3.0-or-later
"""Medians and ratios with 95 % intervals by bootstrap."""

import random
import statistics
from dataclasses import dataclass

RESAMPLES = 2_000
SEED = 1


@dataclass(frozen=True)
class Estimate:
    median: float
    low: float
    high: float


def resampled_median(values, draw):
    return statistics.median(draw.choices(values, k=len(values)))


def between(median, resampled):
    resampled = sorted(resampled)
    last = len(resampled) - 1
    return Estimate(median, resampled[round(0.025 * last)], resampled[round(0.975 * last)])


def estimate(values):
    """Of the values of the repetitions, at least one."""
    draw = random.Random(SEED)
    return between(statistics.median(values),
                   [resampled_median(values, draw) for _ in range(RESAMPLES)])


def ratio(values, base):
    """Of two medians; the repetitions of both are drawn anew. All of base above 0."""
    draw = random.Random(SEED)
    return between(statistics.median(values) / statistics.median(base),
                   [resampled_median(values, draw) / resampled_median(base, draw)
                    for _ in range(RESAMPLES)])

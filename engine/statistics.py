"""Do counts fit a law? Pearson's chi-square, 95 % bands, and how many draws a step takes while <UNK> is rejected."""

from math import exp, inf, lgamma, log, sqrt
from typing import NamedTuple

import numpy as np

LEAST_EXPECTED = 5  # in a class of chi_square: the usual rule (Cochran 1954, Biometrics 10, 417-451)
COVERAGE = 0.95
_Z = 1.959963984540054  # a normal variable is within so many standard deviations in 95 % of all cases
_SMALLEST = 1e-300
_PRECISION = 1e-15


class ChiSquare(NamedTuple):
    """`p_value`: how often luck alone brings a statistic of at least this. `freedom`: degrees of freedom.

    `merged`: how many outcomes were too rare to stand alone and make up one class (0: none); `merged_expected`: how
    often that class was expected.
    """

    statistic: float
    freedom: int
    p_value: float
    merged: int
    merged_expected: float


def chi_square(counts: np.ndarray, probs: np.ndarray) -> ChiSquare | None:
    """Pearson's test of `counts` (V,) against the law `probs` (V,): the sum of (count - expected)^2 / expected.

    Classes are merged by what is expected, never by what came: every outcome expected fewer than 5 times goes into one
    class, and while that is expected fewer than 5 times, the next rarest outcome too. An outcome that the law rules out
    makes the statistic infinite and the p-value 0. None where fewer than two classes are left: nothing to test.
    """
    if counts[probs == 0].any():
        return ChiSquare(inf, int(np.count_nonzero(probs)) - 1, 0.0, 0, 0.0)
    expected = counts.sum() * probs
    order = np.flatnonzero(probs)[np.argsort(expected[probs > 0], kind="stable")]
    counts, expected = counts[order], expected[order]
    merged = int(np.searchsorted(expected, LEAST_EXPECTED))
    while 0 < merged < len(expected) and expected[:merged].sum() < LEAST_EXPECTED:
        merged += 1
    merged_expected = float(expected[:merged].sum())
    if merged:
        counts = np.append(counts[merged:], counts[:merged].sum())
        expected = np.append(expected[merged:], merged_expected)
    if len(expected) < 2:
        return None
    statistic = float(((counts - expected) ** 2 / expected).sum())
    freedom = len(expected) - 1
    return ChiSquare(statistic, freedom, upper_gamma(freedom / 2, statistic / 2), merged, merged_expected)


def upper_gamma(a: float, x: float) -> float:
    """The regularised incomplete gamma function Q(a, x): the integral of s^(a-1) exp(-s) from x on, over Gamma(a).

    With a = freedom / 2 and x = statistic / 2 it is the p-value of a chi-square test. Below a + 1 by the power series
    (DLMF, https://dlmf.nist.gov/8.11.E4), above it by the continued fraction (8.9.E2) as Lentz evaluates it; after
    Press et al., Numerical Recipes, 3rd edition, section 6.2.
    """
    if not (a > 0 and x >= 0):
        raise ValueError(f"a must be above 0 and x 0 or more, but they are {a} and {x}")
    if x in (0, inf):
        return 1.0 if x == 0 else 0.0
    factor = exp(max(a * log(x) - x - lgamma(a), -745))  # exp(-745) is the smallest number above 0
    if x < a + 1:
        term = total = 1 / a
        k = a
        while term > total * _PRECISION:
            k += 1
            term *= x / k
            total += term
        return max(0.0, 1 - factor * total)
    b = x + 1 - a
    c, d = 1 / _SMALLEST, 1 / b
    fraction, change, i = d, 0.0, 0
    while abs(change - 1) > _PRECISION:
        i += 1
        numerator = -i * (i - a)
        b += 2
        d = 1 / _away_from_0(numerator * d + b)
        c = _away_from_0(b + numerator / c)
        change = c * d
        fraction *= change
    return factor * fraction


def binomial_band(n: int, prob: float) -> tuple[int, int]:
    """The counts (least, most) that n draws of an outcome stay within in at least 95 % of all cases: exact, 2.5 % at
    most beyond either end.

    >>> binomial_band(10, 0.5)
    (2, 8)
    """
    if n == 0 or prob <= 0 or prob >= 1:
        certain = 0 if prob <= 0 else n
        return certain, certain
    reach = 12 * sqrt(n * prob * (1 - prob)) + 40  # counts further away have no weight that a float64 could hold
    first, last = max(0, int(n * prob - reach)), min(n, int(n * prob + reach) + 1)
    counts = np.arange(first, last)
    steps = np.log(n - counts) - np.log(counts + 1) + log(prob / (1 - prob))  # from each count to the next
    logs = np.concatenate([[0.0], np.cumsum(steps)])
    below = np.cumsum(np.exp(logs - logs.max()))
    below /= below[-1]
    tail = (1 - COVERAGE) / 2
    return first + int(np.searchsorted(below, tail, side="right")), first + int(np.searchsorted(below, 1 - tail))


def share_band(count: int, n: int) -> tuple[float, float]:
    """The shares (least, most) that `count` of n speaks for: Wilson's 95 % interval (1927, J. Am. Stat. Assoc. 22)."""
    share, z2 = count / n, _Z**2 / n
    centre = (share + z2 / 2) / (1 + z2)
    reach = _Z / (1 + z2) * sqrt(share * (1 - share) / n + z2 / (4 * n))
    return max(0.0, centre - reach), min(1.0, centre + reach)


def expected_draws(unk_probs: np.ndarray, most: int) -> np.ndarray:
    """How many of the steps with these P(<UNK>) are expected to take 1, 2, ... `most` draws, (most,).

    One step takes k draws with the geometric law (1 - P) P^(k-1): success is any other token. The last draw is always
    accepted: `most` is 100 where <UNK> is redrawn from the same distribution, 2 where it is redrawn from the rest.
    """
    expected = np.empty(most)
    rejected = np.ones(len(unk_probs))  # the chance that all draws so far were <UNK>
    for k in range(most - 1):
        expected[k] = (rejected * (1 - unk_probs)).sum()
        rejected = rejected * unk_probs
    expected[most - 1] = rejected.sum()
    return expected


def _away_from_0(value: float) -> float:
    return value if abs(value) > _SMALLEST else _SMALLEST

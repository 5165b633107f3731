"""The price process that the liquidation-risk model is trained on, and the features of a price history: see RISK.md.

Hourly log returns r = sqrt(h) e + j, where
  h(t+1) = level(t) (1 - a - b - g/2) + (a + g [e < 0]) h(t) e(t)^2 + b h(t)     GJR-GARCH(1,1): a fall raises the variance more than a rise
  log(level / VARIANCE)   an autoregression with a half-life of 60 days        calm and restless months
  e                       Student's t with 5 degrees of freedom, variance one
  j                       a jump with a chance of 1/240 an hour, normal with mean -1 % and deviation 3 %
The parameters are chosen, not fitted: they make paths that look like those of a large crypto asset (about 75 % a year).
"""

import numpy as np

HOURS_A_YEAR = 365.25 * 24
VARIANCE = 0.70 ** 2 / HOURS_A_YEAR
ALPHA, BETA, ASYMMETRY = 0.06, 0.88, 0.06
LEVEL_HALF_LIFE, LEVEL_DEVIATION = 60 * 24, 0.8
DEGREES = 5
JUMP_CHANCE, JUMP_MEAN, JUMP_DEVIATION = 1 / 240, -0.01, 0.03

HISTORY = 720
HORIZON = 168

# Steps of the features: what a difference of one in the integer means.
VOLATILITY_STEP, RETURN_DAY_STEP, RETURN_WEEK_STEP, FALL_STEP, WORST_STEP, MARGIN_STEP = 0.0002, 0.0025, 0.005, 0.005, 0.001, 0.005

MARKET_FEATURES = ["volatility24", "volatility168", "volatility720", "return24", "return168", "drawdown168", "worst24"]
FEATURES = MARKET_FEATURES + ["margin"]


def simulate(paths, hours, generator):
    """Log prices, float32 (hours + 1, paths), after a warm-up of 1,000 hours that is not kept."""
    warm_up = 1000
    keep = 0.5 ** (1 / LEVEL_HALF_LIFE)
    level = LEVEL_DEVIATION * generator.standard_normal(paths)
    variance = VARIANCE * np.exp(level)
    price = np.zeros(paths)
    prices = np.zeros((hours + 1, paths), np.float32)
    scale = np.sqrt((DEGREES - 2) / DEGREES)
    for hour in range(warm_up + hours):
        noise = scale * generator.standard_t(DEGREES, paths)
        jumps = (generator.random(paths) < JUMP_CHANCE) * (JUMP_MEAN + JUMP_DEVIATION * generator.standard_normal(paths))
        shock = np.sqrt(variance) * noise
        if hour >= warm_up:
            price += shock + jumps
            prices[hour - warm_up + 1] = price
        base = VARIANCE * np.exp(level - LEVEL_DEVIATION ** 2 / 2) * (1 - ALPHA - BETA - ASYMMETRY / 2)
        variance = base + (ALPHA + ASYMMETRY * (noise < 0)) * shock ** 2 + BETA * variance
        level = keep * level + np.sqrt(1 - keep ** 2) * LEVEL_DEVIATION * generator.standard_normal(paths)
    return prices


def to_steps(values, step, low=0):
    """The nearest number of steps, at most 127 and at least `low`: a feature that leaves its range stays at its end."""
    return np.clip(np.rint(values / step), low, 127).astype(np.int8)


def market_features(history):
    """The feed's features of the last 720 hours: log prices (721, n) to int8 (n, 7)."""
    returns = np.diff(history, axis=0)

    def volatility(hours):
        return np.sqrt(np.mean(returns[-hours:] ** 2, axis=0))

    return np.stack([
        to_steps(volatility(24), VOLATILITY_STEP),
        to_steps(volatility(168), VOLATILITY_STEP),
        to_steps(volatility(720), VOLATILITY_STEP),
        to_steps(history[-1] - history[-25], RETURN_DAY_STEP, -127),
        to_steps(history[-1] - history[-169], RETURN_WEEK_STEP, -127),
        to_steps(history[-169:].max(axis=0) - history[-1], FALL_STEP),
        to_steps(-returns[-24:].min(axis=0), WORST_STEP),
    ], axis=1)


def greatest_fall(future):
    """The part of its value that the collateral loses at the worst hourly price of the horizon: (169, n) log prices to (n,)."""
    return 1 - np.exp(future[1:].min(axis=0) - future[0])


def states(paths, times, generator):
    """Market states on independent paths, one every `HORIZON` hours: features int8 (n, 7), greatest falls (n,), volatility of the last week (n,), an index of the path."""
    prices = simulate(paths, HISTORY + times * HORIZON, generator)
    features, falls, volatilities, owners = [], [], [], []
    for k in range(times):
        now = HISTORY + k * HORIZON
        history = prices[now - HISTORY:now + 1].astype(np.float64)
        features.append(market_features(history))
        falls.append(greatest_fall(prices[now:now + HORIZON + 1].astype(np.float64)))
        volatilities.append(np.sqrt(np.mean(np.diff(history[-169:], axis=0) ** 2, axis=0)))
        owners.append(np.arange(paths))
    return tuple(np.concatenate(parts) for parts in (features, falls, volatilities, owners))


def with_margins(features, falls, margins):
    """Features of a borrower's position: int8 (n, 8), and whether it is liquidated within the horizon, bool (n,).

    `margins` are in steps as LendingGuard computes them, floor(200 (limit - debt) / limit). Liquidation is when debt > limit at a later price, which is a fall by more than
    (limit - debt) / limit. A margin of m steps stands for [m, m + 1) steps; the label takes its lower end, which is the careful one; 127 stands for all from 63.5 % up."""
    rows = np.concatenate([features, margins[:, None].astype(np.int8)], axis=1)
    return rows, falls > margins * MARGIN_STEP

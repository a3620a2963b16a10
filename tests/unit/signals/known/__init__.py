"""Known answers of the signals, by module."""

from tests.unit.signals.known import arms, balance, both, folding, jumps, lying, planks, running

MODULES = (lying, folding, planks, balance, arms, both, jumps, running)

"""Prints where PyPI and Test PyPI take uploads, as twine knows it."""

from twine.utils import DEFAULT_REPOSITORY, TEST_REPOSITORY

print(DEFAULT_REPOSITORY)
print(TEST_REPOSITORY)

"""How far apart two words are: insertions, deletions, substitutions and swaps of neighbours.

This is the optimal string alignment form of the Damerau-Levenshtein distance: no letter is edited
twice.
"""

from __future__ import annotations


def distance(left: str, right: str, limit: int) -> int:
    """Return the distance, or `limit + 1` when it is larger than `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i in range(1, len(left) + 1):
        before, row = row, _next_row(left, right, i, before, row)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _next_row(left: str, right: str, i: int, two_above: list[int], above: list[int]) -> list[int]:
    row = [i]
    for j in range(1, len(right) + 1):
        cost = left[i - 1] != right[j - 1]
        best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
        if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
            best = min(best, two_above[j - 2] + 1)
        row.append(best)
    return row


def similar(word: str, other: str, limit: int) -> bool:
    """Whether two words begin alike and are at most `limit` apart: what a fuzzy term matches."""
    return word[:1] == other[:1] and distance(word, other, limit) <= limit

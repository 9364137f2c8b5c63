"""Reviews from Python: an article beside its claims, as `passex review` shows it."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

from ..curation.review import Review
from ..graph.files import write_whole
from ..reports import review as page


class ArticleReview(Review):
    """An article or data set, its quotes, and the claims that rest on them.

    Attributes are those of `passex.curation.review.Review`: ``source``, ``title``, ``when``,
    ``text``, ``zones``, ``sentences``, ``quotes``, ``claims``, ``facts``, ``names``, ``problems``,
    ``checked``, and ``unclaimed``, the sentences of the body that carry no claim.

    Example:
        >>> import passex
        >>> found = passex.load().review("2018-passex")
        >>> found.quotes[0].anchor.exact, len(found.quotes[0].claims)
        ('Standing NATO Maritime Group One (SNMG1)', 2)
        >>> found.write().splitlines()[0]
        '<!doctype html>'
    """

    @classmethod
    def of(cls, review: Review) -> ArticleReview:
        """Make it of what was collected."""
        return cls(**{field.name: getattr(review, field.name) for field in fields(review)})

    def write(self) -> str:
        """Write the page, which needs no network.

        With a text it must not be published.
        """
        return "".join(page.write(self))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page into a file, whole or not at all.

        Raises:
            OutputError: It cannot be written.
        """
        write_whole(Path(path), page.write(self))

"""What a person had begun to write when the desk was locked or another person came: kept for that person, in memory alone."""

from collections.abc import Iterable
from typing import Protocol, runtime_checkable


@runtime_checkable
class Drafting(Protocol):
    """A page on which something can be begun."""

    def draft(self) -> object | None:
        """What stands there half done; None for nothing."""

    def resume(self, draft: object) -> None:
        """Stand as it stood when `draft` was taken."""


class Drafts:
    def __init__(self) -> None:
        self._kept: dict[str, dict[int, object]] = {}

    @property
    def people(self) -> tuple[str, ...]:
        """Logins of those for whom something is kept."""
        return tuple(login for login, drafts in self._kept.items() if drafts)

    def keep(self, login: str, pages: Iterable[object]) -> None:
        """In place of what was kept for this person before."""
        found = {place: page.draft() for place, page in enumerate(pages) if isinstance(page, Drafting)}
        self._kept[login] = {place: draft for place, draft in found.items() if draft is not None}

    def give_back(self, login: str, pages: Iterable[object]) -> tuple[object, ...]:
        """The pages on which something of this person stands again."""
        kept = self._kept.pop(login, {})
        resumed = []
        for place, page in enumerate(pages):
            if place in kept and isinstance(page, Drafting):
                page.resume(kept[place])
                resumed.append(page)
        return tuple(resumed)

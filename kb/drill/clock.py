"""The server's clock of one question: what is left, and since when it runs."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """Time that is left, and since when it has been running; ``None`` if it stands still."""

    left: timedelta
    since: datetime | None = None
    stopped: datetime | None = None
    """When it was stopped."""

    @property
    def deadline(self) -> datetime | None:
        """When time is up; ``None`` while the clock stands still."""
        return None if self.since is None else self.since + self.left

    def left_at(self, moment: datetime) -> timedelta:
        """:returns: What is left at `moment`; never below 0."""
        if self.deadline is None:
            return self.left
        return max(self.deadline - moment, timedelta(0))

    def is_up(self, moment: datetime, grace: timedelta = timedelta(0)) -> bool:
        """:returns: Whether a running clock has passed its deadline by more than `grace`."""
        return self.deadline is not None and moment > self.deadline + grace

    def stop(self, moment: datetime) -> "Clock":
        """:returns: The clock standing still; one that stands already is left alone."""
        return self if self.since is None else Clock(self.left_at(moment), None, moment)

    def start(self, moment: datetime) -> "Clock":
        """:returns: The clock running from `moment` with what is left."""
        return Clock(self.left, moment)

    def extend(self, seconds: int, moment: datetime) -> "Clock":
        """:returns: The clock with more time; one that has run out goes on from `moment`."""
        more = timedelta(seconds=seconds)
        if self.is_up(moment):
            return Clock(more, moment)
        return replace(self, left=self.left + more)

"""What all components over the index share."""

from retrieval.index.generation import Generation, shared_generation


class OnGeneration:
    """A component that works on one index generation, opened when it is first needed."""

    def __init__(self, generation: str) -> None:
        """:param generation: Folder of an index generation."""
        self.generation = generation
        self._index: Generation | None = None

    def warm_up(self) -> None:
        """
        Open the index, once.

        :raises IndexDamaged: If it is missing or broken.
        """
        _ = self.index

    @property
    def index(self) -> Generation:
        """The opened generation; opens it if need be."""
        if self._index is None:
            self._index = shared_generation(self.generation)
        return self._index

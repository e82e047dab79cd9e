"""A pytest plug-in that makes PySide6 unimportable: the core is tested with it (`make test`)."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


class _NoQt(MetaPathFinder):
    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        del path, target
        if name.split(".", maxsplit=1)[0] in {"PySide6", "shiboken6", "ui"}:
            raise ModuleNotFoundError(f"{name} is not there in this run", name=name)
        return None


sys.meta_path.insert(0, _NoQt())

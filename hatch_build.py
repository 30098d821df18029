"""Build hooks: the scripts of the pages, the report of the validation, and what follows from it.

The scripts are built with Node from a package, and only when what is built is not current; a
build that fails ends the installation with what npm said.

The data are validated, and the report is put into the wheel, with the facts that follow from the
data and the statements as the engine loads them, so that a start is fast. A wheel of data that
does not conform is still built; `c5graph serve` refuses to start on it and shows the report. An
editable install needs none of it: it has the checkout.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from c5graph.graph.sources import Sources


class PagesAndValidationHook(BuildHookInterface):
    """Builds `static/built`, and adds it, `_shipped/validation.json` and `_shipped/kept`."""

    def dependencies(self) -> list[str]:
        """Node, only where something has to be built."""
        assets = self._assets()
        return [] if self.target_name != "wheel" or assets.current() else [assets.NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build and validate, and name what was made to the builder."""
        if self.target_name != "wheel":
            return
        assets = self._assets()
        if assets.build():
            self.app.display_info("the scripts of the pages were built")
        if version == "editable":
            return
        build_data["force_include"][str(assets.BUILT)] = "c5graph/_web/static/built"
        self._validate(build_data)

    def _assets(self) -> ModuleType:
        place = Path(self.root) / "app" / "web" / "build_assets.py"
        spec = importlib.util.spec_from_file_location("build_assets", place)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    def _validate(self, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, str(Path(self.root) / "app"))
        from c5graph.graph.sources import Sources
        from c5graph.graph.validate import validate

        sources = Sources.shipped(Path(self.root))
        report = validate(sources, Path(self.root))
        self.app.display_info(f"{report.files} files validated, {len(report.errors)} errors")
        made = Path(tempfile.mkdtemp(prefix="c5graph-"))
        (made / "validation.json").write_text(report.to_json(), encoding="utf-8")
        if report.conforms:
            self._keep(sources, made / "kept")
        for path in filter(Path.is_file, made.rglob("*")):
            place = path.relative_to(made).as_posix()
            build_data["force_include"][str(path)] = f"c5graph/_shipped/{place}"

    def _keep(self, sources: Sources, folder: Path) -> None:
        from c5graph.graph.release import build_release

        release = build_release(sources, cache=folder)
        release.larder.keep_statements(lambda: release.quads)

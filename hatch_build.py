"""Build hooks: the scripts of the pages, and the report of the validation of the data.

The scripts are built with Node from a package, and only when what is built is not current; a
build that fails ends the installation with what npm said.

The data are validated and the report is put into the wheel, so that a start is fast. A wheel of
data that does not conform is still built; `c5graph serve` refuses to start on it and shows the
report. An editable install needs no report: it has the checkout.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PagesAndValidationHook(BuildHookInterface):
    """Builds `static/built`, and adds it and `_shipped/validation.json` to the wheel."""

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

        report = validate(Sources.shipped(Path(self.root)), Path(self.root))
        self.app.display_info(f"{report.files} files validated, {len(report.errors)} errors")
        target = Path(tempfile.mkdtemp(prefix="c5graph-")) / "validation.json"
        target.write_text(report.to_json(), encoding="utf-8")
        build_data["force_include"][str(target)] = "c5graph/_shipped/validation.json"

"""Hooks of the package build: the wheel carries the built pages, and its dependencies come from one place."""

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class BuiltPages(BuildHookInterface[BuilderConfig]):
    """Build the static files and translations before they are packed, so that the user needs no Node."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        spec = importlib.util.spec_from_file_location("assets", Path(self.root) / "assets.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError("assets.py")
        assets = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(assets)
        assets.build()


class Requirements(MetadataHookInterface):
    """Take ``dependencies`` from requirements/base.in."""

    def update(self, metadata: dict[str, Any]) -> None:
        lines = (Path(self.root) / "requirements" / "base.in").read_text().splitlines()
        metadata["dependencies"] = [line for line in lines if line and not line.startswith("#")]

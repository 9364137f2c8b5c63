"""SHACL: shapes read as values, and two engines that validate against them."""

from __future__ import annotations

from .engines import Outcome, validate
from .model import Defect, Shape, Shapes
from .reader import read_shapes

__all__ = ["Defect", "Outcome", "Shape", "Shapes", "read_shapes", "validate"]

"""数据模型：data/ 和 docs/ 里有什么，必须怎样。不认识 MkDocs。"""

from .problem import Problem, errors, listing, summary
from .site import Site, load

__all__ = ["Problem", "Site", "errors", "listing", "load", "summary"]

"""Origins: which documents have one text, or one cited statement, behind them."""

from allegedly.linking.origins.cited import Citation, cited_origins
from allegedly.linking.origins.copied import Told, text_origins
from allegedly.linking.origins.found import origins_of

__all__ = ["Citation", "Told", "cited_origins", "origins_of", "text_origins"]

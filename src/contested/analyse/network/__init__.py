"""Who supports, shelters, follows, splits from and opposes whom, and who says so."""

from contested.analyse.network.balance import Frustration, frustration
from contested.analyse.network.leadership import Act, Succession, Term
from contested.analyse.network.measures import Balance, Broker, Community
from contested.analyse.network.network import Network, NetworkOptions, network
from contested.analyse.network.ties import Tie

__all__ = [
    "Act",
    "Balance",
    "Broker",
    "Community",
    "Frustration",
    "Network",
    "NetworkOptions",
    "Succession",
    "Term",
    "Tie",
    "frustration",
    "network",
]

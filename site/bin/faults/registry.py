"""All faults, in the order in which they run."""

from faults import outages
from faults.fault import Fault

FAULTS: tuple[Fault, ...] = (*outages.FAULTS,)

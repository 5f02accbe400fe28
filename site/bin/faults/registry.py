"""All faults, in the order in which they run."""

from faults import cluster, load, many, outages, rebuilds, workers
from faults.fault import Fault

FAULTS: tuple[Fault, ...] = (
    *outages.FAULTS,
    *rebuilds.FAULTS,
    *workers.FAULTS,
    *load.FAULTS,
    *cluster.FAULTS,
    *many.FAULTS,
)

"""The parts of a procedure that are lists within lists, one module each."""

from procedures.blocks.channels import ChannelsBlock
from procedures.blocks.dossier import DossierBlock
from procedures.blocks.journey import JourneyBlock
from procedures.blocks.results import ResultsBlock
from procedures.blocks.steps import StepsBlock

__all__ = ["ChannelsBlock", "DossierBlock", "JourneyBlock", "ResultsBlock", "StepsBlock"]

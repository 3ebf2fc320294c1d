"""How each speaker's figures compare with what others say of the same incidents."""

from contested.analyse.bias.answer import Bias, BiasRow, bias
from contested.analyse.bias.contrasts import Contrast, contrasts

__all__ = ["Bias", "BiasRow", "Contrast", "bias", "contrasts"]

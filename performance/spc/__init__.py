"""XmR charts as NHS Making Data Count draws them, agreeing with the R package NHSRplotthedots 0.2.2.

Pure: no Django. `xmr` makes a chart from dates, values and explicit `SpcOptions`.
"""

from performance.spc.chart import xmr
from performance.spc.icons import assurance_icon, assurance_type, variation_icon
from performance.spc.limits import Limits, process_limits
from performance.spc.shapes import Direction, SpcChart, SpcOptions, SpcPoint, TwoOfThree

__all__ = [
    "Direction",
    "Limits",
    "SpcChart",
    "SpcOptions",
    "SpcPoint",
    "TwoOfThree",
    "assurance_icon",
    "assurance_type",
    "process_limits",
    "variation_icon",
    "xmr",
]

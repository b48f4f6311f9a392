"""When: business days, the dates and the state of each programme, the term of a correction.

Source: the decrees, LFPA, the SE's agreements on business days, Guía RAOCE 2024.
"""

from raoce.plazos.calendario import Calendario
from raoce.plazos.plazos import Estado, Plazo, plazo

"""The figures of the report: amounts, saldo and percentage, dollars, commitments.

Source: Guía RAOCE 2024, the decrees and the rules of each programme.
"""

from raoce.cifras.balanza import Balanza
from raoce.cifras.compromisos import Cumplimiento

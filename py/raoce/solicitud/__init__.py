"""The report as a whole: computed, captured in VUCEM, signed. Source: Guía RAOCE 2024, screens of VUCEM.

What is signed needs pydantic and is imported by its own name, when somebody signs or verifies.
"""

from raoce.solicitud.reporte import Reporte, is_consigned

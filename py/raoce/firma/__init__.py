"""The signed file and who signed it: JWS, certificates of the SAT, their authorities, the signature of practice.

Source: RFC 7515, 8725 and 5280; certificates as the SAT gives them.

What reads certificates is imported by its own name, when somebody signs or verifies.
"""

from raoce.firma.documento import SELLO, Documento

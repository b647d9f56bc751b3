"""Instruments as XLSForm, the spreadsheets of ODK, KoboToolbox and SurveyCTO.

docs/guide/instrument-format.md says how each part is written; the columns that begin with `mgmp_`
hold what XLSForm has no place for, and its programs pass over them.
"""

from observations.xlsform.opening import LARGEST_FILE
from observations.xlsform.reading import read_xlsform
from observations.xlsform.writing import write_xlsform

__all__ = ["LARGEST_FILE", "read_xlsform", "write_xlsform"]

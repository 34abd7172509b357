"""Capitals beside an amount that name no drug: ways, times, forms, units, measures, places, group labels."""

from __future__ import annotations

NO_NAME = (
    r"IV|IM|SC|PO|IP|AUC|MTD|DL|IU|BID|TID|QID|QD|OD|ER|XR|SR|CR|IR|MR|XL|LAR|OROS|DR|PR|XT|EC|ODT|HFA|MDI|DPI|TDS|TTS|HCl|HBr"
    r"|HR|GI|MAC|ID|IN|IA|RT|CRI|CI|BW|PCA|LA|FDC|DL\d|[A-Z]\d{1,2}"
)
"""What stands beside a dose and is a route, a time or a form."""
RAYS = r"RT|EBRT|SBRT|WBRT|SABR|PCI|TBI"
"""Short forms of radiotherapies, with an amount of grays beside them."""
NO_SUBSTANCE = (
    rf"{NO_NAME}|Q[DWMNHL]|QOD|QHS|QAM|QPM|BDS?|BIW|TIW|HS|PRN|AM|PM|SL|IVI|IVB|IO|LD|HD|MD|SD|SE|SEM|OR|RR|PK|PD|ED|FFM|LBM|[ITPAL]BW|BSA|BMI|RE|TE|NE|RAE|DFE"
    r"|USP|BP|JP|EP|UK|US|USA|EU|TU|CFU|PFU|FFU|MU|PRBC|RBC|FFP|HA|DNA|RNA|PCR|PBS|OGTT|GTT|GCT|BUN|GFR|HB|HGB|LDL|HDL|CRP|PSA|TG|TC|TSH"
    r"|CT|MR|MRI|PET|ECG|EMG|VAS|NRS|ASA|FDA|WHO|NIH|TPN|ICU|OT|OPD|AND|OR|WITH|OF|THE|FOR|TO|BY|PER|DAY|TOTAL|DOSE|ARM|GROUP|I{1,3}|II?V|VI{0,3}"
)
"""The same with everything else in capitals that an amount stands beside and is not of."""

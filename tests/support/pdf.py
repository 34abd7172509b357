"""Writes PDFs for the tests: words at places, as a typesetter's program leaves them."""

from __future__ import annotations

from collections.abc import Sequence

# (x, y, size, text) in points from the lower left; text in StandardEncoding, where \xae is the ligature fi
Placed = tuple[float, float, float, str]


def pdf(pages: Sequence[Sequence[Placed]], title: str = "") -> bytes:
    """A PDF with these words on its pages."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * i} 0 R' for i in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /StandardEncoding >>",
        f"<< /Title ({title}) >>",
    ]
    for i, page in enumerate(pages):
        stream = "\n".join(f"BT /F1 {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, size, text in page)
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * i} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    data, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{at:010} 00000 n \n" for at in places)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    data += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{data.index('xref')}\n%%EOF\n"
    return data.encode("latin-1")


def column(x: float, y: float, lines: Sequence[str], *, size: float = 10, step: float = 12) -> list[Placed]:
    """Lines under each other."""
    return [(x, y - step * i, size, line) for i, line in enumerate(lines)]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

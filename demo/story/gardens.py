"""The gardens of KESRAKU and their harvests."""

from __future__ import annotations

from demo.story.shapes import Garden

GARDENS = (
    Garden(
        name="Kebun Kelas V",
        crop="Kangkung",
        families=1,
        story="Murid merawat kebun dekat sekolah. Semua hasil panen diserahkan.",
        harvests=((120, 4500), (90, 7000), (60, 6000), (30, 11_500), (3, 9000)),
    ),
    Garden(
        name="Kebun Kelas VI",
        crop="Bayam",
        families=2,
        story="Kebun kedua, dirawat bergantian oleh lima regu. Air diambil dari pancuran.",
        harvests=((45, 3200), (15, 2800)),
    ),
)

"""What a program sends to plan and change a session, as the description of the API shows it."""

from drf_spectacular.utils import OpenApiExample

LESSON = OpenApiExample(
    "A model lesson with three observers, in school hours",
    value={
        "group": 1,
        "kind": "lesson",
        "teacher": 7,
        "observers": [8, 9, 10],
        "observer_places": 5,
        "title": "Mengapa daun tidak semuanya hijau?",
        "goal": "Murid menjelaskan fungsi pigmen daun dari pengamatannya sendiri.",
        "phase": "D",
        "grade": 8,
        "place": "Kebun sekolah",
        "starts_at": "2027-01-14T09:00:00+08:00",
        "ends_at": "2027-01-14T10:20:00+08:00",
        "despite": ["school-hours-2027-01-14"],
        "submission": "2f0c8f4e-6a36-4bb0-9d0a-5d3a6d0a7c11",
    },
    request_only=True,
)
MEETING = OpenApiExample(
    "A workshop with its agenda, also online",
    value={
        "group": 1,
        "kind": "workshop",
        "title": "Menyusun program semester genap",
        "goal": "Program semester yang disepakati.",
        "leader": 7,
        "note_taker": 8,
        "mode": "blended",
        "place": "Aula",
        "provider": "link",
        "online_link": "https://meet.google.com/abc-defg-hij",
        "starts_at": "2027-01-14T13:00:00+08:00",
        "ends_at": "2027-01-14T17:00:00+08:00",
        "lesson_hours": 5,
        "hour_length": 45,
        "capacity": 40,
        "agenda": [
            {"title": "Pembukaan", "minutes": 15},
            {"title": "Program semester", "minutes": 150, "speaker": 9},
            {"title": "Asesmen", "minutes": 60, "speaker_name": "Dr. Sitti Rahma, BPMP"},
        ],
        "submission": "7c1a1c3e-0f55-4f0a-8a52-0f0f6f3f9e21",
    },
    request_only=True,
)
DESPITE = OpenApiExample(
    "Moved to a holiday, as the answer before warned",
    value={
        "starts_at": "2027-01-01T13:00:00+08:00",
        "ends_at": "2027-01-01T17:00:00+08:00",
        "despite": ["holiday-2027-01-01"],
    },
    request_only=True,
)

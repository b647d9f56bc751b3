"""Who plays in the demo: some sixty people, of whom eight have easy names to sign in with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, User
from accounts.roles import Duty
from demo.clock import Calendar
from demo.people import Person, invent
from schools.models import Level, School

PASSWORD = "belajar-bersama"  # noqa: S105 -- the demo's, printed at every start
SIGN_INS = {
    "ketua": _("ketua MGMP IPA (pengurus)"),
    "guru": _("guru, anggota MGMP IPA"),
    "model": _("guru model siklus berjalan"),
    "guruinti": _("guru inti MGMP IPA"),
    "pengawas": _("pengawas enam SMP"),
    "kepsek": _("kepala sekolah"),
    "dinas": _("Dinas Pendidikan"),
    "admin": _("admin platform, halaman /admin/"),
}
SCIENCE = ("ketua", "sekretaris", "bendahara", "guruinti", "instruktur", "model", "guru")
# Of these members of MGMP IPA the pengawas supervises the schools.
SUPERVISED = (5, 6, 9, 10, 14, 18)
SCIENCE_SIZE, MATHS_SIZE, SEKO_SIZE = 24, 20, 12


class Cast:
    """The people of the demo, by username and by group, in a fixed order."""

    def __init__(self, calendar: Calendar) -> None:
        people = iter(invent(SCIENCE_SIZE + MATHS_SIZE + SEKO_SIZE + 5))
        smp = list(School.objects.filter(level=Level.SMP, is_public=True).order_by("npsn"))
        seko = School.objects.filter(level=Level.SD, district__name="Seko").order_by("npsn")
        self.schools = smp
        self.password = make_password(PASSWORD)
        self.since = calendar.at(-100, 8)
        names = [*SCIENCE, *[""] * (SCIENCE_SIZE - len(SCIENCE))]
        self.science = [
            self._add(next(people), school, name)
            for name, school in zip(names, smp[::3], strict=False)
        ]
        self.maths = [
            self._add(next(people), school) for school in (smp[1::3] + smp[2::3])[:MATHS_SIZE]
        ]
        self.seko = [
            self._add(next(people), school, titles="S.Pd.SD") for school in seko[:SEKO_SIZE]
        ]
        self._appoint(people, calendar)
        self._add(next(people), smp[5], "pendatang", approved=False)

    def get(self, username: str) -> User:
        """Fetch the person afresh, so that nothing remembered of another day is used."""
        return User.objects.select_related("school").get(username=username)

    def _add(
        self,
        person: Person,
        school: School | None,
        username: str = "",
        *,
        titles: str = "",
        approved: bool = True,
    ) -> str:
        username = username or re.sub(r"[^a-z]+", ".", person.name.lower())
        User.objects.create(
            username=username,
            password=self.password,
            name=person.name,
            title_after=titles or person.title_after,
            nip=person.nip,
            nuptk=person.nuptk,
            school=school,
            approved_at=self.since if approved else None,
        )
        return username

    def _appoint(self, people: Iterator[Person], calendar: Calendar) -> None:
        start = calendar.day(-100)
        supervisor = self.get(self._add(next(people), None, "pengawas", titles="S.Pd., M.M."))
        model_school = self.get("model").school
        for number in SUPERVISED:
            school = self.get(self.science[number]).school
            Appointment.objects.create(
                user=supervisor,
                duty=Duty.SUPERVISOR,
                school=school,
                starts_on=start,
                decree="800/12/Disdik/2026",
            )
        principal = self.get(self._add(next(people), model_school, "kepsek", titles="S.Pd., M.Pd."))
        Appointment.objects.create(
            user=principal,
            duty=Duty.PRINCIPAL,
            school=model_school,
            starts_on=start,
            decree="821/44/BKPSDM/2024",
        )
        officer = self.get(self._add(next(people), None, "dinas", titles="S.Sos., M.Si."))
        Appointment.objects.create(user=officer, duty=Duty.DISTRICT_OFFICER, starts_on=start)
        admin = self.get(self._add(next(people), None, "admin"))
        admin.is_staff = admin.is_superuser = True
        admin.save(update_fields=["is_staff", "is_superuser"])

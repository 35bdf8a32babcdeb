using PracticeApp.Booking;
using PracticeApp.Platform;
using PracticeApp.Practices;

namespace PracticeApp.Demo;

/// <summary>How the practice runs: who answers when, closed days, where it refers, when its psychologists work.</summary>
internal static class SeedHouse
{
    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        var shifts = Rota(s).ToList();
        s.Db.RotaShifts.AddRange(shifts);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(s.Now, s.Zone));
        var closed = Enumerable.Range(today.Year, 2).SelectMany(year => s_closed.Select(c => new ClosedDay(s.PracticeId, new DateOnly(year, c.Month, c.Day), s.Cast.Language == "fi" ? c.Finnish : c.Bosnian)))
            .Where(c => c.Day != today).ToList();
        s.Db.AddRange(closed);
        s.Rota = new Rota(shifts, closed.Select(c => c.Day).ToHashSet(), s.Zone);
        // The directory is the staff's; nobody else may write it.
        await s.AsAsync(s.Psychologist(0), ct);
        Refer(s);
        for (var n = 0; n < s.Cast.Psychologists.Count; n++) Work(s, n, today);
        await s.SaveAsync(ct);
    }

    /// <summary>The front desk by day, a psychologist into the evening in turns, somebody at the weekend. At night nobody, and the pages say so.</summary>
    private static IEnumerable<RotaShift> Rota(Settlement s)
    {
        RotaShift Shift(Guid user, DayOfWeek day, int from, int until) => new(s.PracticeId, user, day, new TimeOnly(from, 0), new TimeOnly(until, 0));
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var turn = s.Psychologist((int)day % s.Cast.Psychologists.Count);
            if (day is DayOfWeek.Saturday or DayOfWeek.Sunday) yield return Shift(turn, day, 10, 18);
            else
            {
                yield return Shift(s.Operator, day, 9, 17);
                yield return Shift(turn, day, 8, 20);
            }
        }
    }

    private static void Refer(Settlement s)
    {
        foreach (var entry in s.Cast.Slug == "lipa" ? s_lipaReferrals : s_saaristoReferrals)
        {
            var one = new ReferralContact(s.PracticeId, entry.Name, entry.Kind, entry.Field, entry.Notes, entry.Themes.Select(t => s.Themes[t]))
                .At(entry.Phone, entry.Mail, entry.Address, entry.Web);
            s.Referrals.Add(one);
            s.Db.Add(one);
        }
    }

    /// <summary>Nine to five with a break at noon; the first one's full day lasts longer. An evening online for some.</summary>
    private static void Work(Settlement s, int n, DateOnly today)
    {
        var (psychologist, room) = (s.Psychologist(n), s.Rooms[n].Id);
        WorkingHours Hours(DayOfWeek day, int from, int until, MeetingPlace place = MeetingPlace.Room) => new(s.PracticeId, psychologist, day, new TimeOnly(from, 0), new TimeOnly(until, 0), place, room);
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            var full = n == 0 && day == today.DayOfWeek;
            if (day is DayOfWeek.Saturday or DayOfWeek.Sunday && !full) continue;
            s.Db.Add(Hours(day, 9, full ? 19 : 17));
            s.Db.Add(WorkingHours.Break(s.PracticeId, psychologist, day, new TimeOnly(full ? 13 : 12, 0), new TimeOnly(full ? 14 : 13, 0)));
            if (n % 2 == 0 && day == DayOfWeek.Wednesday && !full) s.Db.Add(Hours(day, 18, 20, MeetingPlace.Online));
        }
        foreach (var year in new[] { today.Year, today.Year + 1 })
        {
            var first = Year.Holiday(year, n);
            s.Db.Add(HoursException.DaysOff(s.PracticeId, psychologist, first, first.AddDays(13)));
        }
    }

    private static readonly (int Month, int Day, string Bosnian, string Finnish)[] s_closed =
        [(1, 1, "Nova godina", "Uudenvuodenpäivä"), (1, 2, "Nova godina", "Loma"), (5, 1, "Praznik rada", "Vappu"), (12, 25, "Božić", "Joulupäivä")];

    private sealed record Entry(string Name, ContactKind Kind, string Field, string Phone, string Mail, string Address, string Web, string Notes, string[] Themes);

    private static readonly Entry[] s_lipaReferrals =
    [
        new("dr. Amela Tanović", ContactKind.Psychiatrist, "psihijatrica", "+387 33 555 201", "ordinacija@tanovic.example", "Kranjčevićeva 7, Sarajevo", "", "Prima u roku od deset dana; hitne istog dana.", ["low-mood", "own-dependence", "trauma"]),
        new("dr. Mirza Sarić", ContactKind.Doctor, "porodični ljekar", "+387 33 555 206", "", "Alipašina 12, Sarajevo", "", "Radi krvnu sliku i štitnjaču isti dan.", ["body", "low-mood"]),
        new("Centar Iskra", ContactKind.CrisisOrSocial, "pomoć kod ovisnosti, i za porodicu", "+387 33 555 202", "javi.se@iskra.example", "", "https://iskra.example", "Grupa za članove porodice četvrtkom u 18.", ["own-dependence", "dependence-of-someone-close"]),
        new("Sigurna kuća Breza", ContactKind.CrisisOrSocial, "zaštita od nasilja u porodici, dan i noć", "0800 555 203", "", "", "", "Nikad ne slati pismo poštom.", ["couple-relations", "trauma"]),
        new("Nedim Alić", ContactKind.Other, "porodično pravo, prvi savjet besplatan", "+387 33 555 204", "nedim@alic.example", "", "", "", ["divorce-or-separation", "children"]),
        new("Dječiji kabinet Maslačak", ContactKind.Psychologist, "psiholog za djecu do dvanaest godina", "+387 33 555 205", "", "Titova 30, Sarajevo", "https://maslacak.example", "Čeka se tri sedmice.", ["children"]),
    ];

    private static readonly Entry[] s_saaristoReferrals =
    [
        new("Psykiatri Leena Salmi", ContactKind.Psychiatrist, "psykiatri", "+358 2 555 0201", "leena@salmi.example", "Yliopistonkatu 5, Turku", "", "Aika kahdessa viikossa.", ["low-mood", "trauma"]),
        new("Perheneuvola Aura", ContactKind.CrisisOrSocial, "lapset ja perheet", "+358 2 555 0202", "", "", "https://aura.example", "", ["children", "teenagers"]),
    ];
}

using PracticeApp.Booking;
using PracticeApp.Demo;
using PracticeApp.Practices;

namespace PracticeApp.Tests.Demo;

public sealed class YearTests
{
    private static readonly TimeZoneInfo Sarajevo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Sarajevo");

    public static TheoryData<DateTime> Days() => [.. new[] { "2026-03-16T09:30", "2026-03-29T11:00", "2026-08-01T23:30", "2026-12-25T06:00", "2028-02-29T12:00" }
        .Select(t => DateTime.SpecifyKind(DateTime.Parse(t, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc))];

    [Theory, MemberData(nameof(Days))]
    public void Nobody_is_booked_twice_at_the_same_time(DateTime now)
    {
        foreach (var psychologist in Of(now).Clients.GroupBy(c => c.Psychologist))
        {
            var hours = psychologist.SelectMany(c => c.Hours).OrderBy(h => h.StartsAt).ToList();
            Assert.All(hours.Zip(hours.Skip(1)), pair => Assert.True(pair.First.StartsAt.AddMinutes(pair.First.Minutes + 10) <= pair.Second.StartsAt, $"{pair}"));
        }
    }

    [Theory, MemberData(nameof(Days))]
    public void The_first_psychologist_has_a_full_day_whenever_one_looks(DateTime now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(now, Sarajevo));
        var hours = Of(now).Clients.Where(c => c.Psychologist == 0).SelectMany(c => c.Hours).Select(h => TimeZoneInfo.ConvertTimeFromUtc(h.StartsAt, Sarajevo)).Where(h => DateOnly.FromDateTime(h) == today);
        Assert.Equal([9, 10, 12, 14, 15, 18], hours.Select(h => h.Hour).Order());
    }

    [Theory, MemberData(nameof(Days))]
    public void What_is_still_to_come_has_not_happened_yet(DateTime now)
    {
        var year = Of(now);
        foreach (var client in year.Clients)
        {
            Assert.True(client.ReceivedAt < client.AnsweredAt && client.AnsweredAt < client.AcceptedAt, client.Name);
            Assert.All(client.Hours.Where(h => h.StartsAt > now), h => Assert.Null(h.Attendance));
            Assert.All(client.Hours, h => Assert.True((h.CancelledAt ?? h.StartsAt.AddMinutes(-1)) < h.StartsAt && (h.ConfirmedAt ?? DateTime.MinValue) < h.StartsAt));
            Assert.True(client.EndedAt is null || client.Hours.All(h => h.StartsAt < client.EndedAt));
        }
        Assert.All(year.Enquiries, e => Assert.True(e.ReceivedAt < now));
    }

    [Fact]
    public void The_same_day_gives_the_same_year() =>
        Assert.Equal(Describe(Of(World.Start)), Describe(Of(World.Start)));

    [Fact]
    public void It_is_a_year_of_a_hundred_and_fifty_people_with_every_outcome_and_attendance()
    {
        var year = Of(World.Start);
        Assert.Equal(150, year.Clients.Count);
        Assert.InRange(year.Clients.Count(c => c.Outcome == Outcome.InWork), 90, 125);
        Assert.Equal(Enum.GetValues<Outcome>().Order(), year.Clients.Select(c => c.Outcome).Distinct().Order());
        Assert.InRange(year.Clients.Sum(c => c.Hours.Count), 1500, 3500);
        Assert.Equal(6, year.Clients.SelectMany(c => c.Hours).Where(h => h.Attendance is not null).Select(h => h.Attendance).Distinct().Count());
        Assert.Equal(150, year.Clients.Select(c => c.Email).Distinct().Count());
        Assert.Empty(year.Clients.GroupBy(c => c.Name).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Empty(year.Clients.GroupBy(c => (c.Psychologist, c.Complaint)).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Clients_known_by_name_have_words_of_their_own_language()
    {
        foreach (var known in Cast.Lipa.Clients)
        {
            var client = Assert.Single(Of(World.Start).Clients, c => c.Email == known.Email);
            Assert.Equal((known.Name, known.Language, known.Woman), (client.Name, client.Story.Language, client.Woman));
            Assert.Equal(Outcome.InWork, client.Outcome);
        }
    }

    [Fact]
    public void Every_story_is_whole()
    {
        foreach (var story in new[] { "en", "bs", "ru", "fi" }.SelectMany(Year.Stories))
        {
            Assert.Contains(story.Theme, Theme.DefaultKeys);
            Assert.Equal((2, 5, 4), (story.Complaints.Length, story.Levels.Length, story.Steps.Length));
            Assert.True(story.Wordings.Length >= 2 && story.Hours.Length >= 3, story.Complaints[0]);
        }
    }

    private static Year Of(DateTime now) => new(Cast.Lipa.Seed, now, Sarajevo, [.. Cast.Lipa.Psychologists.Select(p => p.Speaks)], Cast.Lipa.ClientsEach, Cast.Lipa.ClientsMail, Cast.Lipa.Clients);

    private static string Describe(Year year) => string.Join('\n', year.Clients.Select(c => $"{c with { Hours = [] }} {string.Join(';', c.Hours)}").Concat(year.Enquiries.Select(e => e.ToString())));
}

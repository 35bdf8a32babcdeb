using Microsoft.EntityFrameworkCore;
using PracticeApp.Booking;

namespace PracticeApp.Demo;

/// <summary>Hours that change: shorter days in the coming summer, a room that is closed in the evening and between the years, a limit in a row.</summary>
internal static class SeedHours
{
    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(s.Now, s.Zone));
        var room = s.Rooms[^1];
        for (var day = DayOfWeek.Monday; day <= DayOfWeek.Friday; day++) s.Db.Add(new RoomHours(s.PracticeId, room.Id, day, new(8, 0), new(18, 0)));
        var closed = Enumerable.Range(27, 5).Select(day => new DateOnly(today.Year, 12, day)).ToArray();
        await s.Db.Rooms.Where(r => r.Id == room.Id).ExecuteUpdateAsync(x => x.SetProperty(r => r.ClosedDays, closed), ct);

        var who = s.Psychologist(0);
        (await s.Db.BookingRules.AsTracking().SingleAsync(r => r.PsychologistId == who, ct)).Limit(5, 30, false, false, false);
        var summer = LocalTime.MondayOf(new DateOnly(today.Month < 6 ? today.Year : today.Year + 1, 7, 7));
        TypedHours[] morning = [new(new(9, 0), new(13, 0), false, SlotPlace.InRoom(s.Rooms[0].Id))];
        await new SetHours(s.Db).RunAsync(s.Psychologist(0), [morning, morning, morning, morning, [], [], []], summer, summer.AddDays(41), ct);
        await s.SaveAsync(ct);
    }
}

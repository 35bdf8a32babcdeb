using PracticeApp.Bench;

switch (args)
{
    case ["pages", .. var rest]:
        return await PagesBench.RunAsync(rest);
    case ["booking", .. var rest]:
        return await BookingBench.RunAsync(rest);
    case ["coach"]:
        return CoachBench.Run();
    case ["slots"]:
        return await SlotsBench.RunAsync();
    default:
        Console.Error.WriteLine("""
            dotnet run -c Release --project tests/Practice.Bench -- pages [--seconds 10]
            dotnet run -c Release --project tests/Practice.Bench -- booking [--seconds 10]
            dotnet run -c Release --project tests/Practice.Bench -- coach
            dotnet run -c Release --project tests/Practice.Bench -- slots

            pages   the day page and the booking page against a bare endpoint that sends the same statements and bytes
            booking whole booking requests of signed-in clients against pgbench that sends the same statements
            coach   the coach and the safety screen on one core, in each language; 1 when over the limits
            slots   30 days of one psychologist, pure; the first free with any of 50 by theme, with its queries; 1 when over the limits
            """);
        return 2;
}

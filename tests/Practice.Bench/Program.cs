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
    case ["reminders", .. var rest]:
        return await RemindersBench.RunAsync(rest);
    case ["faults", .. var rest]:
        return await FaultsBench.RunAsync(rest);
    case ["instance", .. var rest]:
        return await FaultsBench.InstanceAsync(rest);
    case ["sink", .. var rest]:
        return await SinkCommand.RunAsync(rest);
    default:
        Console.Error.WriteLine("""
            dotnet run -c Release --project tests/Practice.Bench -- pages [--seconds 10]
            dotnet run -c Release --project tests/Practice.Bench -- booking [--seconds 10]
            dotnet run -c Release --project tests/Practice.Bench -- coach
            dotnet run -c Release --project tests/Practice.Bench -- slots
            dotnet run -c Release --project tests/Practice.Bench -- reminders [--notices 100000]
            dotnet run -c Release --project tests/Practice.Bench -- faults [reminders|bookings]
            dotnet run --project tests/Practice.Bench -- sink [PORT [MOOD]]

            pages   the day page and the booking page against a bare endpoint that sends the same statements and bytes
            booking whole booking requests of signed-in clients against pgbench that sends the same statements
            coach   the coach and the safety screen on one core, in each language; 1 when over the limits
            reminders  due reminders claimed, put into words, handed to a mail server of its own and marked, against the bare loop in SQL
            faults  instances killed while they send reminders, PostgreSQL killed while clients book: nothing lost; 1 when something is
            sink    a small mail server on this machine that prints what arrives; MOOD: accept, refuse-for-good, refuse-for-now, slow, silent, cut-after-the-dot
            slots   30 days of one psychologist, pure; the first free with any of 50 by theme, with its queries; 1 when over the limits
            """);
        return 2;
}

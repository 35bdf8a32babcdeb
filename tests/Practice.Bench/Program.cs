using PracticeApp.Bench;

switch (args)
{
    case ["pages", .. var rest]:
        return await PagesBench.RunAsync(rest);
    default:
        Console.Error.WriteLine("""
            dotnet run -c Release --project tests/Practice.Bench -- pages [--seconds 10]

            pages   the day page and the booking page against a bare endpoint that sends the same statements and bytes
            """);
        return 2;
}

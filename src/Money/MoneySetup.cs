namespace PracticeApp.Money;

public static class MoneySetup
{
    public static void AddMoney(this IServiceCollection services)
    {
        services.AddScoped<ReadMoney>();
        services.AddScoped<TellOfMoney>();
        services.AddScoped<IssueDocuments>();
        services.AddScoped<DrawFromPackages>();
        services.AddScoped<SellPackages>();
        services.AddScoped<TakeCardMessage>();
        services.AddScoped<LookAtUnpaid>();
        services.AddSingleton<RemindOfUnpaid>();
        services.AddSingleton<CardProvider>();
    }
}

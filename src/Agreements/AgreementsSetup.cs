namespace PracticeApp.Agreements;

public static class AgreementsSetup
{
    public static void AddAgreements(this IServiceCollection services)
    {
        services.AddScoped<DraftAgreement>();
        services.AddScoped<RecordAct>();
        services.AddScoped<ReadAgreement>();
        services.AddScoped<SendAgreement>();
        services.AddScoped<SignAgreement>();
        services.AddScoped<AskAboutClause>();
        services.AddScoped<ReadTalk>();
        services.AddSingleton<SealAgreements>();
        services.AddSingleton<FollowUpAgreements>();
        services.AddSingleton<CheckSealedDocuments>();
        services.AddSingleton<FindSealed>();
    }
}

namespace PracticeApp.Booking;

public static class BookingSetup
{
    public static void AddBooking(this IServiceCollection services)
    {
        services.AddScoped<Occupying>();
        services.AddScoped<OfferedSlots>();
        services.AddScoped<FindObjections>();
        services.AddScoped<WhatItCosts>();
        services.AddScoped<TellOfBooking>();
        services.AddScoped<WhatBookingAsks>();
        services.AddScoped<PaidBeforehand>();
        services.AddScoped<BookSession>();
        services.AddScoped<MoveAppointment>();
        services.AddScoped<CancelAppointment>();
        services.AddScoped<GroupCosts>();
        services.AddScoped<TakeBack>();
        services.AddScoped<TakeAbsence>();
        services.AddScoped<SetHours>();
        services.AddScoped<FeedEvents>();
        services.AddScoped<FindClashes>();
        services.AddScoped<SeriesActs>();
        services.AddScoped<GroupActs>();
        services.AddScoped<WhoWaits>();
        services.AddScoped<KeepWaitlist>();
        services.AddScoped<TellOfOffer>();
        services.AddScoped<AnswerOffer>();
        services.AddSingleton<OfferFreedTime>();
        services.AddScoped<ReleaseTime>();
        services.AddSingleton<ReleaseUnpaid>();
        services.AddSingleton<RewriteReminders>();
    }
}

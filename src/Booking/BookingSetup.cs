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
        services.AddScoped<BookSession>();
        services.AddScoped<MoveAppointment>();
        services.AddScoped<CancelAppointment>();
        services.AddScoped<TakeBack>();
        services.AddScoped<TakeAbsence>();
        services.AddScoped<CalendarWeek>();
        services.AddScoped<SetHours>();
        services.AddScoped<FeedEvents>();
        services.AddScoped<FindClashes>();
        services.AddScoped<SeriesActs>();
    }
}

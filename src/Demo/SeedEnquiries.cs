using PracticeApp.Clients;
using PracticeApp.Engagements;
using PracticeApp.Enquiries;
using PracticeApp.Platform;
using PracticeApp.Platform.Encryption;
using PracticeApp.Practices;
using PracticeApp.Requests;

namespace PracticeApp.Demo;

/// <summary>Who wrote in: those who became clients, those who were helped on elsewhere, and those who wait on the board now.</summary>
internal static class SeedEnquiries
{
    internal static Enquiry Enquiry(Settlement s, string name, string? email, string phone, int n, EnquiryDoor door, Story story, DateTime at, DataKey key)
    {
        var promise = AnswerPromise.From(s.Rota, new PracticePolicy().PromiseHours, at);
        var enquiry = new Enquiry(s.PracticeId, door, name.Split(' ')[0], email, phone, Contact(n), story.Language, s.Cast.Zone, s.Cast.Country, key.OwnerId, at, promise.DueAt, Ids.New());
        enquiry.Note(door == EnquiryDoor.Form ? EnquiryActKind.Received : EnquiryActKind.WrittenDown, at, door == EnquiryDoor.Form ? null : s.Operator);
        foreach (var told in s.Rota.On(at)) enquiry.Note(EnquiryActKind.RotaTold, at, whom: told);
        if (s.Rota.On(at).Count == 0) enquiry.Note(EnquiryActKind.NobodyOnRota, at);
        return enquiry;
    }

    internal static Complaint Complaint(Settlement s, string text, Story story, EnquiryDoor door, DateTime at, DataKey key, Guid enquiry) =>
        new(s.PracticeId, key, text, story.Language, door == EnquiryDoor.Form ? WrittenBy.Client : WrittenBy.Operator, at, story.About, story.HowOften, story.Strength, story.Cost, enquiry, null, null);

    internal static void Accept(Settlement s, Enquiry enquiry, Client client, Engagement engagement, PlannedClient plan)
    {
        enquiry.Take(plan.Door == EnquiryDoor.Form ? engagement.PsychologistId : s.Operator, plan.AnsweredAt);
        enquiry.Answer(plan.Door == EnquiryDoor.Form ? engagement.PsychologistId : s.Operator, plan.AnsweredAt);
        enquiry.Accept(client.Id, engagement.PsychologistId, engagement.PsychologistId, plan.AcceptedAt);
    }

    internal static async Task WriteAsync(Settlement s, CancellationToken ct)
    {
        var n = 0;
        foreach (var plan in s.Year.Enquiries)
        {
            var key = await s.Vault.NewKeyAsync(ct);
            var enquiry = Enquiry(s, plan.Name, null, plan.Phone, n++, plan.Door, plan.Story, plan.ReceivedAt, key);
            enquiry.For(plan.Story.Theme == "children" ? ForWhom.Child : ForWhom.Adult);
            if (plan.AnsweredAt is { } at) Close(s, enquiry, plan.State, at, key);
            s.Db.Enquiries.Add(enquiry);
            s.Db.Complaints.Add(Complaint(s, plan.Story.Complaints[plan.Telling], plan.Story, plan.Door, plan.ReceivedAt, key, enquiry.Id));
        }
        await InDangerAsync(s, ct);
        await s.SaveAsync(ct);
    }

    private static void Close(Settlement s, Enquiry enquiry, EnquiryState state, DateTime at, DataKey key)
    {
        var by = s.Psychologist(s.Random.Next(s.Cast.Psychologists.Count));
        enquiry.Take(by, at.AddMinutes(-5));
        if (state == EnquiryState.Withdrawn)
        {
            enquiry.Withdraw(by, at);
            return;
        }
        var contact = s.Referrals.Count > 0 ? s.Referrals[s.Random.Next(s.Referrals.Count)] : null;
        s.Db.EnquiryLetters.Add(new EnquiryLetter(enquiry, key, $"{s_letters[enquiry.Language]}\n\n{contact?.Name}, {contact?.Field}\n{contact?.Contact}", contact?.Id, by, at));
        if (state == EnquiryState.Referred) enquiry.Refer(by, at);
        else enquiry.Decline(by, at);
    }

    /// <summary>Somebody in danger, so that one sees how the house answers: first on the board, crisis contacts shown, the rota told.</summary>
    private static async Task InDangerAsync(Settlement s, CancellationToken ct)
    {
        var (at, story) = (s.Now.AddMinutes(-40), Year.Stories("en")[3]);
        var key = await s.Vault.NewKeyAsync(ct);
        var enquiry = Enquiry(s, "M.", null, "+387 61 000 414", 2, EnquiryDoor.Form, story, at, key);
        enquiry.Note(EnquiryActKind.CrisisContactsShown, at);
        enquiry.For(ForWhom.Minor);
        var complaint = Complaint(s, "I don’t see the point of anything any more and I am afraid of what I think at night. I don’t want my family to know that I wrote.", story, EnquiryDoor.Form, at, key, enquiry.Id);
        s.Db.Enquiries.Add(enquiry);
        s.Db.Complaints.Add(complaint);
        s.Db.SafetyFlags.Add(new SafetyFlag(s.PracticeId, "complaints", complaint.Id, Danger.Self, at, enquiry.Id, null, null));
    }

    private static ContactRules Contact(int n) => new()
    {
        Mail = n % 9 != 0, Text = n % 2 == 0, Call = n % 3 != 0, Voicemail = n % 5 == 0,
        When = n % 7 == 0 ? "17–19" : null, SenderName = n % 6 == 0 ? "L. H." : null,
    };

    private static readonly Dictionary<string, string> s_letters = new()
    {
        ["en"] = "Thank you for writing to us. We are not the right place for what you bring, and we do not want you to wait for nothing. We have spoken with a colleague who works with exactly this and has room:",
        ["bs"] = "Hvala što ste nam pisali. Za ono s čim dolazite mi nismo pravo mjesto, a ne želimo da čekate uzalud. Kolegica koja radi upravo s tim ima slobodan termin:",
        ["ru"] = "Спасибо, что написали нам. Для того, с чем вы пришли, мы не лучшее место, и мы не хотим, чтобы вы ждали напрасно. Есть коллега, которая работает именно с этим и может вас принять:",
        ["fi"] = "Kiitos, että kirjoitit meille. Emme ole oikea paikka sille, minkä kanssa tulet, emmekä halua, että odotat turhaan. Kollega, joka tekee juuri tätä työtä, voi ottaa sinut vastaan:",
    };
}

using System.Collections.Immutable;
using Microsoft.Extensions.Localization;
using PracticeApp.Agreements;
using PracticeApp.Booking;
using PracticeApp.Platform;

namespace PracticeApp.Demo;

/// <summary>Agreements in every state, with their chain of evidence and, where both have signed, the sealed document.</summary>
internal static class SeedAgreements
{
    internal static async Task WriteAsync(Settlement s, string address, IStringLocalizer<Agreements.Texts> t, CancellationToken ct)
    {
        var (first, second) = SeedTemplates.Write(s);
        var texts = new[] { first, second }.SelectMany(t => Languages.All.Select(l => (Template: t, l.Code))).ToDictionary(x => (x.Template.Number, x.Code), x => x.Template.In(x.Code));
        foreach (var own in s.Clients.GroupBy(c => c.Engagement.PsychologistId))
        {
            await s.AsAsync(own.Key, ct);
            var psychologist = s.Cast.Psychologists[own.First().Plan.Psychologist].Name;
            foreach (var client in own) new OneAgreement(s, client, psychologist, address, t).Write(first, second, texts);
            await s.SaveAsync(ct);
        }
    }

    /// <summary>One agreement from draft to seal, each act at its time.</summary>
    private sealed class OneAgreement(Settlement s, Settled client, string psychologist, string address, IStringLocalizer<Agreements.Texts> t)
    {
        private readonly List<string> _acts = [];
        private Agreement _agreement = null!;
        private AgreementDocument _document = null!;

        private string Language => client.Plan.Story.Language;

        public void Write(AgreementTemplate first, AgreementTemplate second, Dictionary<(int Number, string Language), AgreementText> texts)
        {
            var held = client.Plan.Hours.Where(h => h.StartsAt < s.Now && h.Attendance == AttendanceKind.Attended).Select(h => h.StartsAt).ToList();
            if (held.Count == 0) return;
            var sent = held[0].AddMinutes(50);
            var template = sent < second.PublishedAt ? first : second;
            var text = texts[(template.Number, Language)];
            var terms = Own(template.Terms);
            _agreement = new Agreement(s.PracticeId, client.Engagement.Id, client.Engagement.PsychologistId, template.Id, client.Key.OwnerId, 1, Language, terms, sent.AddMinutes(-12));
            s.Db.Agreements.Add(_agreement);
            var signs = held.Count >= 3 && !IsToSign;
            if (!signs && client.Plan.Number % 7 == 0)
            {
                _agreement.Change(InARentedRoom(template.Terms));
                return;
            }

            Send(text, terms, sent);
            if (!signs && !IsToSign && client.Plan.Number % 3 == 0)
            {
                if (client.Plan.Number % 2 == 0) Decline(sent.AddHours(20));
                FollowUp();
                return;
            }
            View(sent.AddHours(4));
            if (!signs)
            {
                FollowUp();
                return;
            }
            Sign(sent.AddHours(5));
            // One of those that began last waits for the psychologist's own signature.
            if (held.Count == 3 && client.Plan.Outcome == Outcome.InWork) return;
            Countersign(sent.AddHours(22));
            client.AgreementId = _agreement.Id;
            client.InForceAt = _agreement.InForceAt;
            client.Agreed = new AgreedTerms(_agreement.Id, _agreement.Number, _agreement.Terms);
            Seal(sent.AddHours(22).AddSeconds(5));
            if (client.Plan.EndedAt is { } ended)
            {
                _agreement.End(ended);
                Act(ActKind.Ended, ended, byClient: false);
            }
        }

        /// <summary>With some it was agreed that two absences rest online booking, with some that a part is paid two days before.</summary>
        private Terms Own(Terms terms)
        {
            if (s.Cast.Clients.Any(c => c.Email == client.Plan.Email)) return terms;
            if (client.Plan.Hours.Count(h => h.Attendance == AttendanceKind.NoShow && h.StartsAt > s.Now.AddDays(-55) && h.StartsAt < s.Now) >= 2)
                return terms with { Escalations = [.. terms.Escalations, new EscalationTerm(terms.Absence.Clause, EscalationCount.Absences, 2, 60, false, EscalationAction.PauseOnlineBooking)] };
            return client.Plan.Number % 9 == 4 ? terms with { Prepayment = new PrepaymentTerms(terms.Fee.Clause, PrepaymentScope.Always, 50, 48, WhenUnpaid.ReleaseSlot) } : terms;
        }

        /// <summary>A draft somebody has begun to change: two days' notice where a room is rented for the hour.</summary>
        private static Terms InARentedRoom(Terms terms) => terms with
        {
            Overrides =
            [
                TermsOverride.Of(null, SessionPlace.InPerson) with
                {
                    Cancellation = terms.Cancellation with { Tiers = [new(48, Cost.OfPercent(50)), new(12, Cost.OfPercent(100))] },
                    Room = new(terms.Cancellation.Clause, 15m, 48),
                },
            ],
        };

        private bool IsToSign => s.Cast.Clients.Any(c => c.Email == client.Plan.Email && c.FromTheLast == 2);

        private void Send(AgreementText text, Terms terms, DateTime at)
        {
            var setting = new AgreementSetting(client.Plan.Name, client.Client.CalledName, psychologist, s.Cast.Name, s.Cast.Address, s.Cast.Phone, []);
            _document = new AgreementDocument(_agreement.Id, _agreement.Number, Language, s.Cast.Name, psychologist, [client.Plan.Name], at,
                Placeholders.Fill(text, TermsInWords.Values(terms, setting, Language)), TermsCard.Of(terms, Language), terms.ToJson());
            _agreement.Send(_document, client.Key, [client.Client.Id]);
            Act(ActKind.Sent, at, byClient: false);
        }

        /// <summary>What the days since then have brought, so that nobody is reminded of last month.</summary>
        private void FollowUp()
        {
            while (_agreement.NextFollowUpAt <= s.Now) _agreement.FollowUp(_agreement.NextFollowUpAt.Value, FollowUpRule.Default);
            if (_agreement.Expire(s.Now) == ActOutcome.Done) Act(ActKind.Expired, s.Now, byClient: false);
        }

        private void View(DateTime at)
        {
            _agreement.View(at);
            Act(ActKind.Viewed, at, byClient: true);
        }

        private void Decline(DateTime at)
        {
            _agreement.Decline(at);
            Act(ActKind.Declined, at, byClient: true, reason: s_reasons[Language]);
        }

        private void Sign(DateTime at)
        {
            _agreement.Sign(client.Client.Id, _agreement.DocumentHash!, at);
            Act(ActKind.Initialled, at, byClient: true, initials: Initials(_document.Text.InitialledByClient, client.Plan.Name));
            Act(ActKind.Signed, at, byClient: true, name: client.Plan.Name, consent: "Sign.Consent");
        }

        private void Countersign(DateTime at)
        {
            _agreement.Countersign(_agreement.DocumentHash!, at);
            Act(ActKind.Initialled, at, byClient: false, initials: Initials(_document.Text.InitialledByPsychologist, psychologist));
            Act(ActKind.Countersigned, at, byClient: false, name: psychologist, consent: "Sign.Consent");
        }

        private void Seal(DateTime at) =>
            s.Db.SealedDocuments.Add(new SealedDocument(_agreement, AgreementPdf.Draw(CanonicalText.Write(_document), _acts, $"{address}/verify"), client.Key, at));

        private void Act(ActKind kind, DateTime at, bool byClient, string? name = null, string? consent = null, string? reason = null, ImmutableArray<Initials> initials = default)
        {
            var who = new Witnessed(byClient ? "client" : "psychologist", byClient ? client.Plan.Name : psychologist, byClient ? client.UserId : client.Engagement.PsychologistId,
                $"password, {CanonicalText.Instant(at.AddMinutes(-9))}", "127.0.0.1", "Demonstration");
            var act = new Act(_agreement.Id, _acts.Count + 1, kind, at, who, _agreement.DocumentHash!,
                consent is null ? null : Languages.In(Language, () => t[consent].Value), name, initials, reason);
            var previous = _acts.Count == 0 ? _agreement.DocumentHash! : EvidenceChain.Hash(_acts[^1]);
            _acts.Add(EvidenceChain.Write(act, previous));
            s.Db.AgreementActs.Add(new AgreementAct(_agreement, act, previous, byClient ? client.Client.Id : null, client.Key));
        }

        private static ImmutableArray<Initials> Initials(IEnumerable<ResponsibilityTerm> promises, string name) =>
            [.. promises.Select(p => new Initials(p.Number, string.Concat(name.Split(' ').Select(part => part[0]))))];
    }

    private static readonly Dictionary<string, string> s_reasons = new()
    {
        ["en"] = "I would like to talk about the fee first.", ["bs"] = "Prvo bih da razgovaramo o cijeni.",
        ["ru"] = "Сначала хочу поговорить о цене.", ["fi"] = "Haluan ensin puhua hinnasta.",
    };
}

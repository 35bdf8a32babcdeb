using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed class TermsSchemaTests
{
    /// <summary>As it was stored by the first shape.</summary>
    private const string One = """
        {"schemaVersion":1,"currency":"EUR","fee":{"clause":"3","amount":80,"payWithinDays":7},"session":{"clause":"2","minutes":50,"reviewEverySessions":10},
        "cancellation":{"clause":"5","tiers":[{"hoursBefore":24,"cost":{"percent":50,"fixed":null}}]},"absence":{"clause":"6","cost":{"percent":100,"fixed":null}},
        "lateness":{"clause":"7","graceMinutes":15,"endsOnTime":true},"repeats":null,"freePasses":{"clause":"5","count":1,"perDays":365,"coversAbsence":false},
        "reasons":{"clause":"13","reasons":[{"key":"illness","effect":"asks","label":null}]},
        "escalations":[{"clause":"6","counts":"absences","afterEvents":2,"withinDays":60,"inARow":false,"action":"invite-to-talk"}],"prepayment":null,
        "booking":{"clause":"4","highestUnpaid":null,"signedFromSession":2},"moving":{"clause":"5","timesPerAppointment":2,"untilHoursBefore":24,"lateCost":null},
        "room":null,"contact":{"clause":"8","channels":["messages","email"],"hours":{"days":[1,2,3,4,5],"from":"09:00:00","to":"18:00:00"},"minutesPerWeek":15,
        "pricePer15Minutes":null,"answerWithinHours":24,"emergency":{"clause":"16","countsAs":["danger-to-self"],"turnTo":["124"]}},
        "scope":{"clause":"14","revisions":2,"extraWork":[{"key":"report","price":60.5,"per":"piece"}]},
        "psychologist":{"clause":"7","graceMinutes":10,"late":{"cost":{"percent":25,"fixed":null},"freeSession":false},"absent":{"cost":null,"freeSession":true},
        "noticeHours":24,"shortNotice":null,"holidayNoticeDays":14},"ending":{"clause":"15","noticeDays":14,"closingSessionOffered":true},
        "overrides":[{"kind":null,"place":"in-person","fee":null,"session":null,"cancellation":{"clause":"5","tiers":[]},"absence":null,"lateness":null,
        "moving":null,"prepayment":null,"room":{"clause":"5","amount":15,"hoursBefore":48}}]}
        """;

    [Fact]
    public void Terms_of_the_first_shape_are_read_and_mean_the_same()
    {
        var terms = Terms.Parse(One);

        Assert.Empty(terms.Validate());
        Assert.Equal(Terms.CurrentSchema, terms.SchemaVersion);
        Assert.Equal(new ExtraWorkPrice("report", 60.5m, PricedPer.Piece), Assert.Single(terms.Scope.ExtraWork));
        Assert.Empty(terms.Contact.Emergency.Also);
        var over = Assert.Single(terms.Overrides);
        Assert.Equal(TermsOverride.Of(null, SessionPlace.InPerson) with { Cancellation = new("5", []), Room = new("5", 15, 48) }, over with { Cancellation = over.Cancellation! with { Tiers = [] }, Without = [] });
        Assert.Equal(15m, terms.For(null, SessionPlace.InPerson).Room?.Amount);
        Assert.Equal(terms, Terms.Parse(terms.ToJson()));
    }

    [Fact]
    public void What_was_sealed_in_the_first_shape_keeps_its_text_and_its_hash()
    {
        var sealed_ = new AgreementDocument(Guid.Empty, 1, "en", "Lipa", "Lejla", ["Emina"], new DateTime(2026, 1, 5, 9, 0, 0, DateTimeKind.Utc),
            AgreementText.DefaultTemplate("en"), TermsCard.Of(Terms.Parse(One), "en"), One);
        var canonical = CanonicalText.Write(sealed_);

        Assert.Contains("\"schemaVersion\":1,", canonical, StringComparison.Ordinal);
        var read = CanonicalText.Read(canonical);
        Assert.Equal(canonical, CanonicalText.Write(read));
        Assert.Equal(Terms.Parse(One), read.Terms);
    }

    [Theory]
    [InlineData("\"extraWork\":[{", "\"extraWork\":[{\"label\":\"x\",")]
    [InlineData("\"overrides\":[{", "\"overrides\":[{\"without\":[],")]
    [InlineData("\"countsAs\":[", "\"also\":[],\"countsAs\":[")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"EUR\",\"currency\":\"USD\"")]
    [InlineData("\"scope\":{", "\"scope\":{\"surcharge\":1,")]
    [InlineData("\"overrides\":[{", "\"overrides\":[7,{")]
    [InlineData("\"contact\":{", "\"contakt\":{")]
    public void The_first_shape_is_read_as_strictly_as_ever(string from, string to)
    {
        Assert.Contains(from, One, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Terms.Parse(One.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Any_terms_the_first_shape_could_hold_survive_the_way_through_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(AnyAgreedTerms.Arbitrary, any =>
        {
            var terms = any with
            {
                Reminders = null,
                Contact = any.Contact with { Emergency = any.Contact.Emergency with { Also = [] } },
                Scope = any.Scope with { ExtraWork = [.. any.Scope.ExtraWork.Select(w => w with { Label = null })] },
                Overrides = [.. any.Overrides.Select(o => o with { Repeats = null, FreePasses = null, Psychologist = null, Without = [] })],
            };
            Assert.Equal(terms, Terms.Parse(AsOne(terms)));
        }));

    [Fact]
    public void Any_terms_the_second_shape_could_hold_survive_the_way_through_it() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(AnyAgreedTerms.Arbitrary, any =>
        {
            var terms = any with { Reminders = null };
            var json = System.Text.Json.Nodes.JsonNode.Parse(terms.ToJson())!.AsObject();
            json["schemaVersion"] = 2;
            json.Remove("reminders");
            Assert.Equal(terms, Terms.Parse(json.ToJsonString()));
        }));

    private static string AsOne(Terms terms)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(terms.ToJson())!.AsObject();
        json["schemaVersion"] = 1;
        json.Remove("reminders");
        json["contact"]!["emergency"]!.AsObject().Remove("also");
        foreach (var work in json["scope"]!["extraWork"]!.AsArray()) work!.AsObject().Remove("label");
        foreach (var over in json["overrides"]!.AsArray())
        {
            foreach (var added in new[] { "repeats", "freePasses", "psychologist", "without" }) over!.AsObject().Remove(added);
        }

        return json.ToJsonString();
    }
}

using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Agreements;
using PracticeApp.Agreements.Editing;
using Texts = PracticeApp.Agreements.Editing.Texts;

namespace PracticeApp.Tests.Agreements;

public sealed class TermsFormTests
{
    private static readonly Terms Default = Terms.Default(80m, "EUR");

    [Fact]
    public void Generated_terms_are_valid() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(AnyAgreedTerms.Arbitrary, terms => terms.Validate().Count == 0 && Terms.Parse(terms.ToJson()) == terms));

    [Theory]
    [InlineData("en")]
    [InlineData("fi")]
    public void Nothing_is_lost_between_the_terms_and_the_form(string culture)
    {
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(AnyAgreedTerms.Arbitrary, terms =>
        {
            var form = TermsForm.Of(terms);
            Assert.Equal(terms.ToJson(), form.Read()?.ToJson() ?? string.Join(", ", form.Paths.Select(form.ProblemAt).Where(p => p is not null)));
            Assert.Equal(terms.ToJson(), Sent(TermsForm.Of(terms)).Read()?.ToJson());
        }));
    }

    [Fact]
    public void Commas_points_and_spaces_are_numbers_too()
    {
        var form = With(("fee.amount", " 80,50 "), ("cancellation.tiers[0].cost.value", "33.333"), ("contact.hours.from", "8.30"));

        var terms = form.Read()!;

        Assert.Equal((80.5m, 33.333m, new TimeOnly(8, 30)), (terms.Fee.Amount, terms.Cancellation.Tiers[0].Cost.Percent, terms.Contact.Hours.From));
    }

    [Theory]
    [InlineData("fee.amount", "eighty", "number")]
    [InlineData("fee.amount", "1.250", "number")]
    [InlineData("fee.amount", "", "required")]
    [InlineData("fee.amount", "-1", "range")]
    [InlineData("fee.payWithinDays", "7.5", "whole")]
    [InlineData("fee.payWithinDays", "99999999999", "whole")]
    [InlineData("fee.payWithinDays", "121", "range")]
    [InlineData("cancellation.tiers[0].cost.value", "101", "range")]
    [InlineData("absence.cost.value", "much", "number")]
    [InlineData("psychologist.late.value", "101", "range")]
    [InlineData("contact.hours.to", "noon", "time")]
    [InlineData("contact.hours.to", "08:00", "hours")]
    [InlineData("escalations[0].action", "Shout", "required")]
    [InlineData("reasons.reasons[1].key", "Illness!", "key")]
    public void What_stands_wrong_is_named_where_it_stands_and_stays_as_typed(string path, string typed, string code)
    {
        var form = With((path, typed), ("ending.noticeDays", "21"));

        Assert.Null(form.Read());

        Assert.Equal(code, form.ProblemAt(path)?.Code);
        Assert.Equal(1, form.ProblemCount);
        Assert.Equal((typed, "21"), (form[path], form["ending.noticeDays"]));
    }

    [Fact]
    public void Rows_come_and_go_and_everything_typed_stays()
    {
        var form = With(("act", "add cancellation.tiers"), ("fee.amount", "eighty"));
        form.Act();
        Assert.Equal((2, "cancellation.tiers[1]", "eighty"), (form.Count("cancellation.tiers"), form.Focus, form["fee.amount"]));

        form = With(Fields(form), ("cancellation.tiers[1].hoursBefore", "2"), ("cancellation.tiers[1].cost.of", "fixed"), ("cancellation.tiers[1].cost.value", "60"),
            ("act", "remove cancellation.tiers[0]"), ("fee.amount", "80"));
        form.Act();
        Assert.Equal("cancellation.tiers[0]", form.Focus);
        Assert.Equal([new NoticeTier(2, Cost.OfAmount(60))], form.Read()!.Cancellation.Tiers);

        form = With(Fields(form), ("act", "remove cancellation.tiers[0]"));
        form.Act();
        Assert.Equal("add cancellation.tiers", form.Focus);
        Assert.Empty(form.Read()!.Cancellation.Tiers);
    }

    [Fact]
    public void A_row_that_nobody_filled_in_is_no_row()
    {
        var form = With(("escalations[5].counts", "Both"), ("escalations[5].action", "OfferEnding"), ("escalations[5].afterEvents", " "), ("cancellation.tiers[7].cost.of", "fixed"));

        Assert.Equal(Default, form.Read());
    }

    [Fact]
    public void A_box_that_is_not_ticked_takes_its_sentence_away_and_keeps_what_was_typed()
    {
        var form = With(("freePasses.on", ""), ("freePasses.count", "3"), ("session.reviewEverySessions.on", ""));

        var terms = form.Read()!;

        Assert.Null(terms.FreePasses);
        Assert.Null(terms.Session.ReviewEverySessions);
        Assert.Equal("3", form["freePasses.count"]);
    }

    [Fact]
    public void A_part_that_differs_begins_as_it_holds_otherwise()
    {
        var form = With(("act", "add overrides"));
        form.Act();
        form = With(Fields(form), ("overrides[0].place", "Online"), ("act", "add overrides[0].cancellation"));
        form.Act();
        form = With(Fields(form), ("overrides[0].cancellation.tiers[0].hoursBefore", "12"));

        var over = Assert.Single(form.Read()!.Overrides);
        Assert.Equal((SessionPlace.Online, 12, 50m), (over.Place, over.Cancellation!.Tiers[0].HoursBefore, over.Cancellation.Tiers[0].Cost.Percent));

        form = With(Fields(form), ("act", "remove overrides[0].cancellation"));
        form.Act();
        Assert.Null(form.Read()!.Overrides[0].Cancellation);
    }

    [Fact]
    public void A_reason_of_one_s_own_gets_a_key_of_its_own()
    {
        var form = With(("reasons.reasons[20].key", ""), ("reasons.reasons[20].label", "Дитина захворіла"), ("reasons.reasons[20].effect", "Asks"),
            ("reasons.reasons[21].key", ""), ("reasons.reasons[21].label", "No babysitter"), ("reasons.reasons[21].effect", "Waives"));

        var reasons = form.Read()!.Reasons.Reasons;

        Assert.Equal([new("own-1", ReasonEffect.Asks, "Дитина захворіла"), new("own-2", ReasonEffect.Waives, "No babysitter")], reasons[^2..]);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    [InlineData("bs")]
    [InlineData("fi")]
    public void Whatever_can_stand_wrong_has_its_words(string language)
    {
        var texts = new System.Resources.ResourceManager(typeof(Texts));
        string[] codes = ["required", "number", "whole", "time", "range", "length", "duplicate", "clause", "currency", "key", "one-of", "empty", "too-many", "hours", "ascending", "both"];

        Assert.All(codes, code => Assert.NotNull(texts.GetString("Wrong." + code, new CultureInfo(language))));
    }

    [Theory]
    [InlineData("cancellation.tiers[x].hoursBefore")]
    [InlineData("cancellation.tiers[99999999999].hoursBefore")]
    [InlineData("cancellation.tiers[-1]")]
    [InlineData("a..b")]
    [InlineData("contact.hours.days")]
    [InlineData("schemaVersion")]
    public void What_no_page_sends_breaks_nothing(string path)
    {
        var form = With((path, "9999999999999"));
        form.Act();
        form.Read();
    }

    private static TermsForm Sent(TermsForm form) => With(Fields(form), []);

    private static (string, string)[] Fields(TermsForm form) => [.. form.Paths.Select(p => (p, form[p]))];

    private static TermsForm With(params (string Path, string Value)[] typed) => With(Fields(TermsForm.Of(Default)), typed);

    private static TermsForm With((string Path, string Value)[] before, params (string Path, string Value)[] typed) =>
        TermsForm.Sent(before.Concat(typed).GroupBy(f => f.Path).Select(g => KeyValuePair.Create(g.Key, g.Last().Value)));
}

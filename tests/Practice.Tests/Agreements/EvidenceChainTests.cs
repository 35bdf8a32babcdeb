using PracticeApp.Agreements;

namespace PracticeApp.Tests.Agreements;

public sealed class EvidenceChainTests
{
    private static readonly byte[] Document = CanonicalText.Hash("the document");
    private static readonly DateTime Day = new(2026, 11, 21, 18, 3, 22, DateTimeKind.Utc);
    private static readonly Witnessed Client = new("client", "Emina Salihović", new Guid("01980000-0000-7000-8000-00000000000c"), "password", "203.0.113.7", "Firefox");

    [Fact]
    public void A_chain_as_it_was_written_holds() => Assert.Null(EvidenceChain.FirstBroken(Document, Chain()));

    [Fact]
    public void Any_letter_changed_in_any_act_but_the_last_is_found()
    {
        var acts = Chain();
        for (var i = 0; i < acts.Count - 1; i++)
        {
            for (var at = 0; at < acts[i].Length; at += 7)
            {
                var changed = acts.ToList();
                changed[i] = string.Concat(acts[i].AsSpan(0, at), acts[i][at] == 'x' ? "y" : "x", acts[i].AsSpan(at + 1));
                Assert.NotNull(EvidenceChain.FirstBroken(Document, changed));
            }
        }
    }

    [Fact]
    public void An_act_left_out_repeated_or_moved_is_found()
    {
        var acts = Chain();

        Assert.Equal(2, EvidenceChain.FirstBroken(Document, [acts[0], acts[2], acts[3]]));
        Assert.Equal(2, EvidenceChain.FirstBroken(Document, [acts[0], acts[0], acts[1]]));
        Assert.Equal(1, EvidenceChain.FirstBroken(Document, [acts[1], acts[0]]));
    }

    [Fact]
    public void A_chain_belongs_to_one_document() =>
        Assert.Equal(1, EvidenceChain.FirstBroken(CanonicalText.Hash("another document"), Chain()));

    [Fact]
    public void Evidence_can_be_read_from_the_text()
    {
        var signed = Chain()[2];

        Assert.Equal(["Emina Salihović"], EvidenceChain.Values(signed, "Typed name"));
        Assert.Equal(["I have read it."], EvidenceChain.Values(signed, "Consent"));
        Assert.Equal(["1 ES", "5 ES"], EvidenceChain.Values(Chain()[1], "Initials"));
    }

    [Fact]
    public void A_typed_name_cannot_write_a_line_of_its_own()
    {
        var act = EvidenceChain.Write(new Act(Guid.Empty, 1, ActKind.Signed, Day, Client, Document, TypedName: "Emina\nAct: Declined\r\nNumber: 7"), Document);

        Assert.Equal(["Signed"], EvidenceChain.Values(act, "Act"));
        Assert.Equal(["1"], EvidenceChain.Values(act, "Number"));
    }

    private static List<string> Chain()
    {
        Act[] acts =
        [
            new(Guid.Empty, 1, ActKind.Sent, Day, Client with { Party = "psychologist", Name = "Lejla Hadžić" }, Document),
            new(Guid.Empty, 2, ActKind.Initialled, Day.AddHours(1), Client, Document, Initials: [new(1, "ES"), new(5, "ES")]),
            new(Guid.Empty, 3, ActKind.Signed, Day.AddHours(1), Client, Document, "I have read it.", "Emina Salihović"),
            new(Guid.Empty, 4, ActKind.Countersigned, Day.AddHours(2), Client with { Party = "psychologist" }, Document, "I agree.", "Lejla Hadžić"),
        ];
        var texts = new List<string>();
        foreach (var act in acts)
        {
            texts.Add(EvidenceChain.Write(act, texts.Count == 0 ? Document : EvidenceChain.Hash(texts[^1])));
        }

        return texts;
    }
}

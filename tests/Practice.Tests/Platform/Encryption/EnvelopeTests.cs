using PracticeApp.Platform.Encryption;

namespace PracticeApp.Tests.Platform.Encryption;

public sealed class EnvelopeTests
{
    static readonly Guid Practice = Guid.CreateVersion7(), Client = Guid.CreateVersion7(), Row = Guid.CreateVersion7();
    static readonly Place Here = new(Practice, "protocols", "said", Row);

    [Theory]
    [InlineData("")]
    [InlineData("Она сказала: «мне страшно ночью»")]
    [InlineData("žćčđš äöå 🌱\0\r\n")]
    public void A_text_opens_where_it_was_sealed(string text)
    {
        using var key = DataKey.New(Practice, Client);
        Assert.Equal(text, key.Open(key.Seal(text, Here), Here));
    }

    [Fact]
    public void A_megabyte_opens_and_grows_by_33_bytes()
    {
        using var key = DataKey.New(Practice, Client);
        var text = new string('я', 512 * 1024);
        var value = key.Seal(text, Here);
        Assert.Equal(1024 * 1024 + 33, value.Bytes.Length);
        Assert.Equal(text, key.Open(value, Here));
    }

    [Fact]
    public void Half_a_character_does_not_stop_the_writing()
    {
        using var key = DataKey.New(Practice, Client);
        Assert.Equal("a\uFFFDb", key.Open(key.Seal("a\ud800b", Here), Here));
    }

    public static TheoryData<Place> Elsewhere => new(
        Here with { Row = Guid.CreateVersion7() },
        Here with { Column = "done" },
        Here with { Table = "process_notes" },
        Here with { PracticeId = Guid.CreateVersion7() },
        Here with { Table = "protocol", Column = "ssaid" },
        Here with { Table = "protocolss", Column = "aid" },
        default(Place) with { Table = "", Column = "" });

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void A_text_moved_elsewhere_is_refused(Place elsewhere)
    {
        using var key = DataKey.New(Practice, Client);
        var value = key.Seal("нельзя", Here);
        Assert.Throws<BrokenSealException>(() => key.Open(value, elsewhere));
    }

    [Fact]
    public void Any_byte_flipped_is_refused_whichever_bit()
    {
        using var key = DataKey.New(Practice, Client);
        var whole = key.Seal("said in confidence", Here).Bytes;
        for (var i = 0; i < whole.Length; i++)
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = whole.ToArray();
                changed[i] ^= (byte)(1 << bit);
                Assert.Throws<BrokenSealException>(() => key.Open(new Sealed(changed), Here));
            }
    }

    [Fact]
    public void A_text_cut_short_or_lengthened_is_refused()
    {
        using var key = DataKey.New(Practice, Client);
        var whole = key.Seal("said in confidence", Here).Bytes;
        for (var length = 0; length < whole.Length; length++)
            Assert.Throws<BrokenSealException>(() => key.Open(new Sealed(whole[..length]), Here));
        Assert.Throws<BrokenSealException>(() => key.Open(new Sealed([.. whole, 0]), Here));
        Assert.Throws<BrokenSealException>(() => key.Open(default, Here));
    }

    [Fact]
    public void Another_clients_key_or_the_same_clients_next_key_does_not_open_it()
    {
        using var key = DataKey.New(Practice, Client);
        using var other = DataKey.New(Practice, Client);
        using var next = DataKey.New(Practice, Client, version: 2);
        var value = key.Seal("hers", Here);
        Assert.Equal(1, value.KeyVersion);
        Assert.Throws<BrokenSealException>(() => other.Open(value, Here));
        Assert.Throws<BrokenSealException>(() => next.Open(value, Here));
    }

    [Fact]
    public void A_key_seals_nothing_for_another_practice()
    {
        using var key = DataKey.New(Practice, Client);
        Assert.Throws<ArgumentException>(() => key.Seal("x", Here with { PracticeId = Guid.CreateVersion7() }));
    }

    [Fact]
    public void The_same_text_sealed_again_never_repeats_a_nonce()
    {
        using var key = DataKey.New(Practice, Client);
        var nonces = Enumerable.Range(0, 20_000).Select(_ => Convert.ToHexString(key.Seal("", Here).Bytes.AsSpan(5, 12))).ToHashSet();
        Assert.Equal(20_000, nonces.Count);
    }

    [Fact]
    public void The_sealed_bytes_hold_none_of_the_words()
    {
        using var key = DataKey.New(Practice, Client);
        var bytes = key.Seal(string.Concat(Enumerable.Repeat("violence ", 50)), Here).Bytes;
        Assert.True(bytes.AsSpan().IndexOf("violence"u8) < 0);
    }

    [Fact]
    public void A_disposed_key_neither_seals_nor_opens()
    {
        var key = DataKey.New(Practice, Client);
        var value = key.Seal("x", Here);
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Open(value, Here));
        Assert.Throws<ObjectDisposedException>(() => key.Seal("x", Here));
    }

    [Fact]
    public void Sealed_values_are_equal_by_their_bytes()
    {
        using var key = DataKey.New(Practice, Client);
        var value = key.Seal("x", Here);
        Assert.True(value == new Sealed([.. value.Bytes]));
        Assert.True(value != key.Seal("x", Here));
        Assert.True(default(Sealed).IsEmpty && default(Sealed) == new Sealed([]));
    }
}

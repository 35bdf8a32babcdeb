using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using PracticeApp.Platform.Encryption;

namespace PracticeApp.Tests.Platform.Encryption;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class KeyTests : IDisposable
{
    static readonly Guid Practice = Guid.CreateVersion7(), Client = Guid.CreateVersion7();
    static readonly Place Here = new(Practice, "protocols", "said", Guid.CreateVersion7());
    readonly MasterKey master = MasterKey.FromBase64(MasterKey.Generate());
    readonly string folder = Directory.CreateTempSubdirectory("keys").FullName;

    public void Dispose()
    {
        master.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_key_goes_to_the_database_and_back_through_both_wrappings()
    {
        using var practice = PracticeKey.New(Practice);
        using var client = DataKey.New(Practice, Client);
        var (storedPractice, storedClient, text) = (master.Wrap(practice), practice.Wrap(client), client.Seal("hers", Here));

        using var practiceAgain = master.Unwrap(storedPractice, Practice, 1);
        using var clientAgain = practiceAgain.Unwrap(storedClient, Client, 1);
        Assert.Equal("hers", clientAgain.Open(text, Here));
    }

    [Fact]
    public void Rotating_the_master_key_leaves_the_clients_keys_and_texts_as_they_were()
    {
        using var next = MasterKey.FromBase64(MasterKey.Generate());
        using var practice = PracticeKey.New(Practice);
        using var client = DataKey.New(Practice, Client);
        var (storedPractice, storedClient, text) = (master.Wrap(practice), practice.Wrap(client), client.Seal("hers", Here));

        storedPractice = master.Rewrap(storedPractice, Practice, 1, next);

        Assert.Throws<WrongMasterKeyException>(() => master.Unwrap(storedPractice, Practice, 1));
        using var practiceAgain = next.Unwrap(storedPractice, Practice, 1);
        using var clientAgain = practiceAgain.Unwrap(storedClient, Client, 1);
        Assert.Equal("hers", clientAgain.Open(text, Here));
    }

    [Fact]
    public void Rotating_a_practices_key_leaves_the_texts_as_they_were()
    {
        using var practice = PracticeKey.New(Practice);
        using var next = PracticeKey.New(Practice, version: 2);
        using var client = DataKey.New(Practice, Client);
        var (storedClient, text) = (practice.Wrap(client), client.Seal("hers", Here));

        storedClient = practice.Rewrap(storedClient, Client, 1, next);

        Assert.Equal(2, storedClient.KeyVersion);
        Assert.Throws<BrokenSealException>(() => practice.Unwrap(storedClient, Client, 1));
        using var clientAgain = next.Unwrap(storedClient, Client, 1);
        Assert.Equal("hers", clientAgain.Open(text, Here));
    }

    [Fact]
    public void A_wrapped_key_moved_to_another_owner_practice_or_version_is_refused()
    {
        using var practice = PracticeKey.New(Practice);
        using var client = DataKey.New(Practice, Client);
        var (storedPractice, storedClient) = (master.Wrap(practice), practice.Wrap(client));

        Assert.Throws<BrokenSealException>(() => practice.Unwrap(storedClient, Guid.CreateVersion7(), 1));
        Assert.Throws<BrokenSealException>(() => practice.Unwrap(storedClient, Client, 2));
        Assert.Throws<BrokenSealException>(() => master.Unwrap(storedPractice, Guid.CreateVersion7(), 1));
        Assert.Throws<BrokenSealException>(() => master.Unwrap(storedPractice, Practice, 2));
        using var stranger = DataKey.New(Guid.CreateVersion7(), Client);
        Assert.Throws<ArgumentException>(() => practice.Wrap(stranger));
    }

    [Fact]
    public void A_wrong_master_key_is_recognised_by_the_check_value_and_both_are_named()
    {
        using var wrong = MasterKey.FromBase64(MasterKey.Generate());
        master.Verify(master.CheckValue);
        var refused = Assert.Throws<WrongMasterKeyException>(() => wrong.Verify(master.CheckValue));
        Assert.Equal(wrong.Id, refused.PresentId);
        Assert.Throws<WrongMasterKeyException>(() => master.Verify([]));

        using var practice = PracticeKey.New(Practice);
        refused = Assert.Throws<WrongMasterKeyException>(() => wrong.Unwrap(master.Wrap(practice), Practice, 1));
        Assert.Equal((wrong.Id, master.Id), (refused.PresentId, refused.ExpectedId));
    }

    [Fact]
    public void A_start_that_broke_off_while_it_made_the_key_is_named_and_not_guessed_around()
    {
        var path = Path.Combine(folder, "master.key");
        File.WriteAllText(path + ".new", "");
        Assert.Contains("master.key.new", Assert.Throws<InvalidOperationException>(() => MasterKey.FromFile(path)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_key_file_is_made_once_readable_by_its_owner_alone()
    {
        var path = Path.Combine(folder, "data", "master.key");
        var ids = new string[8];
        Parallel.For(0, ids.Length, i =>
        {
            using var key = MasterKey.FromFile(path);
            ids[i] = key.Id;
        });

        Assert.Single(ids.Distinct());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_key_file_that_others_may_read_is_refused()
    {
        var path = Path.Combine(folder, "master.key");
        File.WriteAllText(path, MasterKey.Generate());
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Throws<InvalidOperationException>(() => MasterKey.FromFile(path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not base64 at all")]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_setting_that_is_not_a_key_is_refused_without_repeating_it(string text)
    {
        var refused = Assert.Throws<InvalidOperationException>(() => MasterKey.FromBase64(text));
        if (text.Length > 0) Assert.DoesNotContain(text, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_setting_gives_the_same_key_with_or_without_a_line_break()
    {
        var text = MasterKey.Generate();
        using var one = MasterKey.FromBase64(text);
        using var two = MasterKey.FromBase64(text + "\n");
        Assert.Equal(one.Id, two.Id);
        Assert.NotEqual(one.Id, master.Id);
    }

    [Fact]
    public void The_key_ring_is_protected_and_opens_with_the_former_key_during_a_rotation()
    {
        using var next = MasterKey.FromBase64(MasterKey.Generate());
        var secret = new XElement("key", new XElement("value", "ring-secret"));
        var stored = new MasterKeyXmlEncryptor(master).Encrypt(secret);
        Assert.Equal(typeof(MasterKeyXmlDecryptor), stored.DecryptorType);
        Assert.DoesNotContain("ring-secret", stored.EncryptedElement.ToString(), StringComparison.Ordinal);

        XElement Decrypt(Action<ServiceCollection> register)
        {
            var services = new ServiceCollection();
            register(services);
            using var provider = services.BuildServiceProvider();
            return new MasterKeyXmlDecryptor(provider).Decrypt(stored.EncryptedElement);
        }
        Assert.True(XNode.DeepEquals(secret, Decrypt(s => s.AddSingleton(master))));
        Assert.True(XNode.DeepEquals(secret, Decrypt(s => s.AddSingleton(next).AddKeyedSingleton("former", master))));
        Assert.Throws<WrongMasterKeyException>(() => Decrypt(s => s.AddSingleton(next)));
    }
}

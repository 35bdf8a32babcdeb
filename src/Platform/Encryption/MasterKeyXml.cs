using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace PracticeApp.Platform.Encryption;

/// <summary>
/// Protects the Data Protection key ring with the master key, since keeping the ring in the database switches its own
/// protection off: <c>services.Configure&lt;KeyManagementOptions&gt;(o =&gt; o.XmlEncryptor = new MasterKeyXmlEncryptor(master))</c>.
/// </summary>
public sealed class MasterKeyXmlEncryptor(MasterKey master) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plaintext = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        try
        {
            var value = Convert.ToBase64String(master.SealRing(plaintext).Bytes);
            return new EncryptedXmlInfo(new XElement("sealed", new XAttribute("key", master.Id), value), typeof(MasterKeyXmlDecryptor));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}

/// <summary>
/// Created by Data Protection, which hands over the services: those need the <see cref="MasterKey"/>, and during a
/// rotation also the former one, registered after it is replaced under the service key <c>former</c>.
/// </summary>
public sealed class MasterKeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <exception cref="WrongMasterKeyException">The ring was protected by a master key that is not at hand.</exception>
    public XElement Decrypt(XElement encryptedElement)
    {
        var value = new Sealed(Convert.FromBase64String(encryptedElement.Value));
        var master = services.GetRequiredService<MasterKey>();
        if (!master.Wrapped(value) && services.GetKeyedService<MasterKey>("former") is { } former) master = former;
        var plaintext = master.OpenRing(value);
        try { return XElement.Parse(Encoding.UTF8.GetString(plaintext), LoadOptions.PreserveWhitespace); }
        finally { CryptographicOperations.ZeroMemory(plaintext); }
    }
}

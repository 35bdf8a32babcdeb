using System.Text;
using PracticeApp.Shared;

namespace PracticeApp.Tests.Caseload;

public sealed class CsvTests
{
    private static string Text(params string[] fields) => Encoding.UTF8.GetString(Csv.Write(["theme", "count"], [fields])).TrimStart('\uFEFF').Split("\r\n", 2)[1].TrimEnd();

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")"), InlineData("+1+1"), InlineData("-2+3"), InlineData("@SUM(A1)"), InlineData("\t=1"), InlineData("\r=1"), InlineData("\n=1")]
    public void No_cell_becomes_a_formula(string sly) => Assert.StartsWith("'", Text(sly, "1").TrimStart('"'));

    [Theory]
    [InlineData("-80.00", "-80.00"), InlineData("-80.00+1", "'-80.00+1"), InlineData("-80\n=1", "'-80\n=1")]
    public void A_number_below_zero_stays_a_number(string field, string written) => Assert.Equal(written, Text(field, "1").TrimStart('"').Split('"')[0].Split(',')[0]);

    [Fact]
    public void Commas_quotes_and_letters_survive()
    {
        var bytes = Csv.Write(["tema", "broj"], [["Strahovi, \"tjeskoba\"", "12"], ["Тревога", ""]]);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("tema,broj\r\n\"Strahovi, \"\"tjeskoba\"\"\",12\r\nТревога,\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }
}

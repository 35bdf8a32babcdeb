using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Razor.TagHelpers;
using PracticeApp.Shared;

namespace PracticeApp.Tests.Shared;

public sealed class FieldsTests
{
    [Fact]
    public void What_Razor_wrote_into_an_attribute_is_not_encoded_twice()
    {
        var output = new TagHelperOutput("field", [new("data-key", new HtmlString("a&#x2B;b/c=&amp;")), new("rows", "4")], (_, _) => Task.FromResult<TagHelperContent>(new DefaultTagHelperContent()));
        var taken = QuestionTagHelper.Taken(output);
        Assert.Equal(("a+b/c=&", "4"), (taken["data-key"], taken["rows"]));
        Assert.Empty(output.Attributes);
    }
}

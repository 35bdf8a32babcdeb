using PracticeApp.Clients;

namespace PracticeApp.Tests.Clients;

public sealed class NamesTests
{
    [Theory]
    [InlineData("Ines Marić", "Ines Kovač", true)]
    [InlineData("Ines Marić", "Goran Marić", true)]
    [InlineData("Emina Hodžić", "Emira Hadžić", true)]
    [InlineData("Marić Ines", "Ines Babić", true)]
    [InlineData("Ана Петрова", "Анна Петрова", true)]
    [InlineData("Ines Marić", "Tarik Delić", false)]
    [InlineData("Ana", "Ivo", false)]
    [InlineData("", "", false)]
    public void Names_that_are_easily_taken_for_one_another(string one, string other, bool alike)
    {
        Assert.Equal(alike, Namesakes.AreAlike(Client.SearchName(one), Client.SearchName(other)));
        Assert.Equal(alike, Namesakes.AreAlike(Client.SearchName(other), Client.SearchName(one)));
    }

    [Theory]
    [InlineData("Marija Kovač", "Maja", "Maja Kovač")]
    [InlineData("Marija Kovač", "Marija Kovač", "Marija Kovač")]
    [InlineData("Marija Kovač", "Maja K.", "Maja K.")]
    [InlineData("Maja", "Maja", "Maja")]
    public void People_are_shown_as_they_want_to_be_called_and_not_confused(string name, string called, string shown) => Assert.Equal(shown, Client.Shown(name, called));
}

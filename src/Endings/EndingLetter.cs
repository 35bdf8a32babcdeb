namespace PracticeApp.Endings;

/// <summary>A part of the letter: a heading and its lines.</summary>
public sealed record LetterPart(string? Heading, IReadOnlyList<string> Lines);

/// <summary>The letter at the end as it was written, letterhead and all: read and drawn from this alone.</summary>
public sealed record EndingLetter(
    string Practice, string Address, string Phone, DateOnly Day, string Language, string Title, string Salutation, IReadOnlyList<LetterPart> Parts, string Regards, string Signed);

using PracticeApp.Requests;

namespace PracticeApp.Demo;

/// <summary>
/// One course of work of an invented person, from the first complaint to the result. All of it is made up; nobody has
/// said these words. Endings of words follow the speaker, so a story belongs to a woman or a man.
/// </summary>
/// <param name="Complaints">Two tellings, so that no two clients of one psychologist write the same.</param>
/// <param name="Hearing">What the psychologist heard behind it; private.</param>
/// <param name="Wordings">The client's own, in order; the last is a goal.</param>
/// <param name="Title">As lists call it.</param>
/// <param name="Noticed">How it will be noticed that it is reached.</param>
/// <param name="Levels">Five, from −2 to +2; the middle one is what is expected.</param>
/// <param name="Steps">Four, one a week.</param>
/// <param name="Hours">What a session was about, in order; used again from the start when there are more sessions.</param>
internal sealed record Story(
    string Language, string Theme, bool Woman, About About, string[] Complaints, string HowOften, int Strength, string Cost,
    string Hearing, string[] Wordings, string Title, string Professional, string Noticed, string[] Levels, string[] Steps, Hour[] Hours);

/// <summary>One session as its protocol tells it.</summary>
internal sealed record Hour(string Said, string Done, string Agreed);

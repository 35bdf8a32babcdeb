using FsCheck;
using FsCheck.Fluent;
using PracticeApp.Caseload;

namespace PracticeApp.Tests.Caseload;

public sealed class SuppressionTests
{
    private const int Psychologists = 3, Rows = 4;
    private static readonly DateOnly March = new(2026, 3, 1);
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 60).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static Entry<int> One(int row, int person, int? psychologist = 0, int count = 1) =>
        new(March, row, psychologist is { } p ? Ids[p] : null, Ids[person + 10], count);

    private static IEnumerable<Entry<int>> Many(int row, int people, int from = 0, int? psychologist = 0) =>
        Enumerable.Range(from, people).Select(person => One(row, person, psychologist));

    /// <summary>One month of any shape: up to 40 entries of 18 people over rows, psychologists and nobody yet.</summary>
    private static readonly Gen<Entry<int>[]> AnyMonth =
        from size in Gen.Choose(0, 40)
        from owned in Gen.Elements(true, false)
        from entries in Gen.ArrayOf(
            from row in Gen.Frequency((6, Gen.Constant(0)), (3, Gen.Constant(1)), (1, Gen.Choose(2, Rows - 1)))
            from psychologist in owned ? Gen.Constant(row % (Psychologists + 1)) : Gen.Frequency((5, Gen.Constant(0)), (4, Gen.Choose(1, Psychologists)))
            from person in Gen.Choose(0, 17)
            from count in Gen.Choose(1, 3)
            select One(row, person, psychologist == Psychologists ? null : psychologist, count), size)
        select entries;

    [Fact]
    public void Plain_figures_equal_a_plain_count() =>
        Prop.ForAll(AnyMonth.ToArbitrary(), entries =>
        {
            var column = Statistics.Count(entries).Over([March])[0];
            return Enumerable.Range(0, Rows).All(row => column[row] == entries.Where(e => e.Row == row).Sum(e => e.Count));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_told_equals_the_plain_count_and_nothing_is_lost_from_the_whole() =>
        Prop.ForAll(AnyMonth.ToArbitrary(), entries =>
        {
            var plain = Statistics.Count(entries).Over([March])[0];
            var told = Suppression.ForPractice(entries).Over([March])[0];
            return Enumerable.Range(0, Rows).All(row => told[row] is null || told[row] == plain[row])
                && (told.Told == plain.Told || (told.Told == 0 && entries.Select(e => e.Person).Distinct().Count() < Suppression.Fewest));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Suppressed_tables_never_reveal_fewer_than_five_people() =>
        Prop.ForAll(AnyMonth.ToArbitrary(), entries =>
        {
            var attacker = new Attacker(Psychologists, Rows);
            attacker.ReadPractice(Suppression.ForPractice(entries).SingleOrDefault());
            for (var p = 0; p < Psychologists; p++) attacker.ReadPsychologist(p, Suppression.ForPsychologist(entries, Ids[p]).SingleOrDefault());

            bool Safe(Func<int, int, bool> cells)
            {
                var people = entries.Where(e => cells(e.Psychologist is { } id ? Array.IndexOf(Ids, id) : Psychologists, e.Row)).Select(e => e.Person).Distinct().Count();
                return people is 0 or >= Suppression.Fewest || !attacker.CanCompute(attacker.Sum(cells));
            }
            return Safe((_, _) => true)
                && Enumerable.Range(0, Rows).All(r => Safe((_, row) => row == r))
                && Enumerable.Range(0, Psychologists + 1).All(p => Safe((psychologist, _) => psychologist == p))
                && Enumerable.Range(0, Rows).All(r => Enumerable.Range(0, Psychologists + 1).All(p => Safe((psychologist, row) => psychologist == p && row == r)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_attacker_of_the_test_does_find_a_cell_that_a_careless_table_gives_away()
    {
        var attacker = new Attacker(1, 2);
        attacker.ReadPractice(new(March, new Dictionary<int, int> { [0] = 9 }, 3, true));
        Assert.True(attacker.CanCompute(attacker.Sum((_, row) => row == 1)));
        Assert.False(attacker.CanCompute(attacker.Sum((p, row) => p == 0 && row == 1)));
    }

    [Fact]
    public void A_single_small_cell_takes_the_smallest_of_the_others_with_it()
    {
        var column = Suppression.ForPractice([.. Many(0, 9), .. Many(1, 6, 20), .. Many(2, 2, 30)]).Single();
        Assert.Equal((9, null, null, 8), (column[0], column[1], column[2], column.Rest));
    }

    [Fact]
    public void Small_cells_that_are_five_together_are_told_together()
    {
        var column = Suppression.ForPractice([.. Many(0, 9), .. Many(1, 3, 20), .. Many(2, 2, 30)]).Single();
        Assert.Equal((9, null, null, 5), (column[0], column[1], column[2], column.Rest));
    }

    [Fact]
    public void One_person_counted_many_times_is_still_one_person()
    {
        var column = Suppression.ForPractice([.. Many(0, 8), One(1, 30, count: 12)]).Single();
        Assert.Null(column[1]);
    }

    [Fact]
    public void A_month_with_four_people_says_nothing_at_all()
    {
        var column = Suppression.ForPractice(Many(0, 4)).Single();
        Assert.Equal((null, 0, true), (column[0], column.Told, column.Hides));
    }

    [Fact]
    public void A_psychologists_cell_is_hidden_when_the_colleagues_would_be_left_over()
    {
        var entries = Many(0, 7).Concat(Many(0, 2, 20, psychologist: 1)).ToList();
        Assert.Null(Suppression.ForPsychologist(entries, Ids[0]).Single()[0]);
        entries.AddRange(Many(0, 3, 30, psychologist: 2));
        Assert.Equal(7, Suppression.ForPsychologist(entries, Ids[0]).Single()[0]);
    }

    [Fact]
    public void A_cell_that_hides_another_in_the_rest_is_not_told_by_psychologist_either()
    {
        Entry<int>[] entries = [.. Many(0, 9), .. Many(1, 6, 20, psychologist: 1), .. Many(2, 2, 30, psychologist: 2)];
        Assert.Equal(8, Suppression.ForPractice(entries).Single().Rest);
        Assert.Null(Suppression.ForPsychologist(entries, Ids[1]).Single()[1]);
    }

    [Fact]
    public void Nobody_at_all_may_be_said()
    {
        var column = Suppression.ForPractice(Array.Empty<Entry<int>>()).Over([March]).Single();
        Assert.Equal((0, false), (column[0], column.Hides));
    }
}

using PracticeApp.Caseload;

namespace PracticeApp.Tests.Caseload;

/// <summary>
/// Whoever has every published view of one column: the practice's and each psychologist's. Knows the method too, and solves
/// the linear equations that the views are.
/// </summary>
internal sealed class Attacker(int psychologists, int rows)
{
    private readonly List<double[]> basis = [];

    private int Unknowns => (psychologists + 1) * rows;

    private int At(int psychologist, int row) => psychologist * rows + row;

    public double[] Sum(Func<int, int, bool> includes)
    {
        var sum = new double[Unknowns];
        for (var p = 0; p <= psychologists; p++)
            for (var r = 0; r < rows; r++)
                if (includes(p, r)) sum[At(p, r)] = 1;
        return sum;
    }

    public void ReadPractice(Column<int>? column)
    {
        if (column is null) return;
        for (var r = 0; r < rows; r++)
            if (column[r] is not null) Learn(Sum((_, row) => row == r), column[r] == 0);
        if (column.Rest > 0) Learn(Sum((_, row) => column[row] is null), false);
    }

    public void ReadPsychologist(int psychologist, Column<int>? column)
    {
        if (column is null) return;
        for (var r = 0; r < rows; r++)
            if (column[r] is not null) Learn(Sum((p, row) => p == psychologist && row == r), false);
    }

    /// <summary>Whether the count of these cells follows from what was read.</summary>
    public bool CanCompute(double[] cells) => Reduce(cells).All(v => Math.Abs(v) < 1e-9);

    private void Learn(double[] equation, bool nought)
    {
        // A sum of counts that is nought makes each of them nought.
        if (nought)
        {
            for (var i = 0; i < equation.Length; i++) if (equation[i] != 0) { var one = new double[Unknowns]; one[i] = 1; Learn(one, false); }
            return;
        }
        var rest = Reduce(equation);
        var pivot = Array.FindIndex(rest, v => Math.Abs(v) > 1e-9);
        if (pivot < 0) return;
        basis.Add([.. rest.Select(v => v / rest[pivot])]);
    }

    private double[] Reduce(double[] equation)
    {
        var rest = (double[])equation.Clone();
        foreach (var known in basis)
        {
            var pivot = Array.FindIndex(known, v => Math.Abs(v) > 1e-9);
            var factor = rest[pivot];
            if (Math.Abs(factor) > 1e-9) for (var i = 0; i < rest.Length; i++) rest[i] -= factor * known[i];
        }
        return rest;
    }
}

namespace Filecoin.Bench;

/// <summary>What a sum of prices should come to.</summary>
/// <param name="Terms">Prices by index and how often each is paid, as shares of the truth.</param>
/// <param name="Target">What it should come to, less what is not to be fitted; about 1.</param>
/// <param name="Floor">Below this it is too low.</param>
/// <param name="Weight">How much it counts.</param>
/// <param name="IsSure">Whether it counts as much where it is far from the truth.</param>
internal readonly record struct Equation(
    (int Index, double Factor)[] Terms, double Target, double Floor, double Weight, bool IsSure);

/// <summary>
/// Least squares of relative errors with no price below zero, drawn to prices known before where
/// equations say little; sums far from the truth weigh less, those below their floor more.
/// </summary>
internal static class LeastSquares
{
    private const int Rounds = 30;
    private const int Sweeps = 400;
    private const double Settled = 1e-7;
    private const double Usual = 0.03;
    private const double Strange = 10;
    private const double Growth = 1.5;
    private const double LowMax = 1_000;
    private const double Tiny = 1e-9;

    /// <summary>The prices.</summary>
    /// <param name="equations">What is known.</param>
    /// <param name="before">Prices where nothing is known; their number is that of all.</param>
    /// <param name="pull">What an error of a whole such price weighs.</param>
    internal static double[] Solve(Equation[] equations, double[] before, double pull)
    {
        double[] scale = ScaleOf(equations, before);
        int[] used = [.. Enumerable.Range(0, before.Length).Where(index => scale[index] > 0)];
        int[] place = new int[before.Length];
        for (int i = 0; i < used.Length; i++)
        {
            place[used[i]] = i;
        }

        double[] start = [.. used.Select(index => before[index] > 0 ? 1.0 : 0)];
        double[] found = [.. start];
        double[] weights = [.. equations.Select(equation => equation.Weight)];
        double[] low = [.. equations.Select(_ => 1.0)];
        for (int round = 0; round < Rounds; round++)
        {
            double[,] gram = new double[used.Length, used.Length];
            double[] right = new double[used.Length];
            for (int i = 0; i < used.Length; i++)
            {
                gram[i, i] = start[i] > 0 ? pull : Tiny;
                right[i] = pull * start[i];
            }

            for (int e = 0; e < equations.Length; e++)
            {
                (int Index, double Factor)[] terms = equations[e].Terms;
                foreach ((int index, double factor) in terms)
                {
                    int i = place[index];
                    double weighted = weights[e] * factor * scale[index];
                    right[i] += weighted * equations[e].Target;
                    foreach ((int other, double second) in terms)
                    {
                        gram[i, place[other]] += weighted * second * scale[other];
                    }
                }
            }

            Descend(gram, right, found);
            for (int e = 0; e < equations.Length; e++)
            {
                double sum = equations[e].Terms.Sum(term =>
                    found[place[term.Index]] * term.Factor * scale[term.Index]);
                double error = sum - equations[e].Target;
                low[e] = sum < equations[e].Floor
                    ? Math.Min(low[e] * Growth, LowMax)
                    : Math.Max(low[e] / Growth, 1);
                double far = low[e] > 1 || equations[e].IsSure
                    ? 1
                    : Math.Max(1, Math.Abs(error) / Usual);
                weights[e] = equations[e].Weight * low[e] / (far > Strange ? far * far : far);
            }
        }

        double[] prices = [.. before];
        for (int i = 0; i < used.Length; i++)
        {
            prices[used[i]] = found[i] * scale[used[i]];
        }

        return prices;
    }

    /// <summary>Known prices are their own unit; others what would be the truth.</summary>
    private static double[] ScaleOf(Equation[] equations, double[] before)
    {
        double[] most = new double[before.Length];
        foreach (Equation equation in equations)
        {
            foreach ((int index, double factor) in equation.Terms)
            {
                most[index] = Math.Max(most[index], factor);
            }
        }

        return [.. most.Select((factor, index) =>
            factor == 0 ? 0 : before[index] > 0 ? before[index] : 1 / factor)];
    }

    private static void Descend(double[,] gram, double[] right, double[] found)
    {
        int count = found.Length;
        double most = double.MaxValue;
        for (int sweep = 0; sweep < Sweeps && most > Settled; sweep++)
        {
            most = 0;
            for (int i = 0; i < count; i++)
            {
                double rest = right[i];
                for (int j = 0; j < count; j++)
                {
                    rest -= j == i ? 0 : gram[i, j] * found[j];
                }

                double now = gram[i, i] > 0 ? Math.Max(0, rest / gram[i, i]) : 0;
                most = Math.Max(most, Math.Abs(now - found[i]) / Math.Max(Math.Abs(now), 1e-3));
                found[i] = now;
            }
        }
    }
}

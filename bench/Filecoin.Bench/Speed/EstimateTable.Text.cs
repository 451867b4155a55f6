using System.Globalization;
using Filecoin.ActorRuntime;
using Filecoin.Evm;

namespace Filecoin.Bench;

/// <content>The tables as the actors' project has them.</content>
internal sealed partial class EstimateTable
{
    private const int PricesInLine = 4;
    private const int OpcodesInLine = 8;

    /// <summary>Writes the tables of the actors' project into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="source">What they were fitted to, and how well: lines of a comment.</param>
    internal void Write(string folder, IEnumerable<string> source)
    {
        WriteFile("Methods", Methods(source));
        WriteFile("Contracts", Contracts());

        void WriteFile(string part, IEnumerable<string> lines) => File.WriteAllText(
            Path.Combine(folder, $"ExecutionEstimates.{part}.cs"), string.Join('\n', lines));
    }

    private IEnumerable<string> Methods(IEnumerable<string> source) =>
    [
        "namespace Filecoin.Actors;",
        "",
        "/// <content>Prices by method. Written by the bench's <c>estimate</c>.</content>",
        "/// <remarks>",
        .. source.Select(line => $"/// {line}"),
        "/// </remarks>",
        "public static partial class ExecutionEstimates",
        "{",
        "    /// <summary>",
        "    /// By actor and method, in the order of <see cref=\"ExecutionWork\"/>; method 0 is",
        "    /// for those that were seldom seen.",
        "    /// </summary>",
        "    private static readonly Dictionary<(BuiltinType Type, ulong Method), ExecutionPrice>",
        "        Methods = new()",
        "        {",
        .. rows.SelectMany(row => new[]
        {
            $"            [(BuiltinType.{row.Key.Type}, {row.Key.Method})] = new(",
            string.Join(
                ",\n",
                row.Value[..ExecutionPrice.Kinds].Select(Rounded).Chunk(PricesInLine)
                    .Select(prices => "                " + string.Join(", ", prices))) + "),",
        }),
        "        };",
        "}",
        "",
    ];

    private IEnumerable<string> Contracts() =>
    [
        "using Filecoin.Actors.Evm;",
        "using Filecoin.Evm;",
        "",
        "namespace Filecoin.Actors;",
        "",
        "/// <content>Contracts' own work. Written by the bench's <c>estimate</c>.</content>",
        "public static partial class ExecutionEstimates",
        "{",
        "    /// <summary>By opcode, eight in a line; 0 for what is no instruction.</summary>",
        "    private static ReadOnlySpan<uint> Opcodes =>",
        "    [",
        .. Enumerable.Range(0, EvmPrices.OpcodeCount).Chunk(OpcodesInLine).Select(opcodes =>
            "        " + string.Join(", ", opcodes.Select(PriceOf)) + ","),
        "    ];",
        "",
        "    private static (EvmWork Kind, uint Price)[] Others =>",
        "    [",
        .. Enum.GetValues<EvmWork>().Select(kind =>
            $"        (EvmWork.{kind}, {Rounded(contract[OtherOf(kind)])}),"),
        "    ];",
        "",
        "    private static (int Number, PrecompilePrice Price)[] Precompiled =>",
        "    [",
        .. Enumerable.Range(0, EvmPrices.OpcodeCount + 1).Where(IsPriced).Select(number =>
            $"        (0x{number:x2}, new({Rounded(contract[CallOf(number)])}, "
            + $"{Rounded(contract[WorkOf(number)])})),"),
        "    ];",
        "}",
        "",
    ];

    private bool IsPriced(int precompile) =>
        contract[CallOf(precompile)] > 0 || contract[WorkOf(precompile)] > 0;

    private static int OtherOf(EvmWork kind) => Own + EvmPrices.OpcodeCount + (int)kind;

    private static int CallOf(int precompile) => Own + EvmPrecompiles.CallKind + precompile;

    private static int WorkOf(int precompile) => Own + EvmPrecompiles.WorkKind + precompile;

    private string PriceOf(int opcode) => Rounded(
        TermsOf([(Own + opcode, 1)]).Sum(term => term.Factor * contract[term.Index]));

    private static string Rounded(double value) =>
        Math.Ceiling(value).ToString("F0", CultureInfo.InvariantCulture);
}

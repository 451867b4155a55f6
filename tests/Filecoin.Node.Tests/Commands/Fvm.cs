using System.Diagnostics;
using Filecoin.TestKit;

namespace Filecoin.Node.Tests.Commands;

/// <summary>The built command, as a process.</summary>
internal static class Fvm
{
    public static string Program => Path.Combine(AppContext.BaseDirectory, "fvm.dll");

    public static DotnetProcess Run(params string[] arguments) =>
        DotnetProcess.Run(AppContext.BaseDirectory, [Program, .. arguments]);

    public static Process Start(params string[] arguments) =>
        DotnetProcess.Start(AppContext.BaseDirectory, [Program, .. arguments]);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Filecoin.Wasm;
using Filecoin.Wasm.Instances;

namespace Filecoin.Vm;

/// <summary>One row of the table of syscalls.</summary>
/// <param name="function">What actors import.</param>
/// <param name="resultSize">Bytes of the value it writes; 0 for none.</param>
/// <param name="run">Reads the arguments, runs the body and writes the value.</param>
internal sealed class Syscall(
    HostFunction function, int resultSize, WordsBody run)
{
    public HostFunction Function => function;

    /// <summary>Bytes of the value it writes; 0 for none.</summary>
    public int ResultSize => resultSize;

    /// <summary>Whether it runs other actors.</summary>
    public bool CallsActors { get; } = function.Module == "send";

    /// <summary>The first line that has it.</summary>
    public ProtocolLine First { get; private init; } = ProtocolLine.Shark;

    /// <summary>The last line that has it.</summary>
    public ProtocolLine Last { get; private init; } = ProtocolLine.Watermelon;

    public string FullName => $"{function.Module}::{function.Name}";

    public Syscall Since(ProtocolLine line) =>
        new(function, resultSize, run) { First = line, Last = Last };

    public Syscall Until(ProtocolLine line) =>
        new(function, resultSize, run) { First = First, Last = line };

    public ErrorNumber Run(SyscallContext context, HostArguments arguments) =>
        run(context, arguments);

    /// <summary>A syscall without a value.</summary>
    public static Syscall Of(string module, string name, Body body) =>
        Make(module, name, [], 0, (context, _) => body(context));

    /// <inheritdoc cref="Of"/>
    public static Syscall Of<T1>(string module, string name, Body<T1> body)
        where T1 : unmanaged => Make(
            module, name, [Type<T1>()], 0, (context, given) => body(context, Get<T1>(given, 0)));

    /// <inheritdoc cref="Of"/>
    public static Syscall Of<T1, T2>(string module, string name, Body<T1, T2> body)
        where T1 : unmanaged
        where T2 : unmanaged => Make(
            module,
            name,
            [Type<T1>(), Type<T2>()],
            0,
            (context, given) => body(context, Get<T1>(given, 0), Get<T2>(given, 1)));

    /// <inheritdoc cref="Of"/>
    public static Syscall Of<T1, T2, T3>(string module, string name, Body<T1, T2, T3> body)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged => Make(
            module,
            name,
            [Type<T1>(), Type<T2>(), Type<T3>()],
            0,
            (context, given) => body(
                context, Get<T1>(given, 0), Get<T2>(given, 1), Get<T3>(given, 2)));

    /// <inheritdoc cref="Of"/>
    public static Syscall Of<T1, T2, T3, T4>(
        string module, string name, Body<T1, T2, T3, T4> body)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged => Make(
            module,
            name,
            [Type<T1>(), Type<T2>(), Type<T3>(), Type<T4>()],
            0,
            (context, given) => body(
                context,
                Get<T1>(given, 0),
                Get<T2>(given, 1),
                Get<T3>(given, 2),
                Get<T4>(given, 3)));

    /// <summary>A syscall that takes and gives pointers and lengths alone.</summary>
    public static Syscall OfWords(string module, string name, int count, WordsBody body) => Make(
        module,
        name,
        [.. Enumerable.Repeat(WasmType.I32, count)],
        0,
        body);

    /// <summary>A syscall with a value.</summary>
    public static Syscall Valued<TResult>(string module, string name, Valued<TResult> body)
        where TResult : unmanaged => MakeValued<TResult>(
            module, name, [], (SyscallContext context, HostArguments _, out TResult result) =>
                body(context, out result));

    /// <inheritdoc cref="Valued{TResult}"/>
    public static Syscall Valued<T1, TResult>(string module, string name, Valued<T1, TResult> body)
        where T1 : unmanaged
        where TResult : unmanaged => MakeValued<TResult>(
            module,
            name,
            [Type<T1>()],
            (SyscallContext context, HostArguments given, out TResult result) =>
                body(context, Get<T1>(given, 1), out result));

    /// <inheritdoc cref="Valued{TResult}"/>
    public static Syscall Valued<T1, T2, TResult>(
        string module, string name, Valued<T1, T2, TResult> body)
        where T1 : unmanaged
        where T2 : unmanaged
        where TResult : unmanaged => MakeValued<TResult>(
            module,
            name,
            [Type<T1>(), Type<T2>()],
            (SyscallContext context, HostArguments given, out TResult result) =>
                body(context, Get<T1>(given, 1), Get<T2>(given, 2), out result));

    /// <inheritdoc cref="Valued{TResult}"/>
    public static Syscall Valued<T1, T2, T3, TResult>(
        string module, string name, Valued<T1, T2, T3, TResult> body)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where TResult : unmanaged => MakeValued<TResult>(
            module,
            name,
            [Type<T1>(), Type<T2>(), Type<T3>()],
            (SyscallContext context, HostArguments given, out TResult result) => body(
                context, Get<T1>(given, 1), Get<T2>(given, 2), Get<T3>(given, 3), out result));

    /// <inheritdoc cref="Valued{TResult}"/>
    public static Syscall Valued<T1, T2, T3, T4, TResult>(
        string module, string name, Valued<T1, T2, T3, T4, TResult> body)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where TResult : unmanaged => MakeValued<TResult>(
            module,
            name,
            [Type<T1>(), Type<T2>(), Type<T3>(), Type<T4>()],
            (SyscallContext context, HostArguments given, out TResult result) => body(
                context,
                Get<T1>(given, 1),
                Get<T2>(given, 2),
                Get<T3>(given, 3),
                Get<T4>(given, 4),
                out result));

    /// <inheritdoc cref="Valued{TResult}"/>
    public static Syscall Valued<T1, T2, T3, T4, T5, TResult>(
        string module, string name, Valued<T1, T2, T3, T4, T5, TResult> body)
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
        where T4 : unmanaged
        where T5 : unmanaged
        where TResult : unmanaged => MakeValued<TResult>(
            module,
            name,
            [Type<T1>(), Type<T2>(), Type<T3>(), Type<T4>(), Type<T5>()],
            (SyscallContext context, HostArguments given, out TResult result) => body(
                context,
                Get<T1>(given, 1),
                Get<T2>(given, 2),
                Get<T3>(given, 3),
                Get<T4>(given, 4),
                Get<T5>(given, 5),
                out result));

    /// <summary>A syscall with a value whose arguments do not fit the forms above.</summary>
    public static Syscall ValuedOf<TResult>(
        string module, string name, IReadOnlyList<WasmType> parameters, ValuedBody<TResult> body)
        where TResult : unmanaged => MakeValued(module, name, parameters, body);

    private static Syscall Make(
        string module,
        string name,
        IReadOnlyList<WasmType> parameters,
        int resultSize,
        WordsBody run) =>
        new(new(module, name, parameters), resultSize, run);

    private static Syscall MakeValued<TResult>(
        string module,
        string name,
        IReadOnlyList<WasmType> parameters,
        ValuedBody<TResult> body)
        where TResult : unmanaged => Make(
            module,
            name,
            [WasmType.I32, .. parameters],
            Unsafe.SizeOf<TResult>(),
            (context, given) =>
            {
                ErrorNumber error = body(context, given, out TResult result);
                if (error == ErrorNumber.None)
                {
                    MemoryMarshal.Write(context.Memory[(int)given.U32(0)..], in result);
                }

                return error;
            });

    private static T Get<T>(HostArguments given, int position)
        where T : unmanaged
    {
        ulong bits = given.U64(position);
        return Unsafe.As<ulong, T>(ref bits);
    }

    private static WasmType Type<T>()
        where T : unmanaged => Unsafe.SizeOf<T>() == sizeof(int) ? WasmType.I32 : WasmType.I64;
}

internal delegate ErrorNumber Body(SyscallContext context);

internal delegate ErrorNumber Body<T1>(SyscallContext context, T1 a);

internal delegate ErrorNumber Body<T1, T2>(SyscallContext context, T1 a, T2 b);

internal delegate ErrorNumber Body<T1, T2, T3>(SyscallContext context, T1 a, T2 b, T3 c);

internal delegate ErrorNumber Body<T1, T2, T3, T4>(
    SyscallContext context, T1 a, T2 b, T3 c, T4 d);

internal delegate ErrorNumber WordsBody(SyscallContext context, HostArguments given);

internal delegate ErrorNumber Valued<TResult>(SyscallContext context, out TResult result);

internal delegate ErrorNumber Valued<T1, TResult>(
    SyscallContext context, T1 a, out TResult result);

internal delegate ErrorNumber Valued<T1, T2, TResult>(
    SyscallContext context, T1 a, T2 b, out TResult result);

internal delegate ErrorNumber Valued<T1, T2, T3, TResult>(
    SyscallContext context, T1 a, T2 b, T3 c, out TResult result);

internal delegate ErrorNumber Valued<T1, T2, T3, T4, TResult>(
    SyscallContext context, T1 a, T2 b, T3 c, T4 d, out TResult result);

internal delegate ErrorNumber Valued<T1, T2, T3, T4, T5, TResult>(
    SyscallContext context, T1 a, T2 b, T3 c, T4 d, T5 e, out TResult result);

internal delegate ErrorNumber ValuedBody<TResult>(
    SyscallContext context, HostArguments given, out TResult result);

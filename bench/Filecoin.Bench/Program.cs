using Filecoin.Bench;
using Filecoin.Bench.Evm;

string[] rest = args.Length > 0 ? args[1..] : [];
return (args.Length > 0 ? args[0] : "") switch
{
    "speed" => MessageSpeed.Run(rest),
    "first" => FirstMessage.Run(rest),
    "syscall" => SyscallSpeed.Run(),
    "hamt" => HamtSpeed.Run(rest),
    "evm" => EvmSpeed.Run(),
    "estimate" when rest.Length is 1 or 2 => ExecutionFit.Run(rest[0], rest.ElementAtOrDefault(1)),
    "estimated" when rest.Length > 0 => EstimateError.Run(rest),
    "sample" when rest.Length > 1 => ExecutionSampling.Run(rest[0], rest[1..]),
    "chain" => ChainSpeed.Run(rest),
    "storage" => StorageSpeed.Run(),
    "state" => StateSpeed.Run(),
    "micro" => Micro.Run(rest),
    _ => Usage.Show(),
};

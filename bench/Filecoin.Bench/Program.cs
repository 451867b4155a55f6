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
    "estimate" => ExecutionFit.Run(rest),
    "chain" => ChainSpeed.Run(rest),
    "storage" => StorageSpeed.Run(),
    "state" => StateSpeed.Run(),
    "micro" => Micro.Run(rest),
    _ => Usage.Show(),
};

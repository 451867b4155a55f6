using Filecoin.Bench;

string[] rest = args.Length > 0 ? args[1..] : [];
return (args.Length > 0 ? args[0] : "") switch
{
    "hamt" => HamtSpeed.Run(rest),
    "speed" => MessageSpeed.Run(rest),
    "first" => FirstMessage.Run(rest),
    "micro" => Micro.Run(rest),
    _ => Micro.Explain(),
};

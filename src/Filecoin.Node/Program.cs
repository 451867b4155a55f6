// Whoever waits for bytes of the network goes on at once, on the thread that saw them come: nothing
// keeps that thread, for machines have their own. .NET has this by environment alone.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
Filecoin.Node.ThreadScheduling.LetOthersGoOn();
return Filecoin.Node.FvmCommand.Run(args);

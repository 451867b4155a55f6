return Filecoin.Node.FvmCommand.Run(args);

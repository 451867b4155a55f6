global using Filecoin.ActorRuntime;
global using Filecoin.Ipld;

global using Filecoin.ActorRuntime;
global using Filecoin.Ipld;
global using Filecoin.TestKit.Actors;

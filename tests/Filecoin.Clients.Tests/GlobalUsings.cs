global using Filecoin.Ipld;
global using Filecoin.Vm;

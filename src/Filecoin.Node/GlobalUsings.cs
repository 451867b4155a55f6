global using System.Linq;
global using Filecoin.Ipld;
global using Filecoin.Vm;

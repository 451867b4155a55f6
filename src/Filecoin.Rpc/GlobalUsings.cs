global using System.Text.Json;
global using System.Text.Json.Serialization;
global using Filecoin.Chain;
global using Filecoin.Ipld;
global using Filecoin.Vm;
global using TipsetLinks = System.Collections.Generic.IReadOnlyList<Filecoin.Rpc.CidLink>;

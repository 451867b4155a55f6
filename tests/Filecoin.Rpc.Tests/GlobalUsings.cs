global using System.Text.Json;
global using Filecoin.Chain;

global using Filecoin.Ipld;

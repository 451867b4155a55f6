using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Filecoin.Node;

/// <summary>Listens for connections, each of which has a thread.</summary>
internal sealed class ThreadedListener : IConnectionListener, IConnectionListenerFactory
{
    private const int BacklogMax = 512;
    private const int RetryMilliseconds = 10;

    private Socket? socket;

    /// <inheritdoc/>
    public EndPoint EndPoint => socket!.LocalEndPoint!;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(
        EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        socket.Listen(BacklogMax);
        return new(this);
    }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(
        CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Socket? come = null;
            try
            {
                come = await socket!.AcceptAsync(cancellationToken).ConfigureAwait(false);
                return new ThreadedConnection(come);
            }
            catch (Exception end) when (end is ObjectDisposedException
                or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException)
            {
                // Whoever came has gone, or there are too many: not at once again.
                come?.Dispose();
                await Task.Delay(RetryMilliseconds, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket!.Dispose();
        return default;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UnbindAsync();
}

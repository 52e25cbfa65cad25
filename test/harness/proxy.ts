// A CONNECT proxy on loopback that leads every name where a test wants it.
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createConnection } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface Proxy {
  /** With its scheme. */
  readonly origin: string;
  readonly port: number;
  /** `host:port` of each CONNECT, with ` as USER:PASSWORD` where the proxy was given one. */
  readonly tunnels: string[];
  close(): Promise<void>;
}

/**
 * @param names ports on loopback by host name; other names are answered with 502
 * @param login `user:password` that must be given, else 407
 */
export async function startProxy(names: Readonly<Record<string, number>>, login?: string): Promise<Proxy> {
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
  };
  const server = createServer((_, response) => response.writeHead(501).end());
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    const given = /^Basic (.+)$/.exec(request.headers['proxy-authorization'] ?? '')?.[1];
    const user = given === undefined ? undefined : Buffer.from(given, 'base64').toString('utf8');
    tunnels.push(`${request.url ?? ''}${user === undefined ? '' : ` as ${user}`}`);
    if (login !== undefined && user !== login) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const port = names[(request.url ?? '').replace(/:\d+$/, '')];
    if (port === undefined) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const upstream = keep(createConnection({ port, host: '127.0.0.1' }));
    upstream.once('connect', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    tunnels,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

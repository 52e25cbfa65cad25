// A server on loopback that does what a test tells it and writes down what it was asked.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestServer {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly port: number;
  /** With its scheme. */
  readonly origin: string;
  /** All requests so far, in order. */
  readonly asked: Asked[];
  /** Connections so far, also those without a request. */
  connections(): number;
  /** The requests as short lines: `GET /v2/app/tags/list`, with ` +auth` where Authorization was sent. */
  lines(): string[];
  close(): Promise<void>;
}

export type Handler = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void;

/** @param handle is given each request after its body was read */
export async function startServer(
  handle: Handler,
  tls?: { readonly key: string; readonly cert: string },
): Promise<TestServer> {
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://server');
      const entry: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        authorization: request.headers.authorization,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      asked.push(entry);
      handle(entry, response, request);
    });
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    port,
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    asked,
    connections: () => connections,
    lines: () =>
      asked.map(({ method, path, authorization }) => `${method} ${path}${authorization ? ' +auth' : ''}`),
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Answers and ends. */
export function reply(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string | string[]>> = {},
  body: string | Buffer = '',
): void {
  response.writeHead(status, headers);
  response.end(body);
}

export function replyJson(
  response: ServerResponse,
  value: unknown,
  headers: Readonly<Record<string, string | string[]>> = {},
): void {
  reply(response, 200, { 'content-type': 'application/json', ...headers }, JSON.stringify(value));
}

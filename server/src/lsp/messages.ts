// Our own messages: a missing handler does not compile. Checks what a client sends before a handler sees it.
import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { toServer } from '../protocol/messages';
import type { Notification, Request } from '../protocol/messages';
import { invalid } from './handlers/features';
import type { Shape } from './shape';

interface RequestHandler<P, R> {
  readonly read: Shape<P>;
  answer(params: P, token: CancellationToken): R | Promise<R>;
}

interface NotificationHandler<P> {
  readonly read: Shape<P>;
  take(params: P): void;
}

type HandlerOf<M> =
  M extends Request<infer P, infer R>
    ? RequestHandler<P, R>
    : M extends Notification<infer P>
      ? NotificationHandler<P>
      : never;

/** One for each of our messages to the server. */
export type Handlers = { readonly [Name in keyof typeof toServer]: HandlerOf<(typeof toServer)[Name]> };

/** Answers all of them on `connection`. */
export function answerMessages(connection: Connection, handlers: Handlers): void {
  for (const name of Object.keys(toServer) as (keyof typeof toServer)[]) {
    const { method } = toServer[name];
    // Each handler reads its own parameters, so the types fit although the table forgets them.
    const handler = handlers[name] as RequestHandler<unknown, unknown> | NotificationHandler<unknown>;
    if ('answer' in handler)
      connection.onRequest(method, (raw: unknown, token: CancellationToken) => {
        const params = handler.read(raw);
        return params === undefined ? invalid(method) : handler.answer(params, token);
      });
    else
      connection.onNotification(method, (raw: unknown) => {
        const params = handler.read(raw);
        if (params !== undefined) handler.take(params);
      });
  }
}

// What the protocol says of messages that come too early, too late or twice; the library hands them all on.
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages
import type { Connection, Message, MessageStrategy } from 'vscode-languageserver/node';
import { sourceName } from '../protocol';
import {
  ErrorCodes,
  Message as Messages,
  ProposedFeatures,
  ResponseError,
  createConnection,
} from './library';

interface Refusal {
  readonly code: number;
  readonly message: string;
}

const tooEarly: Refusal = {
  code: ErrorCodes.ServerNotInitialized,
  message: 'The server is not initialized yet',
};
const twice: Refusal = { code: ErrorCodes.InvalidRequest, message: 'The server is initialized already' };
const tooLate: Refusal = { code: ErrorCodes.InvalidRequest, message: 'The server is shut down' };

/** Only the handler of a request can answer it: what is refused goes to a handler of its own. */
const refusedResult = `${sourceName}/refused`;

/**
 * The connection over what the command line names, or to the editor that started the process. Requests out of turn
 * are answered with an error, and such notifications are dropped.
 */
export function connect(): Connection {
  const connection = createConnection(ProposedFeatures.all, { messageStrategy: new TakingTurns() });
  connection.onRequest(refusedResult, ({ code, message }: Refusal) => new ResponseError(code, message));
  return connection;
}

class TakingTurns implements MessageStrategy {
  /** What to say to any request but `initialize`; undefined while the server runs. */
  #refusal: Refusal | undefined = tooEarly;

  handleMessage(message: Message, next: (message: Message) => void | Promise<void>): void | Promise<void> {
    if (Messages.isRequest(message)) {
      const refusal = this.#turn(message.method);
      return next(refusal ? { ...message, method: refusedResult, params: refusal } : message);
    }
    if (Messages.isNotification(message) && this.#refusal && message.method !== 'exit') return undefined;
    return next(message);
  }

  /** Moves on with a request. @returns why it is refused, if it is */
  #turn(method: string): Refusal | undefined {
    const before = this.#refusal;
    if (method === 'initialize') {
      if (before !== tooEarly) return before ?? twice;
      this.#refusal = undefined;
      return undefined;
    }
    if (method === 'shutdown' && !before) this.#refusal = tooLate;
    return before;
  }
}

// Refuses messages that come too early, too late or twice, as the protocol asks; the library would pass them on.
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages
import type { Connection, Message, MessageStrategy } from 'vscode-languageserver/node';
import { sourceName } from '../protocol/names';
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
const twice: Refusal = { code: ErrorCodes.InvalidRequest, message: 'The server is already initialized' };
const tooLate: Refusal = { code: ErrorCodes.InvalidRequest, message: 'The server has shut down' };

/** Only a handler can answer a request, so refused requests go to a handler of their own. */
const refusedResult = `${sourceName}/refused`;

/**
 * The connection that the command line names, or the one to the editor that started the process. It answers requests
 * out of turn with an error and drops such notifications.
 */
export function connect(): Connection {
  const connection = createConnection(ProposedFeatures.all, { messageStrategy: new TakingTurns() });
  connection.onRequest(refusedResult, ({ code, message }: Refusal) => new ResponseError(code, message));
  return connection;
}

class TakingTurns implements MessageStrategy {
  /** The answer to any request but `initialize`; undefined while the server runs. */
  #refusal: Refusal | undefined = tooEarly;

  handleMessage(message: Message, next: (message: Message) => void | Promise<void>): void | Promise<void> {
    if (Messages.isRequest(message)) {
      const refusal = this.#turn(message.method);
      return next(refusal ? { ...message, method: refusedResult, params: refusal } : message);
    }
    if (Messages.isNotification(message) && this.#refusal && message.method !== 'exit') return undefined;
    return next(message);
  }

  /** Updates the state with a request. @returns why it is refused, if it is */
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

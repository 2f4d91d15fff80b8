import { WebSocket } from 'ws';
import { within } from './wait.ts';

/** The longest that one command may take, in ms. */
const COMMAND_MS = 180_000;

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A small client of WebDriver BiDi (W3C Working Draft, section 3, "Protocol"): commands with ids over a WebSocket, their answers, events.
 */
export class Bidi {
  readonly #socket: WebSocket;
  readonly #pending = new Map<number, Pending>();
  readonly #listeners = new Map<string, (params: unknown) => void>();
  #lastId = 0;
  #browser = '';

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(JSON.parse(String(data))));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      for (const { reject } of this.#pending.values())
        reject(new Error('The browser has ended the connection'));
      this.#pending.clear();
    });
  }

  /** Connects to `ws://…` as the browser printed it, and starts a session with these capabilities. */
  static async connect(
    address: string,
    capabilities: { readonly acceptInsecureCerts?: boolean } = {},
  ): Promise<Bidi> {
    const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const bidi = new Bidi(socket);
    const session = await bidi.send('session.new', { capabilities: { alwaysMatch: capabilities } });
    const name = (capability: string) => String(read(session, 'capabilities', capability));
    bidi.#browser = `${name('browserName')}/${name('browserVersion')}`;
    return bidi;
  }

  /** What the browser calls itself, e.g. `firefox/153.7.0`. */
  get browser(): string {
    return this.#browser;
  }

  /**
   * Sends a command.
   *
   * @throws Error with the command's name and the browser's words when it fails, or when the browser ends first
   */
  send(method: string, params: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return Promise.reject(new Error(`${method}: the browser has ended`));
    }
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, {
        resolve,
        reject: (error) => reject(new Error(`${method}: ${error.message}`)),
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
    return within(COMMAND_MS, method, answer).finally(() => this.#pending.delete(id));
  }

  /** Subscribes to an event; one listener for each. */
  async on(event: string, listener: (params: unknown) => void): Promise<void> {
    this.#listeners.set(event, listener);
    await this.send('session.subscribe', { events: [event] });
  }

  disconnect(): void {
    this.#socket.terminate();
  }

  #receive(message: unknown): void {
    const type = read(message, 'type');
    if (type === 'event') {
      this.#listeners.get(String(read(message, 'method')))?.(read(message, 'params'));
      return;
    }
    const pending = this.#pending.get(Number(read(message, 'id')));
    if (type === 'success') pending?.resolve(read(message, 'result'));
    else pending?.reject(new Error(`${read(message, 'error')}: ${read(message, 'message')}`));
  }
}

/** Follows property names into an unknown value; `undefined` when there is no such thing. */
export function read(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}

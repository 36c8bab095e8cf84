import { io, type Socket } from 'socket.io-client';
import type { Answer, CommandName, Ok, Payload } from '../protocol/commands.ts';
import { token } from '../test/tokens.ts';

/** One user who asks one thing after another, for what is measured one by one. */
export class Client {
  readonly #socket: Socket;

  constructor(url: string, user: string, meetings: string[]) {
    this.#socket = io(url, { auth: { token: token({ sub: user, name: user, meetings }) }, transports: ['websocket'] });
  }

  async command<Name extends CommandName>(name: Name, payload: Payload<Name>): Promise<Ok<Name>> {
    const answer: Answer<Name> = await this.#socket.timeout(60_000).emitWithAck(name, payload);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
    return answer;
  }

  close(): void {
    this.#socket.close();
  }
}

/** The median time of a few tries, in ms, after one that does not count. */
export async function medianMs(tries: number, once: (attempt: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let attempt = 0; attempt <= tries; attempt += 1) {
    const from = performance.now();
    await once(attempt);
    if (attempt > 0) times.push(performance.now() - from);
  }
  return Number((times.sort((a, b) => a - b)[Math.floor(tries / 2)] ?? 0).toPrecision(3));
}

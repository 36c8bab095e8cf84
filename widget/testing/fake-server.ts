import type { Answers, CommandName, Payload } from '../../protocol/commands.ts';
import type { Channel, Receipt } from '../../protocol/entities.ts';
import type { ErrorBody } from '../../protocol/errors.ts';
import { readToken } from '../client/token.ts';
import type { Dial, ServerEvent } from '../client/wire.ts';
import { FakeChannel, nameOf } from './fake-channel.ts';
import { FakeWire } from './fake-wire.ts';

/** What a test lets happen to a request. `deaf`: it never arrives; `mute`: it is done, and its answer is lost. */
export type Fate = 'ok' | 'deaf' | 'mute' | ErrorBody;
export type FakeRequest = {
  readonly name: CommandName;
  readonly user: string;
  readonly payload: { readonly [field: string]: unknown };
};

/**
 * A chat server for tests, at the level of the protocol: the wires that it gives behave like the real ones, its channels
 * like the real log, and the test decides what goes wrong. What it does comes in turns of the event loop, in the order of
 * a real connection, so that tests wait for what happens and never for a time.
 */
export class FakeServer {
  /** Decides what becomes of each request. */
  fate: (request: FakeRequest) => Fate = () => 'ok';
  /** Decides whether a delivery reaches the clients. */
  delivers: (event: ServerEvent) => boolean = () => true;
  /** What a handshake gets; `down`: nobody is there. */
  handshake: 'ok' | 'down' | 'unauthorized' = 'ok';
  /** Every request that arrived, in order. */
  readonly requests: FakeRequest[] = [];
  /** Every token that was shown, in order. */
  readonly tokens: string[] = [];
  readonly #channels = new Map<string, FakeChannel>();
  readonly #wires = new Set<FakeWire>();

  readonly dial: Dial = ({ token }, listener) => {
    this.tokens.push(token);
    const wire = new FakeWire(this, readToken(token)?.user ?? '', listener, () => this.#wires.delete(wire));
    setTimeout(() => {
      if (this.handshake === 'down') wire.end({ name: 'lost' });
      else if (this.handshake === 'unauthorized') wire.end({ name: 'refused', code: 'unauthorized' });
      else if (wire.open()) this.#wires.add(wire);
    });
    return wire;
  };

  /** Connections that are open now. */
  get connections(): number {
    return this.#wires.size;
  }

  channel(id: string): FakeChannel {
    const known = this.#channels.get(id);
    if (known) return known;
    const made = new FakeChannel(id, (entries) => this.tell(id, { name: 'entries', data: { channel: id, entries } }));
    this.#channels.set(id, made);
    return made;
  }

  /** The channel of two, inside of a meeting unless there is none. */
  direct(one: string, other: string, meeting: string | undefined = 'standup'): FakeChannel {
    const between = [one, other].sort();
    const channel = this.channel(`direct:${[...between, meeting ?? ''].join('+')}`);
    const settings = { state: 'open', directMessages: true, between, ...(meeting && { meeting }) } as const;
    channel.about = { kind: 'direct', title: '', settings };
    for (const user of between) channel.members[user] = { name: nameOf(user), role: 'participant', state: 'online' };
    return channel;
  }

  /** The group of the title Team, with that user in it. */
  team(user: string): FakeChannel {
    const group = this.channel('team');
    group.about = { kind: 'group', title: 'Team', settings: { state: 'open', directMessages: true } };
    group.members[user] = { name: nameOf(user), role: 'participant', state: 'online' };
    return group;
  }

  /** Changes what an organizer may change of the channel. */
  set(id: string, settings: Partial<Channel['settings']>): void {
    const channel = this.channel(id);
    channel.about = { ...channel.about, settings: { ...channel.about.settings, ...settings } };
    this.tell(id, { name: 'channel', data: { channel: { id, ...channel.about } } });
  }

  /** Tells all in the channel that they are in it no more. */
  close(channel: string, code: 'removed' | 'deleted'): void {
    this.tell(channel, { name: 'left', data: { channel, code } });
  }

  /** Joins a user's connections to a channel that they did not ask for, as the server does when somebody writes to them. */
  invite(user: string, { id, about, entries }: FakeChannel): void {
    for (const wire of this.#wires) {
      if (wire.user !== user || wire.joined.has(id)) continue;
      wire.joined.add(id);
      wire.hear({ name: 'channel', data: { channel: { id, ...about } } });
      wire.hear({ name: 'entries', data: { channel: id, entries: [...entries] } });
    }
  }

  /** Every channel that was made, in the order of that. */
  get channels(): readonly FakeChannel[] {
    return [...this.#channels.values()];
  }

  /** The texts of all `send` requests that arrived, in order. */
  get sentTexts(): unknown[] {
    return this.requests.filter(({ name }) => name === 'send').map(({ payload }) => payload.text);
  }

  /** Lets the time pass in which a client waits for answers. */
  timeOut(): void {
    for (const wire of this.#wires) wire.timeOut();
  }

  /** Cuts every connection. */
  drop(): void {
    for (const wire of [...this.#wires]) wire.end({ name: 'lost' });
  }

  /** Takes leave on every connection, and cuts it. */
  bye(data: Extract<ServerEvent, { name: 'bye' }>['data']): void {
    for (const wire of this.#wires) wire.hear({ name: 'bye', data });
    this.drop();
  }

  /** An event for all that joined the channel. */
  tell(channel: string, event: ServerEvent): void {
    if (!this.delivers(event)) return;
    for (const wire of this.#wires) if (wire.joined.has(channel)) wire.hear(event);
  }

  /** Somebody's message is kept for an organizer. */
  hold(channel: string, user: string, text: string, key: string = text): void {
    const { held } = this.channel(channel);
    this.#wait(channel, [...held, { sender: { id: user, name: nameOf(user) }, key, text, at: Date.now() }]);
  }

  /** An organizer decides on a message; answers whether it waited. */
  decide(channel: string, user: string, key: string, passes: boolean): boolean {
    const { held } = this.channel(channel);
    const message = held.find(({ sender, key: other }) => sender.id === user && other === key);
    if (!message) return false;
    if (passes) this.channel(channel).say(user, message.text, key);
    this.#wait(
      channel,
      held.filter((other) => other !== message),
    );
    return true;
  }

  #wait(id: string, held: FakeChannel['held']): void {
    const channel = this.channel(id);
    channel.held = held;
    const event: ServerEvent = { name: 'held', data: { channel: id, count: held.length } };
    if (!this.delivers(event)) return;
    for (const wire of this.#wires) if (wire.joined.has(id) && channel.organizers.has(wire.user)) wire.hear(event);
  }

  /** Somebody has got and read so much. */
  mark(channel: string, user: string, mark: Receipt): void {
    this.channel(channel).receipts[user] = mark;
    this.tell(channel, { name: 'receipts', data: { channel, receipts: { [user]: mark } } });
  }

  /** Does what a request asks for; undefined for what this server does not know. */
  run<Name extends CommandName>(name: Name, payload: Payload<Name>, wire: FakeWire): Answers[Name] | undefined {
    return this.#commands[name]?.(payload, wire);
  }

  readonly #commands: { [Name in CommandName]?: (payload: Payload<Name>, wire: FakeWire) => Answers[Name] } = {
    join: (payload, wire) => {
      wire.joined.add(payload.channel);
      return this.channel(payload.channel).join(payload, wire.user);
    },
    leave: ({ channel }, wire) => {
      wire.joined.delete(channel);
      return {};
    },
    send: (payload, wire) => this.channel(payload.channel).send(payload, wire.user),
    edit: ({ channel, seq: target, text }, { user }) => {
      this.channel(channel).change((seq) => ({ seq, type: 'edit', target, text, by: user, at: Date.now() }));
      return { seq: this.channel(channel).head };
    },
    delete: ({ channel, seq: target }, { user }) => {
      this.channel(channel).change((seq) => ({ seq, type: 'delete', target, by: user, at: Date.now() }));
      return { seq: this.channel(channel).head };
    },
    react: (payload, { user }) => {
      this.channel(payload.channel).react(payload, user);
      return { seq: this.channel(payload.channel).head };
    },
    search: ({ channel = '', q = '', limit = 50 }) => {
      const found = this.channel(channel)
        .messages.filter(({ text }) => folded(text).includes(folded(q)))
        .reverse();
      return {
        messages: found.slice(0, limit).map((message) => ({ ...message, channel })),
        more: found.length > limit,
      };
    },
    receipt: ({ channel, delivered = 0, read = 0 }, { user }) => {
      const before = this.channel(channel).receipts[user] ?? { delivered: 0, read: 0 };
      this.mark(channel, user, {
        delivered: Math.max(before.delivered, delivered),
        read: Math.max(before.read, read),
      });
      return {};
    },
    typing: ({ channel, on }, { user }) => {
      this.tell(channel, { name: 'typing', data: { channel, user, on } });
      return {};
    },
    sync: (payload) => this.channel(payload.channel).sync(payload),
    history: (payload) => this.channel(payload.channel).history(payload),
    authenticate: ({ token }) => {
      this.tokens.push(token);
      return { expiresAt: readToken(token)?.expiresAt ?? 0 };
    },
    heartbeat: ({ heads }) => ({
      heads: Object.fromEntries(
        Object.entries(heads).flatMap(([id, held]) => {
          const { head } = this.channel(id);
          return head === held ? [] : [[id, head]];
        }),
      ),
    }),
  };
}

function folded(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
}

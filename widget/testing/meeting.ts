import { type FakeRoutes, fakeRoutes } from './fake-routes.ts';
import { FakeServer } from './fake-server.ts';
import { hideAll, input, part, partOf, parts, show, type TestChat } from './test-chat.ts';
import { eventually } from './until.ts';

/** The meeting `standup` with Bob and Carol in it, for one test. */
export class Meeting {
  readonly server = new FakeServer();
  readonly routes: FakeRoutes = fakeRoutes(this.server);
  /** What screen readers were given to say. */
  readonly said: string[] = [];
  readonly #notify = Object.getOwnPropertyDescriptor(Element.prototype, 'ariaNotify');

  constructor() {
    Object.defineProperty(Element.prototype, 'ariaNotify', {
      configurable: true,
      writable: true,
      value: (text: string) => this.said.push(text),
    });
    const { members } = this.server.channel('standup');
    for (const name of ['Bob', 'Carol']) members[name.toLowerCase()] = { name, role: 'participant', state: 'online' };
  }

  async end(): Promise<void> {
    await hideAll();
    this.routes.end();
    if (this.#notify) Object.defineProperty(Element.prototype, 'ariaNotify', this.#notify);
    else Reflect.deleteProperty(Element.prototype, 'ariaNotify');
  }

  /** Alice in it, with all that comes beside it. */
  async visit(user = 'alice', attributes: { [name: string]: string } = {}): Promise<TestChat> {
    const before = this.routes.asked.length;
    const chat = show(this.server, user, attributes);
    await eventually(() => this.routes.asked.slice(before).includes('GET /channels'));
    await chat.updateComplete;
    return chat;
  }
}

export function focused(chat: TestChat): Element | null | undefined {
  return chat.shadowRoot?.activeElement;
}

/** Opens a private conversation with that member. */
export async function writeTo(chat: TestChat, user: string): Promise<void> {
  part(chat, 'open-members').click();
  await eventually(() => parts(chat, 'privately').length > 0);
  part(chat, 'members').querySelector<HTMLElement>(`[data-user="${user}"] [part="privately"]`)?.click();
  await partOf(chat, 'recipient');
  await eventually(() => focused(chat) === input(chat));
}

/** Brings that conversation to the screen, by the menu. */
export async function goTo(chat: TestChat, channel: string): Promise<void> {
  (await partOf(chat, 'open-conversations')).click();
  await partOf(chat, 'conversations');
  parts(chat, 'conversation')
    .find(({ dataset }) => dataset.channel === channel)
    ?.click();
  await eventually(() => parts(chat, 'conversations').length === 0 && focused(chat) === input(chat));
}

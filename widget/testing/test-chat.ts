import { Client, type ClientOptions } from '../client/client.ts';
import { memoryOutbox } from '../client/outbox-storage.ts';
import { MeetingChat } from '../meeting-chat.ts';
import type { FakeServer } from './fake-server.ts';
import { fakeToken } from './fake-token.ts';
import { eventually } from './until.ts';
import { quietPage } from './visit.ts';

/** The element, with a fake server behind it. */
export class TestChat extends MeetingChat {
  fake: FakeServer | undefined;

  protected override makeClient(options: ClientOptions): Client {
    if (!this.fake) throw new Error('give the element its server before it is connected');
    return new Client(options, { dial: this.fake.dial, page: quietPage(), storage: memoryOutbox() });
  }
}
customElements.define('test-chat', TestChat);

const shown = new Set<HTMLElement>();

/** Puts an element on the page, in a box of its own, for that user. */
export function show(fake: FakeServer, user: string, attributes: { [name: string]: string } = {}): TestChat {
  const chat = new TestChat();
  chat.fake = fake;
  chat.getToken = () => fakeToken(user);
  for (const [name, value] of Object.entries({ meeting: 'standup', placement: 'inline', lang: 'en', ...attributes })) {
    chat.setAttribute(name, value);
  }
  const box = document.createElement('div');
  box.style.cssText = 'width: 400px; height: 500px';
  box.append(chat);
  document.body.append(box);
  shown.add(box);
  return chat;
}

/** Takes away what the tests showed; for `afterEach`. */
export async function hideAll(): Promise<void> {
  for (const box of shown) box.remove();
  shown.clear();
  // What one test has written is none of the next one's.
  sessionStorage.clear();
  // An element closes its session in the next turn.
  await new Promise((next) => setTimeout(next));
}

export function part(chat: TestChat, name: string): HTMLElement {
  const found = parts(chat, name)[0];
  if (!found) throw new Error(`nothing with part="${name}"`);
  return found;
}

export function parts(chat: TestChat, name: string): HTMLElement[] {
  return [...chat.renderRoot.querySelectorAll<HTMLElement>(`[part~="${name}"]`)];
}

export function textsOf(chat: TestChat): string[] {
  return parts(chat, 'text').map((text) => text.textContent ?? '');
}

/** Resolves with the part once it is there. */
export async function partOf(chat: TestChat, name: string): Promise<HTMLElement> {
  await eventually(() => parts(chat, name).length > 0);
  return part(chat, name);
}

export function input(chat: TestChat): HTMLTextAreaElement {
  const found = part(chat, 'input');
  if (!(found instanceof HTMLTextAreaElement)) throw new Error('the input is no text area');
  return found;
}

/** Writes as a person does; Enter only when asked for. */
export async function type(chat: TestChat, text: string, enter: KeyboardEventInit | false = {}): Promise<void> {
  const area = input(chat);
  area.focus();
  area.value = text;
  area.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await chat.updateComplete;
  if (enter) press(area, 'Enter', enter);
  await chat.updateComplete;
}

/** Chooses in the menu that is open, or about to be. */
export async function choose(chat: TestChat, name: string): Promise<void> {
  const find = () => parts(chat, 'menu-item').find(({ dataset }) => dataset.name === name);
  await eventually(() => find() !== undefined);
  find()?.click();
}

/** Returns false when the key was handled. */
export function press(target: HTMLElement, key: string, init: KeyboardEventInit = {}): boolean {
  return target.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }),
  );
}

/** A press by pointer as Safari has it: not the button gets the focus, but what is around it. */
export async function pressInSafari(chat: TestChat, button: HTMLElement): Promise<void> {
  let around: Element | null = button;
  do {
    const root: Node = around.getRootNode();
    around = around.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  } while (around && !around.matches('[tabindex]'));
  if (around instanceof HTMLElement) around.focus();
  else chat.shadowRoot?.querySelector<HTMLElement>(':focus')?.blur();
  await chat.updateComplete;
  if (button.isConnected) button.click();
}

/** All rows are drawn; and two frames: layout, the observers of sizes and what they wrote are done. */
export async function settled(chat: TestChat): Promise<void> {
  await chat.updateComplete;
  await eventually(() => parts(chat, 'list')[0]?.ariaBusy !== 'true');
  for (let i = 0; i < 2; i += 1) await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
}

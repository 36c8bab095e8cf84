import type { Bus } from './bus.ts';

/** For an instance that is alone: there is nobody else to tell or to hear. */
export class LocalBus implements Bus {
  readonly up = true;

  async start(): Promise<void> {}

  publish(): void {}

  async subscribe(): Promise<void> {}

  unsubscribe(): void {}

  async close(): Promise<void> {}
}

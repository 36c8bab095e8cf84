/**
 * The chat without its looks: one connection, any number of channels, nothing lost.
 *
 * ```ts
 * const client = new Client({ server: 'https://chat.example.com', source: fromStorage('jwt') });
 * const standup = client.join('standup');
 * standup.state.subscribe(({ log, outbox }) => render(log?.messages ?? [], outbox));
 * standup.send({ text: 'Good morning' });
 * ```
 */
export type { Readable } from './cell.ts';
export type { ChannelSession } from './channel-session.ts';
export type { ChannelState, Paging, Phase } from './channel-state.ts';
export { Client, type ClientOptions, type ClientParts } from './client.ts';
export type { Connection } from './connection.ts';
export type { ConnectionState } from './connection-state.ts';
export type { Log } from './log.ts';
export type { Draft, OutboxItem, OutboxItemState } from './outbox-item.ts';
export type { OutboxAddress, OutboxStorage } from './outbox-storage.ts';
export { memoryOutbox } from './outbox-storage.ts';
export type { PageRequest } from './pager.ts';
export { fromCookie, fromFunction, fromStorage, type GetToken, type TokenSource } from './token-source.ts';
export type { Address, Dial, Failure, FailureCode, Outcome, ServerEvent, Wire, WireListener } from './wire.ts';

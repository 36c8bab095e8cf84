import { limits } from '../../protocol/limits.ts';
import type { Claims } from '../tokens.ts';
import type { Site } from './site.ts';

export type Route = {
  /** What it answers when all is well. */
  ok: number;
  method: string;
  /** `:id` and `:seq` stand for a group that alice owns and bob is in, and for bob's own message in it. */
  path: string;
  body?: object;
  /** Bodies or queries that are not of its form. */
  invalid?: (object | string)[];
  /** What is too long, and so refused as that. */
  tooLarge?: object;
  /** Makes what it is about. */
  before?: (site: Site, where: { id: string }) => Promise<void>;
  /** Done by neither alice nor bob. */
  by?: Claims;
  /** Done by alice where bob may not. */
  organizers?: true;
  /** Not about a channel: so nobody is a stranger to it. */
  own?: true;
  /** A muted member may not. */
  writes?: true;
};

/** A message of bob's that waits for an organizer. */
async function holdBack(site: Site, { id }: { id: string }): Promise<void> {
  const filter = { action: 'hold', english: false, words: ['acme'] };
  await site.ask('alice', 'PATCH', `/channels/${id}`, { settings: { filter } });
  await site.ask('bob', 'POST', `/channels/${id}/messages`, { text: 'buy acme', key: 'unwanted' });
}

const long = 'x'.repeat(limits.textBytes + 1);
/** By method and path, as the description names them. */
export const routes: { [name: string]: Route } = {
  'post /messages': {
    ok: 201,
    method: 'POST',
    path: '/messages',
    body: { sender_ID: 'bob', receiver_ID: 'cara', type: 'text', text: 'hi' },
    invalid: [{}, { sender_ID: 1, receiver_ID: 'cara', type: 'text', text: 'hi' }],
    tooLarge: { sender_ID: 'bob', receiver_ID: 'cara', type: 'text', text: long },
    own: true,
  },
  'get /messages/{user_id}': {
    ok: 200,
    method: 'GET',
    path: '/messages/bob',
    invalid: ['?limit=x', '?limit=1&limit=2'],
    own: true,
  },
  'post /channels': {
    ok: 201,
    method: 'POST',
    path: '/channels',
    body: { title: 'Group' },
    invalid: [
      {},
      { title: '' },
      { title: 5 },
      { title: ' ' },
      { title: 'x'.repeat(limits.titleLength + 1) },
      { kind: 'party', title: 'x' },
      { title: 'x', passcode: 'abc' },
      { title: 'x', passcode: 'x'.repeat(limits.passcodeLength + 1) },
      { kind: 'direct' },
      { kind: 'direct', user: { $ne: 1 } },
      { kind: 'meeting', id: 'a b' },
    ],
    own: true,
  },
  'get /channels': { ok: 200, method: 'GET', path: '/channels', own: true },
  'get /channels/{id}': { ok: 200, method: 'GET', path: '/channels/:id' },
  'patch /channels/{id}': {
    ok: 200,
    method: 'PATCH',
    path: '/channels/:id',
    body: { title: 'Another' },
    invalid: [{}, { title: '' }, { title: null }, { state: 'shut' }, { settings: 7 }, { settings: { state: 1 } }],
    organizers: true,
  },
  'delete /channels/{id}': { ok: 204, method: 'DELETE', path: '/channels/:id', organizers: true },
  'post /channels/{id}/join': {
    ok: 200,
    method: 'POST',
    path: '/channels/:id/join',
    body: {},
    invalid: [{ passcode: 1 }, { passcode: ['a'] }, { passcode: 'x'.repeat(limits.passcodeLength + 1) }, []],
  },
  'put /channels/{id}/members/{user}': {
    ok: 200,
    method: 'PUT',
    path: '/channels/:id/members/bob',
    body: { muted: false },
    invalid: [{ role: 'king' }, { muted: 'yes' }, { role: null }],
    organizers: true,
  },
  'delete /channels/{id}/members/{user}': {
    ok: 204,
    method: 'DELETE',
    path: '/channels/:id/members/cara',
    organizers: true,
  },
  'get /channels/{id}/messages': {
    ok: 200,
    method: 'GET',
    path: '/channels/:id/messages',
    invalid: ['?limit=0', '?limit=201', '?before=x', '?before=1&after=1', '?around=-1', '?limit='],
  },
  'post /channels/{id}/messages': {
    ok: 201,
    method: 'POST',
    path: '/channels/:id/messages',
    body: { text: 'hi' },
    invalid: [
      {},
      { text: 1 },
      { text: '' },
      { text: 'x', key: '' },
      { text: 'x', replyTo: 0 },
      { text: 'x', mentions: 1 },
      { text: 'x', attachments: [{ name: 'a.png' }] },
    ],
    tooLarge: { text: long },
    writes: true,
  },
  'patch /channels/{id}/messages/{seq}': {
    ok: 200,
    method: 'PATCH',
    path: '/channels/:id/messages/:seq',
    body: { text: 'other words' },
    invalid: [{}, { text: null }],
    tooLarge: { text: long },
    writes: true,
  },
  'delete /channels/{id}/messages/{seq}': {
    ok: 200,
    method: 'DELETE',
    path: '/channels/:id/messages/:seq',
    writes: true,
  },
  'get /channels/{id}/messages/{seq}/receipts': {
    ok: 200,
    method: 'GET',
    path: '/channels/:id/messages/:seq/receipts',
  },
  'put /channels/{id}/receipt': {
    ok: 204,
    method: 'PUT',
    path: '/channels/:id/receipt',
    body: { read: 1 },
    invalid: [{ read: -1 }, { read: '1' }, { read: 1.5 }, { delivered: null }],
  },
  'get /search': {
    ok: 200,
    method: 'GET',
    path: '/search?q=hi&channel=:id',
    invalid: [
      '?',
      '?q=',
      '?mentions=you&q=x',
      '?from=a%20b',
      `?q=${'x'.repeat(limits.queryLength + 1)}`,
      '?q=x&limit=0',
    ],
  },
  'get /channels/{id}/filter': { ok: 200, method: 'GET', path: '/channels/:id/filter', organizers: true },
  'get /channels/{id}/held': { ok: 200, method: 'GET', path: '/channels/:id/held', organizers: true },
  'post /channels/{id}/held/{user}/{key}': {
    ok: 204,
    method: 'POST',
    path: '/channels/:id/held/bob/unwanted',
    organizers: true,
    before: holdBack,
  },
  'delete /channels/{id}/held/{user}/{key}': {
    ok: 204,
    method: 'DELETE',
    path: '/channels/:id/held/bob/unwanted',
    organizers: true,
    before: holdBack,
  },
  'delete /users/{user}': { ok: 204, method: 'DELETE', path: '/users/erika', by: { sub: 'erika' }, own: true },
  'get /audit': {
    ok: 200,
    method: 'GET',
    path: '/audit',
    invalid: ['?limit=0', '?limit=x'],
    by: { sub: 'backend', scope: 'service' },
    own: true,
  },
  'get /users/me': { ok: 200, method: 'GET', path: '/users/me', own: true },
  'get /users/me/blocked': { ok: 200, method: 'GET', path: '/users/me/blocked', own: true },
  'put /users/me/blocked/{user}': { ok: 204, method: 'PUT', path: '/users/me/blocked/mallory', own: true },
  'delete /users/me/blocked/{user}': { ok: 204, method: 'DELETE', path: '/users/me/blocked/mallory', own: true },
};

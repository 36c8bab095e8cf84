import { expect, test } from 'vitest';
import { addressOf } from './address.ts';

test.each([
  ['a stranger', '203.0.113.9', undefined, '203.0.113.9'],
  ['a stranger who claims to forward for another', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['behind a proxy', '127.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['behind two proxies', '::ffff:10.0.0.2', '203.0.113.9, 10.0.0.1', '203.0.113.9'],
  ['behind a proxy, with a lie before it', '10.0.0.2', '198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ['on this machine', '127.0.0.1', undefined, '127.0.0.1'],
  ['with a header that is none', '127.0.0.1', 'unknown', 'unknown'],
  ['by IPv6: the household', '2001:db8:1:2:3:4:5:6', undefined, '2001:db8:1:2::/64'],
  ['by short IPv6', '2001:db8::1', undefined, '2001:db8:0:0::/64'],
  ['nothing at all', undefined, undefined, ''],
])('%s', (_name, peer, forwarded, address) => {
  expect(addressOf(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }, peer)).toBe(address);
});

import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';

/** Where a proxy of ours can be; a stranger's packets do not come from there. */
const nearby = new BlockList();
nearby.addSubnet('127.0.0.0', 8);
nearby.addSubnet('10.0.0.0', 8);
nearby.addSubnet('172.16.0.0', 12);
nearby.addSubnet('192.168.0.0', 16);
nearby.addSubnet('169.254.0.0', 16);
nearby.addAddress('::1', 'ipv6');
nearby.addSubnet('fc00::', 7, 'ipv6');
nearby.addSubnet('fe80::', 10, 'ipv6');

/**
 * The client's address, for limits: of the connection itself, or where that comes from nearby, the last one in
 * `X-Forwarded-For` that does not. What stands before that one was written by the client and proves nothing.
 */
export function addressOf(headers: IncomingHttpHeaders, peer: string | undefined): string {
  const forwarded = headers['x-forwarded-for'];
  const hops =
    typeof forwarded === 'string'
      ? forwarded
          .split(',')
          .slice(-10)
          .map((hop) => hop.trim())
      : [];
  let address = plain(peer ?? '');
  while (isNearby(address)) {
    const hop = hops.pop();
    if (hop === undefined) break;
    address = plain(hop);
  }
  // A household has a whole /64, so that it could use another address for every request.
  return isIPv6(address) ? networkOf(address) : address.slice(0, 64);
}

function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

function isNearby(address: string): boolean {
  return nearby.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}

// Classifies addresses by how far inside the network they are. A registry on the internet must not send us to the router,
// to a service on this machine, or to a cloud's metadata service, by name or by number.
import { BlockList, isIP } from 'node:net';

/** From far to near. A host must not send us to a nearer one. */
export type Reach = 'public' | 'private' | 'loopback';

const order: readonly Reach[] = ['public', 'private', 'loopback'];

/** Whether `reach` is at most as near as `limit`. */
export function within(reach: Reach, limit: Reach): boolean {
  return order.indexOf(reach) <= order.indexOf(limit);
}

/** The farther of two. */
export function farther(a: Reach, b: Reach): Reach {
  return within(a, b) ? a : b;
}

function blockList(...subnets: string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = '', prefix = ''] = subnet.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** Link-local, multicast, and the metadata services of clouds that do not use a link-local address. */
const forbidden = blockList(
  '169.254.0.0/16',
  'fe80::/10',
  'fd00:ec2::254/128', // AWS
  'fd20:ce::254/128', // Google Cloud
  '100.100.100.200/32', // Alibaba
  '192.0.0.192/32', // Oracle
  '168.63.129.16/32', // Azure's host agent, on a public address
  '224.0.0.0/4',
  '255.255.255.255/32',
  'ff00::/8',
);
/** The unspecified addresses reach this machine on Linux. */
const loopback = blockList('127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128');
const inner = blockList(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '192.0.0.0/24',
  '198.18.0.0/15',
  '240.0.0.0/4',
  'fc00::/7',
  'fec0::/10',
);
/** IPv6 ranges that carry an IPv4 address in their last 32 bits: mapped, compatible, NAT64. */
const carriesIPv4 = blockList('::ffff:0:0/96', '::/96', '64:ff9b::/96');

/**
 * Classifies a numeric address.
 * @param address without brackets; a zone (`%eth0`) is ignored
 * @returns undefined for an address that is never to be contacted
 */
export function reachOfAddress(address: string): Reach | undefined {
  const plain = address.replace(/%.*$/, '');
  const version = isIP(plain);
  if (version === 0) return undefined;
  const family = version === 6 ? 'ipv6' : 'ipv4';
  if (forbidden.check(plain, family)) return undefined;
  if (loopback.check(plain, family)) return 'loopback';
  if (version === 6) {
    const embedded = embeddedIPv4(plain);
    if (embedded !== undefined) return reachOfAddress(embedded);
  }
  return inner.check(plain, family) ? 'private' : 'public';
}

function embeddedIPv4(address: string): string | undefined {
  const groups = expandIPv6(address);
  const hextet = (index: number): number => groups[index] ?? 0;
  const dotted = (index: number): string =>
    [hextet(index) >> 8, hextet(index) & 255, hextet(index + 1) >> 8, hextet(index + 1) & 255].join('.');
  if (carriesIPv4.check(address, 'ipv6')) return dotted(6);
  return hextet(0) === 0x2002 ? dotted(1) : undefined; // 6to4 carries it behind its prefix
}

/** The eight groups of an address; the URL parser writes any spelling in the one canonical form. */
function expandIPv6(address: string): number[] {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const parse = (text: string): number[] =>
    text === '' ? [] : text.split(':').map((group) => parseInt(group, 16));
  const front = parse(head);
  const back = tail === undefined ? [] : parse(tail);
  return [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
}

/** `localhost` and names below it, with or without the final dot. */
export function isLoopbackName(hostname: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(hostname);
}

/** Names that clouds resolve to their metadata service; behind a proxy only the name can be checked. */
const metadataName = /^(?:metadata\.google\.internal|metadata\.goog|instance-data)\.?$/i;

export type HostReach =
  | { readonly kind: 'known'; readonly reach: Reach }
  /** A name: only the lookup at connect time can tell. */
  | { readonly kind: 'name' }
  | { readonly kind: 'forbidden' };

/**
 * What the host of a URL says by itself.
 * @param hostname `URL.hostname`, so odd spellings (`0x7f.1`, `2130706433`) are already plain addresses
 */
export function reachOfHost(hostname: string): HostReach {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname.replace(/\.$/, '');
  if (isIP(bare) !== 0) {
    const reach = reachOfAddress(bare);
    return reach === undefined ? { kind: 'forbidden' } : { kind: 'known', reach };
  }
  if (isLoopbackName(bare)) return { kind: 'known', reach: 'loopback' };
  return metadataName.test(bare) ? { kind: 'forbidden' } : { kind: 'name' };
}

/** An IP address as 16-bit groups: eight of an IPv6 address; those of an IPv4 address as IPv6 maps it (`::ffff:a.b.c.d`). */
export type Address = readonly number[];

/** A network: the addresses that agree with `address` in the first `bits` bits of 128. */
export interface Network {
  readonly address: Address;
  readonly bits: number;
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const MAPPED = [0, 0, 0, 0, 0, 0xffff];

/** Reads an IPv4 or IPv6 address; undefined for anything else. An IPv4 address is the same as its IPv6-mapped form. */
export function parseAddress(text: unknown): Address | undefined {
  if (typeof text !== 'string' || text.length > 45) return undefined;
  const pair = parseIpv4(text);
  return pair ? [...MAPPED, ...pair] : parseIpv6(text);
}

/** Two groups of an address in dotted decimals. Leading zeros are refused: some read them as octal. */
function parseIpv4(text: string): Address | undefined {
  const bytes = IPV4.exec(text)?.slice(1);
  if (!bytes?.every((byte) => Number(byte) < 256 && String(Number(byte)) === byte)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.map(Number);
  return [(a << 8) | b, (c << 8) | d];
}

function parseIpv6(text: string): Address | undefined {
  const halves = text.split('::').map(parseGroups);
  const [head, tail] = halves;
  if (!head || halves.length > 2) return undefined;
  if (halves.length === 1) return head.length === 8 ? head : undefined;
  const zeros = tail ? 8 - head.length - tail.length : 0;
  return tail && zeros > 0 ? [...head, ...Array.from({ length: zeros }, () => 0), ...tail] : undefined;
}

/** The groups between colons, the last of which may be an IPv4 address. */
function parseGroups(text: string): Address | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups = parts.map((part, place) => {
    if (/^[\da-f]{1,4}$/i.test(part)) return [Number.parseInt(part, 16)];
    return place === parts.length - 1 ? parseIpv4(part) : undefined;
  });
  return groups.every((group) => group !== undefined) ? groups.flat() : undefined;
}

/** Reads a network in CIDR notation, or one address as the network of itself; undefined for anything else. */
export function parseNetwork(text: unknown): Network | undefined {
  const [, addressText, bitsText] = (typeof text === 'string' && /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text)) || [];
  const address = parseAddress(addressText);
  if (!address) return undefined;
  const before = addressText?.includes(':') ? 0 : 96;
  const bits = bitsText === undefined ? 128 : before + Number(bitsText);
  return bits <= 128 ? { address, bits } : undefined;
}

/** Whether an address is in a network. */
export function isInNetwork(actual: Address, { address, bits }: Network): boolean {
  return address.every((group, place) => {
    const ignored = Math.min(16, Math.max(0, 16 * (place + 1) - bits));
    return group >> ignored === (actual[place] ?? 0) >> ignored;
  });
}

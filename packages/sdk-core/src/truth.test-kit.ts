import {
  checksumOf,
  type Flag,
  formatItem,
  formatLine,
  formatSnapshot,
  type Item,
  type Segment,
  type SnapshotHeader,
} from '@taffrail/engine';
const nameOf = ({ sort, key }: Pick<Item, 'sort' | 'key'>): string => `${sort} ${key}`;

/** A boolean flag that serves everyone the same. */
export function switchFlag(key: string, isOn: boolean, more: Partial<Flag> = {}): Flag {
  const variants = { yes: true, no: false };
  return {
    key,
    type: 'boolean',
    on: true,
    variants,
    off: 'no',
    salt: key,
    fallthrough: { variant: isOn ? 'yes' : 'no' },
    ...more,
  };
}

/** What a server holds of one environment, and how it tells of it; every earlier state is remembered. */
export class Truth {
  epoch = 'e1';
  environment = 'production';
  revision = 1;
  items = new Map<string, Item>();
  private readonly history = new Map<number, ReadonlyMap<string, Item>>();

  constructor(flags: readonly Flag[] = [switchFlag('dark', false)], segments: readonly Segment[] = []) {
    this.put(flags, segments);
    this.remember();
  }

  /** The next revision. */
  edit({
    put = [],
    segments = [],
    del = [],
  }: {
    put?: readonly Flag[];
    segments?: readonly Segment[];
    del?: readonly string[];
  }): this {
    this.put(put, segments);
    for (const name of del) this.items.delete(name);
    this.revision++;
    this.remember();
    return this;
  }

  at(revision: number): ReadonlyMap<string, Item> {
    return this.history.get(revision) ?? new Map();
  }

  checksum(items: ReadonlyMap<string, Item> = this.items): string {
    return checksumOf(items.values());
  }

  header(): SnapshotHeader {
    const { environment, epoch, revision } = this;
    return { format: 1, origin: { environment }, audience: 'server', epoch, revision, ...this.sums(this.items) };
  }

  snapshot(): string {
    return formatSnapshot({ header: this.header(), items: this.items.values() });
  }

  /** The text of a patch, and its event's id. */
  patch(from: number, to: number = this.revision): [text: string, id: string] {
    const [before, after] = [this.at(from), this.at(to)];
    const put = [...after.values()].filter((item) => before.get(nameOf(item))?.digest !== item.digest);
    const del = [...before.keys()].filter((name) => !after.has(name));
    const header = { from, to, ...this.sums(after), del };
    return [[JSON.stringify(header), ...put.map(formatLine)].join('\n'), `${this.epoch}.${to}`];
  }

  hello(more: object = {}): string {
    const { environment, epoch, revision: head } = this;
    return JSON.stringify({ environment, audience: 'server', epoch, head, heartbeatMs: 15_000, capabilities: [], ...more });
  }

  beat(more: object = {}): string {
    return JSON.stringify({ head: this.revision, checksum: this.checksum(), ...more });
  }

  private put(flags: readonly Flag[], segments: readonly Segment[]): void {
    for (const item of [...flags.map((flag) => formatItem('f', flag)), ...segments.map((one) => formatItem('s', one))]) {
      this.items.set(nameOf(item), item);
    }
  }

  private remember(): void {
    this.history.set(this.revision, new Map(this.items));
  }

  private sums(items: ReadonlyMap<string, Item>) {
    const count = (sort: string): number => [...items.values()].filter((item) => item.sort === sort).length;
    return { flags: count('f'), segments: count('s'), checksum: this.checksum(items) };
  }
}

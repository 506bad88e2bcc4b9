import { shareOf, type Pin, type Serve } from '@taffrail/engine';
import type { EnvironmentFlag } from '@taffrail/schema';
import { damageOf } from '../changes/damaged.ts';
import { serveInWords, servesVariant } from './serve-in-words.ts';

const hashSpace = 100_000;

/** A flag in one environment, as a list shows it. */
export interface Cell {
  readonly on: boolean;
  readonly locked: boolean;
  readonly client: boolean;
  readonly summary: string;
  readonly share: number | null;
}

export function cellOf(flag: EnvironmentFlag): Cell {
  const { on, locked, client } = flag;
  return { on, locked, client, summary: summaryOf(flag), share: shareGiven(flag) };
}

/** What a flag serves, in a few words: `off`, `killed`, `on`, `10 % of org`, `on + 2 rules`, `acme +2`. */
function summaryOf(flag: EnvironmentFlag): string {
  const damage = damageOf(flag);
  if (damage !== undefined) return damage;
  if (flag.locked) return 'killed';
  if (!flag.on) return 'off';
  const base = [...pinsInWords(flag), ...fallthroughInWords(flag)].join(', ');
  const rules = flag.rules.length === 0 ? '' : `${flag.rules.length} rule${flag.rules.length === 1 ? '' : 's'}`;
  return [base, rules].filter((part) => part !== '').join(' + ') || 'on for nobody';
}

/** Share of contexts, 0 to 1, that the fallthrough gives another variant than the off variant; null if it depends on more than a bucket. */
export function shareGiven({ on, off, fallthrough }: EnvironmentFlag): number | null {
  return on ? shareIn(fallthrough, off) : 0;
}

function shareIn(serve: Serve, off: string | undefined): number | null {
  if (servesVariant(serve, off) || 'codeDefault' in serve) return 0;
  if ('variant' in serve) return 1;
  if ('switch' in serve) return null;
  const arms = serve.arms.map((arm) => ({ buckets: shareOf(arm), serve: arm.serve }));
  const held = arms.reduce((sum, { buckets }) => sum + buckets, 0);
  const parts = serve.rest === undefined ? arms : [...arms, { buckets: hashSpace - held, serve: serve.rest }];
  const shares = parts.map((part) => ({ share: shareIn(part.serve, off), buckets: part.buckets }));
  if (shares.some(({ share }) => share === null)) return null;
  return shares.reduce((sum, { share, buckets }) => sum + (share ?? 0) * buckets, 0) / hashSpace;
}

function fallthroughInWords({ fallthrough, off }: EnvironmentFlag): string[] {
  const isOff = servesVariant(fallthrough, off) || 'codeDefault' in fallthrough;
  return isOff ? [] : [serveInWords(fallthrough, off)];
}

function pinsInWords({ pins, off }: EnvironmentFlag): string[] {
  const given = keysOf(pins.filter(({ variant }) => variant !== off));
  const kept = keysOf(pins.filter(({ variant }) => variant === off));
  return [...firstAndMore('', given), ...firstAndMore('not ', kept)];
}

function firstAndMore(prefix: string, keys: readonly string[]): string[] {
  const [first] = keys;
  if (first === undefined) return [];
  return [`${prefix}${first}${keys.length > 1 ? ` +${keys.length - 1}` : ''}`];
}

function keysOf(pins: readonly Pin[]): string[] {
  return pins.flatMap(({ keys }) => keys);
}

import { doorLimits } from '@taffrail/publish';
import { rateLimits } from '@taffrail/publish/ofrep';
import { limits } from '@taffrail/schema';
import { perCaller } from '../../../apps/server/src/http/api.ts';
import { perAccount, perAddress } from '../../../apps/server/src/members/attempts.ts';
import { pageLimits } from '../../../apps/server/src/streams/streams.ts';
import { sentence, table } from './table.ts';

const block = /(?<=<!-- limits:begin -->\n)[^]*(?=<!-- limits:end -->)/;

type Bounds = Readonly<Record<string, number>>;

/** Whose bounds these are, to begin a line of the table. */
const groups: readonly (readonly [whose: string, bounds: Bounds])[] = [
  ['', limits],
  ['SDKs: ', { ...doorLimits }],
  ['one SDK key over OFREP: ', { ...rateLimits }],
  ["people's pages: ", { ...pageLimits }],
  ['one caller of the API: ', { ...perCaller }],
  ['sign-in from one address: ', { ...perAddress }],
  ['sign-in from one address to one account: ', { ...perAccount }],
];

/** A page with the table of limits in the block that is kept for it. */
export function withLimits(page: string): string {
  const rows = groups.flatMap(([whose, bounds]) =>
    Object.entries(bounds).map(([name, bound]) => [sentence(whose + inWords(name).what).slice(0, -1), inWords(name).of(bound)]),
  );
  return page.replace(block, `\n${table(['Limit', 'At most'], rows)}\n\n`);
}

/** The unit stands at the end of a name. */
const units: Readonly<Record<string, string>> = { bytes: 'bytes', days: 'days', length: 'characters' };

const number = (bound: number) => bound.toLocaleString('en');

/** `variantValueBytes` is "variant value", in bytes. */
function inWords(name: string): { readonly what: string; readonly of: (bound: number) => string } {
  const spaced = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  const words = spaced.replace('sdk', 'SDK').split(' ');
  const unit = units[words.at(-1) ?? ''];
  if (unit === undefined) return { what: words.join(' '), of: number };
  return { what: words.slice(0, -1).join(' '), of: (bound) => `${number(bound)} ${unit}` };
}

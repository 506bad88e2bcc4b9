import { shareOf, type Serve } from '@taffrail/engine';

/** Buckets in one percent of the hash space. */
const bucketsPerPercent = 1_000;

type Split = Extract<Serve, { split: unknown }>;

/** `10 %`, `0.5 %`: buckets of 100,000 as people read them. */
export function percentInWords(buckets: number): string {
  return `${buckets / bucketsPerPercent} %`;
}

/** What a serve gives, in a few words: `on`, `10 % of org`, `blue 25 %, green 25 % of user`. */
export function serveInWords(serve: Serve, off?: string): string {
  if ('variant' in serve) return serve.variant;
  if ('split' in serve) return splitInWords(serve, off);
  if ('switch' in serve) return `one of ${serve.switch.length} cases`;
  return 'the code default';
}

function splitInWords({ split, arms }: Split, off: string | undefined): string {
  const whole = `of ${split.path === undefined ? split.kind : `${split.kind} by ${split.path.join('.')}`}`;
  const given = arms.filter(({ serve }) => !servesVariant(serve, off));
  const [only] = given;
  if (only !== undefined && given.length === 1) return `${percentInWords(shareOf(only))} ${whole}`;
  const parts = given.map((arm) => `${serveInWords(arm.serve, off)} ${percentInWords(shareOf(arm))}`);
  return `${parts.join(', ') || '0 %'} ${whole}`;
}

/** Whether a serve gives this variant and nothing else; without a variant, the code default. */
export function servesVariant(serve: Serve, variant: string | undefined): boolean {
  return variant === undefined ? 'codeDefault' in serve : 'variant' in serve && serve.variant === variant;
}

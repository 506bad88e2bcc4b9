import type { Flag } from '@taffrail/engine';

/** What a flag is in a release, as its shipment's line has it: `on`, `off (dark)`, `off (BO-17)`, `by rules`, `"eu"`. */
export function lineInWords(line: Flag): string {
  const { on, metadata = {}, rules = [], fallthrough } = line;
  if (metadata['layer'] === 'back-out') return `off (${metadata['source']})`;
  if (!on) return metadata['source'] === 'opt-in' ? 'off until a site asks for it' : 'off (dark)';
  if (rules.length > 0 || !('variant' in fallthrough)) return 'by rules';
  return valueInWords(line, fallthrough.variant);
}

/** The back-out that holds a flag off in a release. */
export function backOutIn({ metadata = {} }: Flag): string | undefined {
  return metadata['layer'] === 'back-out' ? String(metadata['source']) : undefined;
}

const longestValue = 60;

function valueInWords({ type, variants }: Flag, variant: string): string {
  const value = variants[variant];
  if (type === 'boolean') return value === true ? 'on' : 'off';
  const text = JSON.stringify(value) ?? variant;
  return text.length > longestValue ? variant : text;
}

import type { DoctorBundle } from '@taffrail/schema/doctor-bundle';
import { anyBoolean, anyCount, anyInstant, anything, anyText, fields, listOf, oneOf, texts } from './shape.ts';

/** The format of bundles that this version writes. */
export const BUNDLE_FORMAT = 1;
/** Ten times what a site of a thousand flags and ten orgs makes. */
const BUNDLE_CHARACTERS = 100_000_000;

/** A doctor's bundle that was read, or a sentence that says why it was not. */
export type ReadBundle =
  { readonly bundle: DoctorBundle; readonly problem?: undefined } | { readonly bundle?: undefined; readonly problem: string };

/** Reads what `taffrail doctor --bundle` wrote and a customer sent: nothing of it is trusted to be of the right shape. */
export function readBundle(text: string): ReadBundle {
  if (text.length > BUNDLE_CHARACTERS) return { problem: 'This file is too large to be a bundle of taffrail doctor.' };
  const value = jsonIn(text);
  const format = formatOf(value);
  if (format === undefined) return { problem: 'This is no bundle: make one with "taffrail doctor --bundle FILE".' };
  if (format > BUNDLE_FORMAT) return { problem: newer(format) };
  const place = bundleShape(value, '');
  if (place === undefined) return { bundle: value as DoctorBundle };
  return { problem: `This bundle is damaged at ${place}: ask for it again, as a file and not as text in a mail.` };
}

const newer = (format: number): string =>
  `This bundle is of format ${format}, and ${BUNDLE_FORMAT} is the newest that is known here: update Taffrail to read it.`;

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

function formatOf(value: unknown): number | undefined {
  const format: unknown = typeof value === 'object' && value !== null ? (value as { bundle?: unknown }).bundle : undefined;
  return typeof format === 'number' && Number.isSafeInteger(format) && format > 0 ? format : undefined;
}

const layerName = oneOf('off', 'override', 'back-out', 'shipment', 'code-default');
const layer = fields({ layer: layerName, source: anyText, standing: anyText }, { value: anything, needs: listOf(anyText) });
const answer = fields(
  { reason: anyText, layer: layerName, layers: listOf(layer), code: anyText },
  { org: anyText, value: anything, variant: anyText, bySite: anything },
);
const flag = fields(
  { flag: anyText, answers: listOf(answer) },
  { type: anyText, policy: anyText, owner: anyText, overridable: anyBoolean },
);
const shipment = fields({
  release: anyText,
  revision: anyCount,
  digest: anyText,
  issuedAt: anyInstant,
  verifiedBy: listOf(anyText),
});
const keys = fields({
  version: anyCount,
  issuedAt: anyInstant,
  signing: listOf(anyText),
  rotatedOut: listOf(anyText),
  revoked: listOf(anyText),
});
const backOut = fields(
  { id: anyText, flags: listOf(anyText), severity: oneOf('advisory', 'required'), reason: anyText, since: anyCount },
  { link: anyText },
);
const site = fields(
  { roots: listOf(fields({ keyid: anyText, fingerprint: anyText })), backOuts: listOf(backOut) },
  {
    product: anyText,
    line: anyText,
    release: anyText,
    paths: texts,
    keys,
    shipment,
    packaged: shipment,
    highest: anyCount,
    lastContactAt: anyInstant,
    installTag: anyText,
  },
);
const override = fields(
  { flag: anyText, value: anything, line: anyCount, hash: anyText },
  {
    orgs: listOf(anyText),
    expires: anyText,
    acknowledges: listOf(anyText),
    reason: anyText,
    ticket: anyText,
    setBy: anyText,
    setOn: anyText,
  },
);

/** Every field that a page shows. The rules of the schema, without the weight of a validator. */
const bundleShape = fields({
  madeAt: anyInstant,
  redacted: anyBoolean,
  versions: fields({ taffrail: anyText, node: anyText, platform: anyText }),
  checks: listOf(fields({ about: anyText, level: oneOf('good', 'mind', 'wrong'), message: anyText })),
  site,
  overrides: listOf(override),
  off: listOf(anyText),
  flags: listOf(flag),
});

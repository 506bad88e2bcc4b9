import type { SupportLayer, SupportValue } from '@taffrail/shipment/browser';
import type { ReleaseEntry } from '../api/release-queries.ts';

/** What a site's layers are called. */
export const layerNames: Record<SupportLayer, string> = {
  'code-default': 'code default',
  shipment: 'shipment',
  'back-out': 'back-out',
  override: 'override file',
  off: 'TAFFRAIL_OFF',
};

export const valueNames: Record<SupportValue, string> = { on: 'on', off: 'off', other: 'another value than on or off' };

/** What a flag was made in a release when it was cut, and by what. */
export const cutWords: Record<ReleaseEntry['why'], { readonly value: string; readonly because: string }> = {
  ga: { value: 'on', because: 'it was generally available' },
  dark: { value: 'off', because: 'it was dark' },
  'onprem:on': { value: 'on', because: 'it was approved for releases' },
  'onprem:opt-in': { value: 'off', because: 'sites turn it on themselves' },
  'onprem:rules': { value: 'by rules', because: 'it was shipped with its rules' },
};

import type { SupportLayer, SupportValue } from '@taffrail/shipment/browser';
import type { ReleaseEntry } from '../api/release-queries.ts';
import type { Issued } from './code-facts.ts';

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

/** What is to be said to whoever answers; nothing where all is as it should be. */
export const issuedNotices: Record<Issued, string> = {
  'as-issued': '',
  'nothing-in-force': 'No shipment is in force there: only the defaults of the code count.',
  'unknown-release': 'This server cut no release of that version: nothing can be compared with it.',
  'not-issued': 'This is not what we shipped: this server never issued that revision.',
  'other-digest': 'This is not what we shipped: the shipment in force there has another digest than the one that was issued.',
};

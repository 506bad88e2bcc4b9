import type { Coding } from '../coded.ts';

const offered: Record<Coding, RegExp> = {
  gzip: /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i,
  br: /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i,
};

/** Whether an `Accept-Encoding` takes a coding. */
export const accepts = (acceptEncoding: string | undefined, coding: Coding): boolean =>
  acceptEncoding !== undefined && offered[coding].test(acceptEncoding);

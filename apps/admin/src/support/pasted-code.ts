/**
 * The code in what somebody pasted: a line of `taffrail why` or of a mail has words before it, and a remark in brackets behind it. What
 * holds no code is given back as it is, for its reader to say so.
 */
export function pastedCode(text: string): string {
  const [code] = /\btr[0-9il]\s*[-\s\u2010-\u2015\u2212][^()"“”]*/i.exec(text) ?? [];
  return code?.trim() ?? text;
}

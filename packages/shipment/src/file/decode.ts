import type { Fault } from './fault.ts';

const UTF_16 = /^(\xff\xfe|\xfe\xff)/;
/** YAML allows no control characters but tab and line ends; the parser lets them pass. */
const CONTROL = /[\0-\x08\v\f\x0e-\x1f\x7f]/; // oxlint-disable-line no-control-regex

/** The text of a file; or what makes it no text, and where. */
export function decode(bytes: Uint8Array): string | Fault {
  if (UTF_16.test(String.fromCharCode(...bytes.slice(0, 2)))) return { at: 0, message: 'the file is UTF-16: save it as UTF-8' };
  const text = new TextDecoder().decode(bytes);
  if (!isUtf8(bytes))
    return { at: Math.max(0, text.indexOf('\ufffd')), message: 'this is not UTF-8: save the file as UTF-8', text };
  const at = text.search(CONTROL);
  if (at >= 0) return { at, message: `the control character ${codeOf(text, at)} is in the file: take it out`, text };
  return text;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const codeOf = (text: string, at: number): string => `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0')}`;

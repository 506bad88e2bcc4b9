import type { Document, ErrorCode, YAMLError } from 'yaml';
import type { Fault } from './fault.ts';

/** What a parser's error means to the author. An error without a row is told in the parser's own words. */
const sentences: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab indents this line: indent with spaces',
  BAD_INDENT: 'this is indented less, or closed later, than what it belongs to: indent it, or close the bracket before',
  MULTIPLE_DOCS: 'a second document begins here: keep one, and take out the line ---',
  BLOCK_AS_IMPLICIT_KEY: 'a second ": " is on this line: put the value in quotes, or on a line of its own',
  MULTILINE_IMPLICIT_KEY: 'this is no field: write "name: value", with a space after the colon',
  BAD_DQ_ESCAPE: 'this escape is unknown inside double quotes: write \\\\ for a backslash, or use single quotes',
  BAD_SCALAR_START: 'text cannot begin with this character: put it in quotes',
  MISSING_CHAR: 'a closing quote, a colon or the dash of a list is missing here or before',
  UNEXPECTED_TOKEN: 'this does not belong here: look for a missing comma or quote before it',
  BLOCK_IN_FLOW: 'this does not belong between brackets: look for a missing comma before it',
};

/** One slip makes the parser stumble on; what is said after so many is noise. */
export const TOLD = 10;

/** What of a document is not YAML, and whether it is worth looking further. */
export function syntaxFaults(
  { errors, warnings, directives }: Document,
  text: string,
): { readonly faults: Fault[]; readonly isOver: boolean } {
  const exhausted = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION');
  if (exhausted)
    return { faults: [{ at: lineStart(text, exhausted), message: 'this nests too deep for an override file' }], isOver: true };
  const faults = errors.slice(0, TOLD).map((error) => ({ at: error.pos[0], message: sentenceOf(error) }));
  const isDirected = directives?.yaml.explicit === true || warnings.some(({ code }) => code === 'BAD_DIRECTIVE');
  if (isDirected)
    faults.unshift({ at: 0, message: 'directives are not read here, the file is YAML 1.2: take the lines with % out' });
  return { faults, isOver: errors.length > 0 };
}

/** How far the parser came depends on the stack that it was given. */
const lineStart = (text: string, { pos: [at] }: YAMLError): number => text.lastIndexOf('\n', at - 1) + 1;

const sentenceOf = ({ code, message }: YAMLError): string => sentences[code] ?? `this is not YAML: ${message}`;

import { isAbsolute, relative } from 'node:path';
import { variables } from '../../../apps/server/src/config.ts';
import { code, sentence, table } from './table.ts';

const block = /(?<=<!-- config:begin -->\n)[^]*(?=<!-- config:end -->)/;

/** A page with the table of environment variables in the block that is kept for it. */
export function withConfig(page: string): string {
  const rows = Object.values(variables).map(({ name, about, fallback }) => [code(name), inWords(fallback), sentence(about)]);
  return page.replace(block, `\n${table(['Variable', 'Default', 'Sets'], rows)}\n\n`);
}

/** A folder is told from where the server is started. */
function inWords(fallback: string | number | undefined): string {
  if (fallback === undefined) return '';
  const text = String(fallback);
  return code(isAbsolute(text) ? `./${relative('.', text)}` : text);
}

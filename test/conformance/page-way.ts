import { fileURLToPath } from 'node:url';
import type { Resolution } from '@taffrail/engine';
import { build } from 'esbuild';
import { openChromium } from '../product/browser.ts';
import { clientAnswer } from './client-answer.ts';
import type { Way } from './way.ts';

const program = `
  import { createClient } from '@taffrail/browser';
  import { matchesRows } from '@taffrail/browser/matches';
  import { networkRows } from '@taffrail/browser/network';
  import { versionRows } from '@taffrail/browser/versions';
  const rows = [versionRows, networkRows, matchesRows];
  const options = { url: 'http://127.0.0.1:1', key: 'tf_cli_aaaaaaaa_0', offline: true, rows, logger: { warn() {}, error() {} } };
  window.answer = (asked) => {
    const { text, questions, nowMs } = JSON.parse(asked);
    Date.now = () => nowMs;
    const client = createClient({ ...options, bootstrap: text });
    const answers = questions.map(({ flag, codeDefault, context }) => client.forContext(context).details(flag, codeDefault));
    client.close();
    return JSON.stringify(answers);
  };`;

/** The built SDK with all of its rows, in a page. */
export async function openPage(): Promise<Way> {
  const browser = await openChromium();
  const page = await browser.newPage();
  await page.addScriptTag({ content: await bundled(program) });
  return {
    async ask(text, questions, nowMs) {
      // As text: an object would lose members of names such as __proto__ on its way.
      const asked = JSON.stringify(JSON.stringify({ text, questions, nowMs }));
      const answers = JSON.parse(await page.evaluate<string>(`window.answer(${asked})`)) as Resolution[];
      return answers.map(clientAnswer);
    },
    close: () => browser.close(),
  };
}

/** A program for a page, with the built packages that it imports. */
export async function bundled(contents: string): Promise<string> {
  const resolveDir = fileURLToPath(new URL('../', import.meta.url));
  const { outputFiles } = await build({ stdin: { contents, resolveDir }, bundle: true, format: 'iife', write: false });
  return outputFiles[0]?.text ?? '';
}

import { parseHeader, type Context } from '@taffrail/engine';
import { originStateOf } from '../origin-state.ts';

/** What a page begins with beside the state. */
export interface BootstrapOptions {
  /** Whom the page was rendered for: everything in it goes into the page. Absent: the page's client is told by itself. */
  readonly context?: Context;
}

/** What a `<script>` would not read as text, and what was not JavaScript before 2019. */
const UNSAFE = /[<>&\u2028\u2029]/g;

/**
 * The state of a client that has a client key (`tf_cli_…`), and the context that a page is rendered for, as JSON that may stand in any
 * script: `{ bootstrap, context }`, the options of the page's client. A state of a server key holds rules that nobody outside may read:
 * it stays here, the log says so, and the page begins with the network, as it does before there is a state.
 */
export function bootstrapText(client: object, { context }: BootstrapOptions = {}): string {
  return scriptSafe(JSON.stringify({ bootstrap: publicState(client), context }));
}

/** `bootstrapText` as an element of the page, which `readBootstrap()` of `@taffrail/browser/bootstrap` reads. It is data: nothing runs. */
export function bootstrapScript(client: object, options?: BootstrapOptions): string {
  return `<script type="application/json" id="taffrail-bootstrap">${bootstrapText(client, options)}</script>`;
}

function publicState(client: object): string | undefined {
  const state = originStateOf(client);
  const text = state?.text();
  if (text === undefined) return undefined;
  if (parseHeader(text.slice(0, text.indexOf('\n'))).header?.audience === 'client') return text;
  state?.complain(MISTAKE);
  return undefined;
}

const MISTAKE =
  'bootstrapText needs a client that has a client key (tf_cli_…): the state of a server key holds every rule, and stays out of pages.';

const scriptSafe = (json: string): string =>
  json.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

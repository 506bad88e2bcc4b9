import { converse } from '../child.mjs';

const probe = new URL('probe.child.mjs', import.meta.url).href;

/** A server that does nothing but answer, to be measured as the product is. A whole answer has this many bytes. */
export async function withBareServer(bodyBytes, use) {
  const child = converse(new URL('bare.child.mjs', import.meta.url), [bodyBytes], { execArgv: ['--import', probe] });
  try {
    return await use({ url: await child.answer(), ask: (question) => child.ask(question) });
  } finally {
    child.end();
  }
}

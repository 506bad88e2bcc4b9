import { createClient } from '@taffrail/browser';
import { letterAvatars, newIssueStream } from '../flag-keys.ts';
import type { PageSettings, View } from '../views.ts';

const settings = JSON.parse(document.querySelector('#settings')?.textContent ?? '') as PageSettings;
const list = document.querySelector('#issues');
const connection = document.querySelector('#connection');
const { org } = settings;
const flags = createClient({ url: settings.url, key: settings.key, context: { org: { ...org } } });

flags.onChange(show);
void flags.ready().then(show);
setInterval(() => void refresh(), 10_000);
setInterval(showConnection, 1_000);

/** Shows what the flags say now. Nothing is reloaded: only the list is put in the other's place. */
function show(): void {
  document.body.dataset.letterAvatars = String(flags.isEnabled(letterAvatars));
  showConnection();
  if (list?.firstElementChild?.getAttribute('data-view') !== wanted()) void refresh();
}

function showConnection(): void {
  if (connection) connection.textContent = flags.state === 'READY' ? 'Live' : `Taffrail: ${flags.state.toLowerCase()}`;
}

const wanted = (): View => (flags.isEnabled(newIssueStream) ? 'stream' : 'table');

/** The server may hear of a change a moment after the page; until then it has no such view. */
async function refresh(attempts = 20): Promise<void> {
  const view = wanted();
  const response = await fetch(`/orgs/${org.key}/issues?view=${view}`).catch(() => undefined);
  if (response?.ok) {
    const markup = await response.text();
    if (list && view === wanted()) list.innerHTML = markup;
  } else if (attempts > 1 && view === wanted()) {
    setTimeout(() => void refresh(attempts - 1), 100);
  }
}

import { html, type Html } from './html.ts';
import type { Issue } from './issues.ts';
import type { Org } from './orgs.ts';
import { sparkline } from './sparkline.ts';
import type { Group } from './stream.ts';

/** The two ways in which the page shows issues; which one is up to the flag. */
export type View = 'table' | 'stream';

/** The issue list as it always was: one row each. */
export function tableView(issues: readonly Issue[], nowMs: number): Html {
  return html`<table class="issues" data-view="table">
    <thead>
      <tr>
        <th scope="col">Issue</th>
        <th scope="col" class="number">Events</th>
        <th scope="col" class="number">Users</th>
        <th scope="col">Last seen</th>
        <th scope="col">Assignee</th>
      </tr>
    </thead>
    <tbody>
      ${issues.map(
        (issue) =>
          html`<tr>
            <td><span class="id">${issue.id}</span> <strong>${issue.type}</strong> ${issue.title}</td>
            <td class="number">${count(issue.events)}</td>
            <td class="number">${count(issue.users)}</td>
            <td>${ago(nowMs - issue.lastSeenMs)}</td>
            <td>${assignee(issue)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

/** The new issue stream: issues of one type together, the busiest first, each with its day. */
export function streamView(groups: readonly Group[], nowMs: number): Html {
  return html`<ol class="stream" data-view="stream">
    ${groups.map((group) => groupCard(group, nowMs))}
  </ol>`;
}

function groupCard({ type, issues, events, users, hourly, lastSeenMs }: Group, nowMs: number): Html {
  return html`<li class="group">
    <div class="summary">
      <h2>${type}</h2>
      <p>
        ${issues.length} ${issues.length === 1 ? 'issue' : 'issues'} · ${count(events)} events · ${count(users)} users ·
        ${ago(nowMs - lastSeenMs)}
      </p>
      ${sparkline(hourly)}
    </div>
    <ul>
      ${issues.map(
        (issue) =>
          html`<li>
            <span class="id">${issue.id}</span> ${issue.title} <span class="culprit">${issue.culprit}</span> ${assignee(issue)}
          </li>`,
      )}
    </ul>
  </li>`;
}

/** A face is the first letters of a name; whether it shows is up to another flag, on the page. */
function assignee({ assignee: name }: Issue): Html {
  const letters = name
    .split(' ')
    .map((part) => part.charAt(0))
    .join('');
  return html`<span class="assignee"><span class="avatar" aria-hidden="true">${letters}</span> ${name}</span>`;
}

const count = (number: number) => number.toLocaleString('en');
const minuteMs = 60_000;

function ago(ms: number): string {
  const minutes = Math.floor(ms / minuteMs);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h ago` : `${Math.floor(minutes / 60 / 24)} days ago`;
}

/** What the page's script needs to know. The key is public: it is a client key. */
export interface PageSettings {
  readonly url: string;
  readonly key: string;
  readonly org: Org;
}

/** A whole page for one customer, with the list as the server decided it. */
export function page(org: Org, all: readonly Org[], list: Html, settings: PageSettings): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>Issues of ${org.name}</title>
        <link rel="icon" href="/icon.svg" />
        <link rel="stylesheet" href="/style.css" />
        <script type="module" src="/page.js"></script>
        <script type="application/json" id="settings">
          ${json(settings)}
        </script>
      </head>
      <body>
        <header>
          <a class="brand" href="/">Issue tracker</a>
          <p id="connection" role="status">Connecting to Taffrail…</p>
        </header>
        <nav aria-label="Organizations">
          <ul>
            ${all.map(
              ({ key, name, plan }) =>
                html`<li>
                  <a href="/orgs/${key}" ${key === org.key ? html`aria-current="page"` : ''}
                    ><span>${name}</span><small>${plan}</small></a
                  >
                </li>`,
            )}
          </ul>
        </nav>
        <main>
          <h1>${org.name}</h1>
          <p class="facts">${org.plan} plan · ${org.region.toUpperCase()} · ${count(org.size)} seats</p>
          <div id="issues" aria-live="off">${list}</div>
        </main>
      </body>
    </html>`;
}

/** JSON inside a script element: nothing in it can end the element. */
function json(value: unknown): Html {
  return { markup: JSON.stringify(value).replaceAll('<', '\\u003c') };
}

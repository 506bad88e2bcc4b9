import type { problems as problemTable } from '@taffrail/schema';
import { operationsOf, type ListedOperation, type OpenApi, type OpenApiOperation } from '@taffrail/schema/openapi';
import { html, type Html } from './html.ts';

/** A page of the API: every operation below its noun, and every problem. Plain HTML: it needs no script and no other host. */
export function docsPage(document: OpenApi, problems: typeof problemTable): Html {
  const listed = operationsOf(document);
  const tags = [...new Set(listed.flatMap(({ operation }) => operation.tags))].sort();
  return html`<!doctype html>
    <html lang="en">
      ${head(document)}
      <body>
        ${intro(document)}
        <nav aria-label="Nouns">
          <ul>
            ${[...tags, 'shapes', 'problems'].map((tag) => html`<li><a href="#${tag}">${tag}</a></li>`)}
          </ul>
        </nav>
        <main>${tags.map((tag) => section(tag, listed))} ${shapeList(document)} ${problemList(problems)}</main>
      </body>
    </html>`;
}

const head = ({ info }: OpenApi): Html =>
  html`<head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>The API of Taffrail ${info.version}</title>
    <link rel="stylesheet" href="/api/docs.css" />
  </head>`;

const intro = ({ info, servers }: OpenApi): Html =>
  html`<header>
    <h1>The API of Taffrail ${info.version}</h1>
    <p>
      ${info.description} Paths are below <code>${servers[0]?.url ?? ''}</code>, but for those of SDKs. For programs:
      <a href="/api/openapi.json">openapi.json</a>.
    </p>
  </header>`;

const shapeList = ({ components }: OpenApi): Html =>
  html`<h2 id="shapes">shapes</h2>
    ${Object.entries(components.schemas).map(
      ([name, shape]) =>
        html`<details id="${name}">
          <summary><code>${name}</code></summary>
          <div>${schema(shape)}</div>
        </details>`,
    )}`;

const problemList = (problems: typeof problemTable): Html =>
  html`<h2 id="problems">problems</h2>
    <p>Every refusal is <code>application/problem+json</code>. Decide by its <code>code</code>; its sentences are for people.</p>
    <table>
      <tr>
        <th scope="col">Code</th>
        <th scope="col">Status</th>
        <th scope="col">Means</th>
      </tr>
      ${Object.entries(problems).map(
        ([code, { status, title }]) =>
          html`<tr id="${code}">
            <td><code>${code}</code></td>
            <td>${status}</td>
            <td>${title}</td>
          </tr>`,
      )}
    </table>`;

const section = (tag: string, listed: readonly ListedOperation[]): Html =>
  html`<h2 id="${tag}">${tag}</h2>
    ${listed.filter(({ operation }) => operation.tags.includes(tag)).map(entry)}`;

const entry = ({ path, method, operation }: ListedOperation): Html =>
  html`<details id="${operation.operationId}">
    <summary>
      <code><span class="method">${method.toUpperCase()}</span> ${path}</code><br />${operation.summary}
    </summary>
    <div>
      <p>${operation.description}</p>
      ${operation.parameters.length > 0 && parameters(operation)}
      ${
        operation.requestBody &&
        html`<h3>Body</h3>
          ${schema(operation.requestBody.content['application/json'].schema)}`
      }
      <h3>Answers</h3>
      ${Object.entries(operation.responses).map(([status, response]) => answer(status, response as Answer))}
    </div>
  </details>`;

const parameters = ({ parameters }: OpenApiOperation): Html =>
  html`<h3>Parameters</h3>
    <table>
      ${parameters.map(
        (parameter) =>
          html`<tr>
            <td><code>${parameter.name}</code></td>
            <td>${parameter.in}</td>
            <td>${aboutParameter(parameter)}</td>
          </tr>`,
      )}
    </table>`;

function aboutParameter(parameter: OpenApiOperation['parameters'][number]): string {
  const { description }: { description?: string } = 'description' in parameter ? parameter : parameter.schema;
  return description ?? '';
}

interface Answer {
  readonly description: string;
  readonly content: Readonly<Record<string, { readonly schema: object }>>;
}

const answer = (status: string, { description, content }: Answer): Html =>
  html`<p><code>${status}</code> ${description}</p>
    ${status === '200' && Object.values(content).map((media) => schema(media.schema))}`;

/** A shape as JSON; named ones are linked. */
const schema = (shape: object): Html => {
  const { html: text } = html`${JSON.stringify(shape, null, 1)}`;
  const linked = text.replace(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$1</a>');
  return html`<pre><code>${{ html: linked }}</code></pre>`;
};

import type { DocumentId } from '../changes/document.ts';
import { commandRoute, route, type Route } from '../http/route.ts';
import { shipmentKey } from '../releases/find.ts';
import { noteLostShipment } from '../releases/note-lost-shipment.ts';
import { publishKeys } from './publish-keys.ts';
import { signShipment } from './sign-shipment.ts';
import { lineList, publishedKeys, signedFile } from './signing.views.ts';

const project = '/orgs/:org/projects/:project';
const keys = `${project}/lines/:line/keys` as const;
const file = `${project}/releases/:release/shipments/:revision/file` as const;

export const signingRoutes: readonly Route[] = [
  route(`GET ${project}/lines`, ({ params, ...asked }, { commits }) => lineList(commits.state(scopeOf(params)), asked)),
  route(`GET ${keys}`, ({ params, reads }, { commits }) => publishedKeys(commits.state(scopeOf(params)), params.line, reads)),
  route(`GET ${file}`, ({ params, reads }, { commits }) =>
    signedFile(commits.state(scopeOf(params)), params.release, Number(params.revision), reads),
  ),
  commandRoute(`PUT ${keys}`, { command: publishKeys, document: line }),
  commandRoute(`PUT ${file}`, { command: signShipment, document: signature }),
  commandRoute(`POST ${project}/releases/:release/lost`, { command: noteLostShipment }),
];

function scopeOf({ org, project: key }: { readonly org: string; readonly project: string }) {
  return { org, project: key };
}

function line(params: Record<string, string>): DocumentId {
  return { sort: 'line', key: params['line'] ?? '' };
}

function signature(params: Record<string, string>): DocumentId {
  return { sort: 'signature', key: shipmentKey(params['release'] ?? '', Number(params['revision'])) };
}

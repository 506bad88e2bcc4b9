import type { IncomingMessage } from 'node:http';
import { limits, siteContracts, type Acknowledgement, type QueryOf } from '@taffrail/schema';
import { queryValidator, validator } from '@taffrail/schema/validate';
import { fail } from '../changes/app-error.ts';
import { refuseMistakes } from '../changes/mistakes.ts';
import { readJson } from '../http/read-json.ts';
import type { KnownInstallKey } from '../tokens/install-keys.ts';

const lineContract = siteContracts['GET /install/v1/shipments/:line'];
type LineQuery = QueryOf<typeof lineContract>;

const checkQuery = queryValidator(lineContract.query);
const checkAcknowledgement = validator(siteContracts['POST /install/v1/acks'].body);

/** The key of a site that asks. Throws KEY_REJECTED. */
export function siteKeyOf(request: IncomingMessage, find: (secret: string) => KnownInstallKey | undefined): KnownInstallKey {
  const key = find(secretOf(request));
  const sentence = 'This install key is not known here, or it was revoked or has expired, or its install was retired.';
  return key ?? fail('KEY_REJECTED', sentence);
}

function secretOf({ headers: { authorization } }: IncomingMessage): string {
  if (authorization === undefined) fail('KEY_REJECTED', "Send an install key as 'Authorization: Bearer tf_ins_…'.");
  const [, secret = ''] = /^Bearer +(\S+) *$/i.exec(authorization) ?? [];
  return secret;
}

/** What a site asks of its line: an install key reads no other. Throws FORBIDDEN, INVALID. */
export function lineQueryOf({ url = '' }: IncomingMessage, line: string, key: KnownInstallKey): LineQuery {
  if (line !== key.line) fail('FORBIDDEN', `This key is of an install of the line ${key.line}, and reads no other.`);
  const queryAt = url.indexOf('?');
  const query: unknown = Object.fromEntries(new URLSearchParams(queryAt < 0 ? '' : url.slice(queryAt)));
  refuseMistakes(checkQuery(query, '/query'));
  return query as LineQuery;
}

/** What a site acknowledges. Rejects with BAD_REQUEST, INVALID, TOO_LARGE. */
export async function acknowledgementOf(request: IncomingMessage): Promise<Acknowledgement> {
  const body = (await readJson(request, limits.managementBodyBytes)) ?? {};
  refuseMistakes(checkAcknowledgement(body, '/body'));
  return body as Acknowledgement;
}

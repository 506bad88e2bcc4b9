import { Type } from 'typebox';
import { strict } from '../atoms.ts';
import type { Contract, ContractKey } from '../contract.ts';

const position = Type.String({
  pattern: '^[0-9a-f]+\\.[0-9]+$',
  maxLength: 64,
  description: 'epoch.revision of the state at hand; answered with what has changed since, where that is still known',
});
const query = strict({ from: Type.Optional(position) });

/**
 * What SDKs call, relative to the root. Who calls is proven by a server key or client key in the Authorization header, which
 * leads to exactly one environment: no path names any.
 */
export const sdkContracts = {
  'GET /sdk/v1/snapshot': {
    operation: 'getSnapshot',
    summary: "Read the snapshot of the key's environment, or a patch to it",
    permission: 'sdk-key',
    query,
    response: Type.String({ description: 'a header line, then one item a line' }),
    errors: ['ORIGIN_REFUSED', 'BUSY'],
    media: 'application/x-ndjson',
  },
  'GET /sdk/v1/stream': {
    operation: 'streamSnapshot',
    summary: "Follow the snapshot of the key's environment by server-sent events",
    permission: 'sdk-key',
    query,
    response: Type.String({ description: 'events: hello, snapshot, patch, beat, resync, goodbye' }),
    errors: ['ORIGIN_REFUSED', 'BUSY'],
    media: 'text/event-stream',
  },
} as const satisfies Record<ContractKey, Contract>;

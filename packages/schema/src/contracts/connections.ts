import { Type } from 'typebox';
import { strict } from '../atoms.ts';
import type { Contract, ContractKey } from '../contract.ts';

export const connectionContracts = {
  'GET /orgs/:org/projects/:project/environments/:environment/connections': {
    operation: 'listConnections',
    summary:
      "List who serves an environment's SDKs: each process with its open streams and its head, and the streams of each key",
    permission: 'key.read',
    response: strict({
      processes: Type.Array(
        strict({
          process: Type.String({ description: 'its machine and a name that it drew when it started' }),
          audience: Type.Enum(['server', 'client']),
          streams: Type.Integer(),
          head: Type.Integer({ description: 'the revision that its streams were brought to' }),
        }),
      ),
      keys: Type.Array(strict({ key: Type.String(), streams: Type.Integer() })),
    }),
    errors: [],
  },
} as const satisfies Record<ContractKey, Contract>;

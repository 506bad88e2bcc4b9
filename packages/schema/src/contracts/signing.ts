import { Type } from 'typebox';
import { instant, reason, revision, slug, strict } from '../atoms.ts';
import { committed } from '../changes.ts';
import type { Contract, ContractKey } from '../contract.ts';
import { acknowledgement } from '../install.ts';
import { limits } from '../limits.ts';
import { shipmentRow } from '../release.ts';
import { trust } from '../shipment.ts';

const reasonBody = Type.Optional(reason);
const file = Type.String({ minLength: 2, maxLength: limits.shipmentFileCharacters, description: 'a signed file, byte for byte' });

/** How what the server issues is signed: by somebody else, who alone holds a key. */
export const signingContracts = {
  'GET /orgs/:org/projects/:project/lines': {
    operation: 'listLines',
    summary: 'List lines of releases: whom sites of each trust, its key list, and what waits to be signed',
    permission: 'release.read',
    response: strict({
      lines: Type.Array(
        strict({
          line: slug,
          releases: Type.Integer(),
          installs: Type.Integer(),
          /** Absent until somebody publishes a key list. */
          trust: Type.Optional(trust),
          keys: Type.Optional(
            strict({
              version: Type.Integer(),
              issuedAt: instant,
              /** Those that may sign now, and those that may no more. */
              signing: Type.Array(Type.String()),
              retired: Type.Array(Type.String()),
            }),
          ),
          /** Shipments of supported releases that nobody has signed yet. */
          unsigned: Type.Array(shipmentRow),
        }),
      ),
      revision,
    }),
    errors: [],
  },
  'PUT /orgs/:org/projects/:project/lines/:line/keys': {
    operation: 'publishKeys',
    summary: "Publish a line's key list, as its offline root signed it: sites get it, and signatures are checked by it",
    permission: 'project.manage',
    body: strict({
      file,
      /** Whom the product's package trusts; wanted with the first key list, and whenever a root is another. */
      trust: Type.Optional(trust),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['CONFLICT', 'INVALID'],
    command: true,
  },
  'GET /orgs/:org/projects/:project/lines/:line/keys': {
    operation: 'getKeys',
    summary: "Read a line's key list and whom its sites trust",
    permission: 'release.read',
    response: strict({ file, trust, version: Type.Integer(), revision }),
    errors: [],
  },
  'PUT /orgs/:org/projects/:project/releases/:release/shipments/:revision/file': {
    operation: 'signShipment',
    summary:
      'Bring the signed file of a shipment: it must hold the very text that the server issued, signed by a key of the line',
    permission: 'shipment.sign',
    body: strict({ file, reason: reasonBody }),
    response: committed,
    errors: ['CONFLICT', 'INVALID'],
    command: true,
    bodyLimitBytes: limits.shipmentBodyBytes,
  },
  'GET /orgs/:org/projects/:project/releases/:release/shipments/:revision/file': {
    operation: 'getShipmentFile',
    summary: "Read a shipment's signed file, byte for byte what sites import",
    permission: 'release.read',
    response: strict({ file, name: Type.String() }),
    errors: [],
  },
  'POST /orgs/:org/projects/:project/releases/:release/lost': {
    operation: 'noteLostShipment',
    summary:
      'Say that a revision left the building which this server does not know, since it was restored: its number is left out',
    permission: 'shipment.sign',
    body: strict({
      revision: shipmentRow.properties.revision,
      /** Of its payload; absent: only a higher number than the last one tells that it is not known. */
      digest: Type.Optional(acknowledgement.properties.digest),
      reason: reasonBody,
    }),
    response: committed,
    errors: ['CONFLICT', 'INVALID'],
    command: true,
  },
} as const satisfies Record<ContractKey, Contract>;

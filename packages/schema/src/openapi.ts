import { contracts } from './contracts/index.ts';
import { ofrepContracts } from './contracts/ofrep.ts';
import { sdkContracts } from './contracts/sdk.ts';
import type { Contract, ContractKey } from './contract.ts';
import { components } from './openapi/components.ts';
import { operationOf } from './openapi/operation.ts';
import { spelledOut } from './openapi/plain.ts';

/** An OpenAPI 3.1 document, as JSON. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly securitySchemes: object };
}
/** The operations of a path by their methods; `servers` where it is not below `/api/v1`. */
export type PathItem = Readonly<Partial<Record<'get' | 'post' | 'put' | 'patch' | 'delete', OpenApiOperation>>> & {
  readonly servers?: OpenApi['servers'];
};
export type OpenApiOperation = ReturnType<typeof operationOf>;

/** Describes the management API and what SDKs call; everything in it comes from the contracts. */
export function openApi(version: string): OpenApi {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Taffrail',
      version,
      description: 'Flags, their rules, their history, who may edit them, and how SDKs read them.',
    },
    servers: [{ url: '/api/v1' }],
    paths: { ...pathsOf(contracts), ...pathsOf({ ...sdkContracts, ...ofrepContracts }, { servers: [{ url: '/' }] }) },
    components: {
      schemas: Object.fromEntries(Object.entries(components).map(([name, schema]) => [name, spelledOut(schema)])),
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal (`tf_pat_…`) or service token (`tf_svc_…`).' },
        sdkKey: { type: 'http', scheme: 'bearer', description: 'A server key (`tf_srv_…`) or a client key (`tf_cli_…`).' },
        session: { type: 'apiKey', in: 'cookie', name: 'taffrail_session', description: 'What signing in sets.' },
      },
    },
  };
}

function pathsOf(rows: Readonly<Record<string, Contract>>, shared: Pick<PathItem, 'servers'> = {}): OpenApi['paths'] {
  const paths: Record<string, PathItem> = {};
  for (const [key, contract] of Object.entries(rows)) {
    const [method = '', path = ''] = key.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    paths[template] = { ...shared, ...paths[template], [method.toLowerCase()]: operationOf(key as ContractKey, contract) };
  }
  return paths;
}

/** Every operation of a document, with its path and method. */
export function operationsOf(document: OpenApi): readonly ListedOperation[] {
  return Object.entries(document.paths).flatMap(([path, { servers: _servers, ...methods }]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
}

export interface ListedOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

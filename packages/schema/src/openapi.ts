import { contracts } from './contracts/index.ts';
import type { Contract, ContractKey } from './contract.ts';
import { operationOf } from './openapi/operation.ts';
import { plain } from './openapi/plain.ts';
import { problem } from './problem.ts';
import { namedSchemas } from './rules.ts';

/** An OpenAPI 3.1 document, as JSON. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly securitySchemes: object };
}
export type OpenApiOperation = ReturnType<typeof operationOf>;

/** Describes the management API; everything in it comes from the contracts. */
export function openApi(version: string, rows: Readonly<Record<string, Contract>> = contracts): OpenApi {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Taffrail',
      version,
      description: 'The management API: flags, their rules, their history, and who may edit them.',
    },
    servers: [{ url: '/api/v1' }],
    paths: pathsOf(rows),
    components: {
      schemas: { ...plain(namedSchemas), Problem: plain(problem) },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A personal (`tf_pat_…`) or service token (`tf_svc_…`).' },
        session: { type: 'apiKey', in: 'cookie', name: 'taffrail_session', description: 'What signing in sets.' },
      },
    },
  };
}

function pathsOf(rows: Readonly<Record<string, Contract>>): OpenApi['paths'] {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const [key, contract] of Object.entries(rows)) {
    const [method = '', path = ''] = key.split(' ');
    const template = path.replace(/:(\w+)/g, '{$1}');
    (paths[template] ??= {})[method.toLowerCase()] = operationOf(key as ContractKey, contract);
  }
  return paths;
}

import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { contracts } from './contracts/index.ts';
import { ofrepContracts } from './contracts/ofrep.ts';
import { sdkContracts } from './contracts/sdk.ts';
import { openApi, operationsOf, type OpenApiOperation } from './openapi.ts';

const document = openApi('1.2.3');
const operations = operationsOf(document);

test('every contract is an operation, and nothing else is', () => {
  const keys = operations.map(({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
  expect(keys.sort()).toEqual(Object.keys({ ...contracts, ...sdkContracts, ...ofrepContracts }).sort());
});

test('operation ids are unique', () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('structure', () => {
  test.each(operations)('$method $path', ({ path, operation }) => {
    const inPath = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    expect(new Set(operation.parameters.map((p) => `${p.in} ${p.name}`)).size).toBe(operation.parameters.length);
    expect(operation.summary).toMatch(/^[A-Z].*[^.]$/);
    expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['200', '400', '500']));
  });
});

test('a parameter that a query must have is required, and no other', () => {
  const required = operations.flatMap(({ operation }) =>
    operation.parameters.flatMap((parameter) =>
      parameter.in === 'query' && parameter.required ? [`${operation.operationId} ${parameter.name}`] : [],
    ),
  );
  expect(required).toEqual(['compareEnvironments from', 'compareReleases from']);
});

test('shapes that have a name are spelled out once', () => {
  const kill = document.paths['/orgs/{org}/projects/{project}/environments/{environment}/flags/{flag}/kill']?.post;
  expect(kill?.responses[200].content['application/json']?.schema).toEqual({
    anyOf: [{ $ref: '#/components/schemas/Committed' }, { $ref: '#/components/schemas/Preview' }],
  });
  expect(document.components.schemas['Committed']).toHaveProperty('properties.changes.items.$ref', '#/components/schemas/Change');
});

test('every schema is a valid JSON Schema and every reference resolves inside the document', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(document, 'document');
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target);
  expect(references.length).toBeGreaterThan(0);
  expect([...new Set(references)].filter((target) => !ajv.getSchema(`document${target}`))).toEqual([]);
  for (const schema of operations.flatMap(({ operation }) => schemasOf(operation))) expect(ajv.validateSchema(schema)).toBe(true);
});

const securityOf = (path: string, method: 'get' | 'post') => document.paths[path]?.[method]?.security;

test('a public operation asks for nothing, an SDK’s for its key, every other for a token or a session', () => {
  expect(securityOf('/session', 'post')).toEqual([]);
  expect(securityOf('/session', 'get')).toEqual([{ token: [] }, { session: [] }]);
  expect(securityOf('/sdk/v1/snapshot', 'get')).toEqual([{ sdkKey: [] }]);
  expect(operations.filter(({ operation }) => operation.security.length === 0).map(({ path }) => path)).toEqual([
    '/session',
    '/session/link/inspect',
    '/session/link',
  ]);
});

test('what SDKs call stands at the root', () => {
  expect(document.paths['/sdk/v1/stream']?.servers).toEqual([{ url: '/' }]);
  expect(document.paths['/session']?.servers).toBeUndefined();
});

test('a command offers a preview, a request, an emergency with its reason, If-Match and an idempotency key', () => {
  const kill = document.paths['/orgs/{org}/projects/{project}/environments/{environment}/flags/{flag}/kill']?.post;
  expect(kill?.parameters.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['preview', 'request', 'emergency', 'reason', 'If-Match', 'Idempotency-Key']),
  );
});

const schemasOf = ({ parameters, requestBody }: OpenApiOperation): object[] => [
  ...parameters.map(({ schema }) => schema),
  ...Object.values(requestBody?.content ?? {}).map(({ schema }) => schema),
];

import express, { type RequestHandler, type Router } from 'express';
import { fail } from '../changes/app-error.ts';
import type { Deps } from '../deps.ts';
import { nothingHere } from './admission.ts';
import { createAllowance } from './allowance.ts';
import { answer } from './answer.ts';
import type { Route } from './route.ts';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** One caller, however busy, must leave time for the others: no honest import comes near. */
export const perCaller = { burst: 10_000, perMinute: 60_000 };

/** The management API, below `/api/v1`, from its table of routes. */
export function api(routes: readonly Route[], deps: Deps): Router {
  const router = express.Router({ caseSensitive: true });
  const callers = createAllowance(perCaller);
  for (const [path, rows] of byPath(routes)) {
    for (const [method, row] of rows) router[method](path, answer(row, deps, callers));
    router.all(path, otherMethods([...rows.keys()]));
  }
  router.use(() => fail('NOT_FOUND', nothingHere));
  return router;
}

function byPath(routes: readonly Route[]): Map<string, Map<Method, Route>> {
  const paths = new Map<string, Map<Method, Route>>();
  for (const row of routes) {
    const [method = '', path = ''] = row.key.split(' ');
    const rows = paths.get(path) ?? new Map<Method, Route>();
    paths.set(path, rows.set(method.toLowerCase() as Method, row));
  }
  return paths;
}

function otherMethods(methods: readonly Method[]): RequestHandler {
  const allowed = methods.map((method) => method.toUpperCase()).join(', ');
  return (request, response) => {
    response.setHeader('Allow', allowed);
    fail('METHOD_NOT_ALLOWED', `${request.method} is not for this address. It takes ${allowed}.`);
  };
}

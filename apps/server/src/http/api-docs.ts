import { problems } from '@taffrail/schema';
import { openApi, type OpenApi } from '@taffrail/schema/openapi';
import express, { type Response, type Router } from 'express';
import { version } from '../version.ts';
import { docsPage } from './docs-page.ts';
import { docsStyle } from './docs-style.ts';

/** The description of the API for programs, and a page of it for people. Made when first asked for. */
export function apiDocs(): Router {
  const router = express.Router();
  let made: { readonly json: string; readonly page: string } | undefined;
  const docs = () => (made ??= make(openApi(version)));
  router.get('/openapi.json', (_request, response) => send(response, 'application/json', docs().json));
  router.get('/docs', (_request, response) => send(response, 'text/html; charset=utf-8', docs().page));
  router.get('/docs.css', (_request, response) => send(response, 'text/css; charset=utf-8', docsStyle));
  return router;
}

const make = (document: OpenApi) => ({ json: JSON.stringify(document), page: docsPage(document, problems).html });

function send(response: Response, type: string, text: string): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Cache-Control', 'no-cache');
  response.end(text);
}

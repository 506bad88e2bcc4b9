import { useQuery } from '@tanstack/react-query';
import { type RequestDetail, requestQuery } from '../api/queries.ts';
import { isRefusal, Refusal } from '../api/refusal.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { Proposal } from '../publish/proposal.tsx';
import { pages } from '../routes/pages.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { Empty, Notice } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { listed } from '../words/numbers.ts';
import { momentWords } from '../words/time.ts';
import { Decide } from './decide.tsx';
import { statusName, waitsWords } from './request-words.ts';

type Params = Scope & { readonly request: string };

/** One request: what it would do now and to whom, and the way to decide it. */
export function RequestPage({ params: { org, project, request: id } }: { readonly params: Params }) {
  const scope = useScope({ org, project });
  const detail = useQuery(requestQuery(scope, id));
  if (isRefusal(detail.error, 'NOT_FOUND')) {
    return (
      <Empty
        isPage
        title={`There is no request ${id}`}
        action={<ButtonLink href={pages.requests.href(scope)}>All requests</ButtonLink>}
      />
    );
  }
  return (
    <Page title={detail.data?.request.summary ?? 'Request'}>
      <Loaded query={detail} label="the request">
        {(data) => <Request scope={scope} detail={data} />}
      </Loaded>
    </Page>
  );
}

function Request({ scope, detail }: { readonly scope: Scope; readonly detail: RequestDetail }) {
  const { request, now } = detail;
  return (
    <>
      <Facts detail={detail} />
      {now?.differs && (
        <Notice tone="warn" urgent>
          It would do something else by now than when it was asked for. What you see is what it would do now.
        </Notice>
      )}
      <Proposal
        preview={now?.problem ? undefined : (now?.preview ?? request.preview)}
        error={now?.problem && new Refusal(now.problem)}
      />
      <Decide key={now?.preview?.digest ?? request.status} scope={scope} detail={detail} />
    </>
  );
}

function Facts({ detail: { request } }: { readonly detail: RequestDetail }) {
  const { status, requestedBy, requestedAt, authors, editedAt, reason, waits, expiresAt, decision } = request;
  const others = authors.map(({ name }) => name).filter((name) => name !== requestedBy.name);
  return (
    <div className={pageStyles.section}>
      <p>
        <b>{statusName(status)}</b>: {waitsWords(waits)}
        {status === 'open' && `, until ${momentWords(expiresAt)}`}
      </p>
      <p>
        Asked for by <b>{requestedBy.name}</b>, <Ago at={requestedAt} />
        {others.length > 0 && `, with ${listed(others)}`}
        {editedAt && (
          <>
            , edited <Ago at={editedAt} />
          </>
        )}
        {reason && `: ${reason}`}
      </p>
      {decision && (
        <p>
          {decision.by.name}, <Ago at={decision.at} />
          {decision.reason && `: ${decision.reason}`}
        </p>
      )}
    </div>
  );
}

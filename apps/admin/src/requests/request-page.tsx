import { useQuery } from '@tanstack/react-query';
import { type RequestDetail, requestQuery } from '../api/queries.ts';
import { isRefusal, Refusal, sentence } from '../api/refusal.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { Proposal } from '../publish/proposal.tsx';
import { pages } from '../routes/pages.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { classNames } from '../ui/class-names.ts';
import { Loaded } from '../ui/loaded.tsx';
import pageStyles from '../ui/page.module.css';
import { Page } from '../ui/page.tsx';
import { Empty, Notice } from '../ui/states.tsx';
import { Ago } from '../ui/time.tsx';
import { listed } from '../words/numbers.ts';
import { momentWords } from '../words/time.ts';
import { Decide } from './decide.tsx';
import { statusName, waitsWords } from './request-words.ts';
import styles from './requests.module.css';

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
      <Facts request={request} />
      {now?.problem && (
        <Notice tone="stop" urgent>
          It cannot be applied any more. {sentence(new Refusal(now.problem))}
        </Notice>
      )}
      {now?.preview && now.differs && <Changed request={request} />}
      <section className={pageStyles.card} aria-label={now?.preview ? 'What it would do' : 'What was asked for'}>
        {now?.problem && <h2>What was asked for</h2>}
        <Proposal isWhole preview={now?.preview ?? asAsked(request)} error={undefined} />
      </section>
      <Decide key={now?.preview?.digest ?? request.status} scope={scope} detail={detail} />
    </>
  );
}

type Request = RequestDetail['request'];

/** What it would have done when it was asked for. It waits no more: either it was decided, or that is not what waits. */
function asAsked({ preview }: Request): Request['preview'] {
  return { ...preview, waits: [] };
}

/** What is shown is what it would do now: what was asked for is a click away. */
function Changed({ request }: { readonly request: Request }) {
  return (
    <>
      <Notice tone="warn" urgent>
        It would do something else by now than when it was asked for. What you see is what it would do now.
      </Notice>
      <details className={pageStyles.card}>
        <summary>What was asked for</summary>
        <Proposal isWhole preview={asAsked(request)} error={undefined} />
      </details>
    </>
  );
}

function Facts({ request }: { readonly request: Request }) {
  const { id, status, waits, expiresAt, decision } = request;
  return (
    <div className={styles.facts}>
      <p>
        <span className={classNames(styles.status, styles[status])}>{statusName(status)}</span> request <code>{id}</code>:{' '}
        {waitsWords(waits)}
        {status === 'open' && `, until ${momentWords(expiresAt)}`}
      </p>
      <Asked request={request} />
      {decision && (
        <p>
          {statusName(status)} by <b>{decision.by.name}</b>, <Ago at={decision.at} />
          {decision.reason && `: ${decision.reason}`}
        </p>
      )}
    </div>
  );
}

function Asked({ request: { requestedBy, requestedAt, authors, editedAt, reason } }: { readonly request: Request }) {
  const others = authors.map(({ name }) => name).filter((name) => name !== requestedBy.name);
  return (
    <p>
      Asked for by <b>{requestedBy.name}</b>
      {others.length > 0 && ` with ${listed(others)}`}, <Ago at={requestedAt} />
      {editedAt && (
        <>
          , edited <Ago at={editedAt} />
        </>
      )}
      {reason && `: ${reason}`}
    </p>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { segmentsQuery } from '../api/queries.ts';
import { type Scope, useScope } from '../api/scope.ts';
import { useChosenEnvironment } from '../flags/environment-switch.tsx';
import { useQuery as useAddressQuery } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { ButtonLink } from '../ui/button-link.tsx';
import { Empty, Failure, SkeletonRows } from '../ui/states.tsx';
import { newSegment } from './segment-form.ts';
import { SegmentSheet } from './segment-sheet.tsx';

type Params = Scope & { readonly segment: string };

/** One segment in one environment. */
export function SegmentPage({ params: { org, project, segment: key } }: { readonly params: Params }) {
  const scope = useScope({ org, project });
  const environment = useChosenEnvironment(scope);
  const isNew = useAddressQuery().has('new');
  const place = environment?.key ?? '';
  const { data: segments, error, refetch } = useQuery({ ...segmentsQuery(scope, place), enabled: place !== '' });
  const blank = useMemo(() => newSegment(key), [key]);
  if (error && !segments) return <Failure isPage error={error} onRetry={() => void refetch()} />;
  if (!segments || !environment) return <SkeletonRows rows={8} label="Loading the segment" />;
  const entry = segments.find(({ segment }) => segment.document.key === key);
  if (!entry && !isNew) {
    return (
      <Empty
        isPage
        title={`There is no segment ${key} in ${environment.name}`}
        action={<ButtonLink href={pages.segments.href(scope, { env: place })}>All segments</ButtonLink>}
      />
    );
  }
  return (
    <SegmentSheet
      key={`${place} ${entry?.segment.revision ?? 0}`}
      scope={scope}
      environment={environment}
      published={entry?.segment.document ?? blank}
      revision={entry?.segment.revision}
      usedBy={entry?.usedBy ?? []}
    />
  );
}

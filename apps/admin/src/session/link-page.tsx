import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { sentence } from '../api/refusal.ts';
import { navigate } from '../routes/location.ts';
import { pages } from '../routes/pages.ts';
import { Button } from '../ui/button.tsx';
import { Bone } from '../ui/states.tsx';
import { Entrance } from './entrance.tsx';
import { UseLink } from './use-link.tsx';

/** `/link#secret`: the secret stays in the fragment, which browsers do not send or log. */
export function LinkPage() {
  const [link] = useState(() => location.hash.slice(1));
  const { data: purpose, error } = useQuery({
    queryKey: ['link', link],
    queryFn: () => call('POST /session/link/inspect', { body: { link } }),
    enabled: link !== '',
    retry: false,
  });
  if (link === '' || error) return <SpentLink reason={error ? sentence(error) : 'The link is cut off: copy all of it.'} />;
  if (!purpose) return <Entrance title="One moment" words={<Bone width="70%" />} />;
  return <UseLink link={link} purpose={purpose} />;
}

function SpentLink({ reason }: { readonly reason: string }) {
  return (
    <Entrance
      title="This link does not work"
      words={`${reason} Ask an owner for another, or run “taffrail sign-in-link” at the server.`}
    >
      <Button onClick={() => navigate(pages.home.href({}))}>Go to sign-in</Button>
    </Entrance>
  );
}

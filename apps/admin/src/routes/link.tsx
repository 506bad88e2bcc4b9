import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { navigate } from './location.ts';

type LinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string; readonly replace?: boolean };

/** A real link that goes without a reload; the browser keeps ⌘-click, middle click and "copy link". */
export function Link({ href, replace = false, onClick, children, ...rest }: LinkProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    navigate(href, { replace });
  }
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  );
}

import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Empty } from './states.tsx';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

/** A page that fails does not take the others with it. Drafts are kept: they live outside the page. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Empty isPage title="This page failed" action={<Button onClick={() => this.setState({ failed: false })}>Try again</Button>}>
        Your unpublished edits are kept. If it fails again after a reload, a new version may have been installed, or it is our
        mistake.
      </Empty>
    );
  }
}

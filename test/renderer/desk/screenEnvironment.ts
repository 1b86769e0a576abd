import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';

/** What happy-dom has not: motion is reduced, so that places change at once. */
beforeEach(() => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('prefers-reduced-motion'),
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  if (!('checkVisibility' in HTMLElement.prototype)) Object.assign(HTMLElement.prototype, { checkVisibility: () => true });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});
